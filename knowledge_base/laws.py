"""Statutes by date: does a provision exist, was it in force, what did it say.

Texts come from the law database (see `statute_db`); its Criminal Law is that of Amendment
XI, over which Amendment XII is laid from its date. Which earlier wording of a changed
article held when stands in `criminal_law_versions.yaml`; the words themselves come from the
amendments or, where those give only a part, from `criminal_law_texts.yaml`. The 2012
Criminal Procedure Law has tables of its own. Where the wording of the day is not held (other
laws, the procedure of 1996), the result says so and shows today's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal

from knowledge_base import law_versions, statute_db
from knowledge_base.law_text import Paragraph, Shape, paragraphs, quoted, shape
from knowledge_base.law_versions import CRIMINAL_LAW, CRIMINAL_PROCEDURE_LAW, ArticleVersion
from knowledge_base.numerals import article_label

Status = Literal[
    "in_force",
    "not_yet",
    "repealed",
    "no_such_article",
    "no_such_paragraph",
    "no_such_item",
    "unknown_law",
]

_COUNTRY = "中华人民共和国"
_DECORATION = re.compile(r"[《》〈〉<>\s]")


@dataclass(frozen=True)
class LawArticle:
    """An article as of a day. `held` False: `text` is today's wording. `note` (Chinese) says so,
    or what number the article bears today.
    """

    law: str
    number: int
    sub: int | None
    text: str
    paragraphs: tuple[Paragraph, ...]
    effective_from: date
    effective_to: date | None = None
    held: bool = True
    note: str = ""

    @property
    def label(self) -> str:
        return article_label(self.number, self.sub)


@cache
def title(name: str) -> str | None:
    """The full title of a law by its full, short or bracketed name; None where unknown.

    >>> title("《刑法》")
    '中华人民共和国刑法'
    """
    bare = _DECORATION.sub("", name)
    known = statute_db.titles()
    for candidate in (bare, _COUNTRY + bare, law_versions.aliases().get(bare)):
        if candidate in known:
            return candidate
    plain = {_DECORATION.sub("", t): t for t in known}
    return plain.get(bare) or plain.get(_COUNTRY + bare)


def _dates(law: statute_db.Law) -> tuple[date, date]:
    """First day in force of the law, and of the text that is held."""
    row = law_versions.law_dates().get(law.title)
    if row is not None:
        return row.in_force_from, row.held_from
    return law.effective, max(law.issued, law.effective)


def _version_on(number: int, sub: int | None, on: date | None) -> ArticleVersion | None:
    versions = law_versions.criminal_law().get((number, sub), ())
    return next((v for v in versions if v.in_force(on)), None)


def _entry_text(version: ArticleVersion) -> str | None:
    amendment = statute_db.law(version.by or "")
    entry = amendment.articles.get((version.entry or 0, None)) if amendment else None
    return quoted(entry, version.article, version.sub) if entry else None


def _current_text(law: statute_db.Law, number: int, sub: int | None) -> str:
    """Today's wording: the database's, with changes made after its own date laid over it."""
    base = law.articles[(number, sub)]
    version = _version_on(number, sub, None) if law.title == CRIMINAL_LAW else None
    if (
        version is None
        or version.effective_from is None
        or version.effective_from <= _dates(law)[1]
    ):
        return base
    newer = _entry_text(version)
    if newer is None:
        return base
    if version.paragraph is None:
        return "\n".join(p.whole for p in paragraphs(newer))
    parts = [p.whole for p in paragraphs(base)]
    parts[version.paragraph - 1] = "\n".join(p.whole for p in paragraphs(newer))
    return "\n".join(parts)


def article(
    law: str, number: int, sub: int | None = None, on: date | None = None
) -> LawArticle | None:
    """The article as of `on` (None: today), or None where no such article was in force."""
    full = title(law)
    found = statute_db.law(full) if full else None
    if full is None or found is None or (number, sub) not in found.articles:
        return None
    if status(full, number, sub, None, None, on) != "in_force":
        return None
    start, held_from = _dates(found)
    text = _current_text(found, number, sub)
    if (
        full == CRIMINAL_PROCEDURE_LAW
        and sub is None
        and on
        and (old := _old_procedure(number, on))
    ):
        return _procedure_then(found, old)
    if full != CRIMINAL_LAW:
        held = on is None or on >= held_from
        first = held_from if held else start
        return _built(full, number, sub, text, first, None, held)
    version = _version_on(number, sub, on)
    if version is None:
        return _built(full, number, sub, text, start, None, True)
    earlier = text if version.effective_to is None else _earlier_text(version)
    return _built(
        full,
        number,
        sub,
        earlier or text,
        version.effective_from or start,
        version.effective_to,
        earlier is not None,
    )


def _earlier_text(version: ArticleVersion) -> str | None:
    """The words of a version that holds no more."""
    entry = _entry_text(version) if version.whole else None
    if entry:
        return "\n".join(p.whole for p in paragraphs(entry))
    key = (version.article, version.sub)
    known = law_versions.wording(key, version.effective_from)
    return known.text if known else None


def _old_procedure(number: int, on: date) -> law_versions.OldProcedureArticle | None:
    row = law_versions.old_procedure().get(number)
    return row if row is not None and row.in_force(on) else None


def _procedure_then(law: statute_db.Law, old: law_versions.OldProcedureArticle) -> LawArticle:
    """An article of the 2012 procedure: its own words, or those its successor kept unchanged."""
    changed = law_versions.old_procedure_texts().get(old.article)
    text = changed.text if changed else law.articles[(old.successor, None)]
    start = old.effective_from or _dates(law)[0]
    built = _built(law.title, old.article, None, text, start, old.effective_to, True)
    if old.successor == old.article:
        return built
    return replace(built, note=f"2018年文本中为{article_label(old.successor, None)}。")


def _built(
    law: str, number: int, sub: int | None, text: str, start: date, end: date | None, held: bool
) -> LawArticle:
    note = "" if held else "该日适用的条文文本未收录，所示为现行文本，引用前请核对当时的文本。"
    return LawArticle(law, number, sub, text, paragraphs(text), start, end, held, note)


def status(
    law: str,
    number: int,
    sub: int | None = None,
    paragraph: int | None = None,
    item: int | None = None,
    on: date | None = None,
) -> Status:
    """Whether the provision existed and was in force on that day (None: today).

    Where the text of the day is not held and nothing else is known of it, a provision that
    exists today counts as in force and one that does not as "unknown_law": never as an error.
    """
    full = title(law)
    found = statute_db.law(full) if full else None
    if full is None or found is None:
        return "unknown_law"
    start, held_from = _dates(found)
    if on is not None and on < start:
        return "not_yet"
    if full == CRIMINAL_LAW:
        return _criminal_law_status(found, number, sub, paragraph, item, on)
    if on is not None and on < held_from:
        return _earlier_status(found, number, sub, paragraph, item, on)
    if (number, sub) not in found.articles:
        return "no_such_article"
    return _within(shape(paragraphs(found.articles[(number, sub)])), paragraph, item)


def _criminal_law_status(
    law: statute_db.Law,
    number: int,
    sub: int | None,
    paragraph: int | None,
    item: int | None,
    on: date | None,
) -> Status:
    if (number, sub) not in law.articles:
        return "no_such_article"
    versions = law_versions.criminal_law().get((number, sub), ())
    if not versions:
        return _within(shape(paragraphs(law.articles[(number, sub)])), paragraph, item)
    version = _version_on(number, sub, on)
    if version is None:
        return "not_yet"
    if version.change == "deleted":
        return "repealed"
    return _within(version.shape, paragraph, item)


def _earlier_status(
    law: statute_db.Law,
    number: int,
    sub: int | None,
    paragraph: int | None,
    item: int | None,
    on: date,
) -> Status:
    old = _old_procedure(number, on)
    if law.title == CRIMINAL_PROCEDURE_LAW and sub is None and old:
        return _within(old.shape, paragraph, item)
    row = law_versions.law_dates().get(law.title)
    text = next(
        (e for e in row.earlier if e.effective_from <= on <= e.effective_to) if row else iter(()),
        None,
    )
    if text is not None:
        return "in_force" if sub is None and 0 < number <= text.last_article else "no_such_article"
    return "in_force" if (number, sub) in law.articles else "unknown_law"


def _within(known: Shape, paragraph: int | None, item: int | None) -> Status:
    """`item` without `paragraph` may stand in any paragraph."""
    if paragraph is not None and not 0 < paragraph <= len(known):
        return "no_such_paragraph"
    counts = known if paragraph is None else known[paragraph - 1 : paragraph]
    if item is not None and not 0 < item <= max(counts, default=0):
        return "no_such_item"
    return "in_force"


def last_article(law: str) -> int:
    """Number of the last article of today's text; 0 where the law is unknown."""
    full = title(law)
    found = statute_db.law(full) if full else None
    return found.last if found else 0


def quote(
    law: str,
    number: int,
    sub: int | None = None,
    paragraph: int | None = None,
    on: date | None = None,
) -> str | None:
    """Words of the article or paragraph as of `on`; None where they are not held."""
    found = article(law, number, sub, on)
    if found is None or not found.held:
        return None
    if paragraph is None:
        return found.text
    if not 0 < paragraph <= len(found.paragraphs):
        return None
    return found.paragraphs[paragraph - 1].whole
