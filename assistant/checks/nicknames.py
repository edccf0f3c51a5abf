"""A nickname at the head of an indictment that disparages and serves nothing in the case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.casefile import CaseFile
from assistant.checks.place import people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from knowledge_base.word_lists import style_words

_NICKNAME = re.compile(
    r"(?:绰号|外号|诨名|诨号|人称)[为叫是:：]?\s*[“\"'‘「]?(?P<name>[\u4e00-\u9fffA-Za-z]{1,8})[”\"'’」]?"
)


@check("NAME-008")
def needless_nickname(case: CaseFile) -> Iterator[Hit | Undecided]:
    """One by which witnesses or companions know the accused is told again in the document and
    belongs there; so does any that disparages nobody."""
    doc = sole(case)
    for person in people(doc):
        where = person.paragraph
        if where is None:
            continue
        for found in _NICKNAME.finditer(doc.text, where.start, where.end):
            name = found["name"]
            word = next((w.word for w in style_words("nickname") if w.word in name), None)
            rest = doc.text[: found.start()] + doc.text[found.end() :]
            if word is None or name in rest:
                continue
            yield hit(
                doc.span(found.start("name"), found.end("name")),
                values={doc.role or "": name},
                name=person.name.value,
                nickname=name,
            )
