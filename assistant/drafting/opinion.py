"""The paragraphs of an evaluation opinion (评查意见): one for each dimension that has problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.drafting.grounding import unsupported
from assistant.drafting.sentences import Sentence, grounds, sources_of, statement
from assistant.findings import DIMENSION_NAMES, SEVERITY_NAMES, SEVERITY_ORDER
from assistant.similar.telling import citations

RESULTS = ("confirmed", "edited")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*")
_NUMBER = re.compile(r"〔问题\d+〕")


@dataclass(frozen=True)
class Passage:
    """One paragraph: its sentences in order. `draft`: nobody has confirmed what it says.

    `was`: the program's paragraph where a person has rewritten it.
    """

    title: str
    sentences: tuple[Sentence, ...]
    draft: bool = False
    was: str | None = None

    @property
    def drafted(self) -> str:
        """The paragraph in the program's words."""
        return self.text if self.was is None else self.was

    @property
    def text(self) -> str:
        """The paragraph as it is read: each finding's number stands after its last sentence."""
        if self.was is not None:
            return "".join(sentence.text for sentence in self.sentences)
        parts: list[str] = []
        for at, sentence in enumerate(self.sentences):
            parts.append(sentence.text)
            after = self.sentences[at + 1].findings if at + 1 < len(self.sentences) else ()
            if len(sentence.findings) == 1 and after != sentence.findings:
                parts.append(f"〔问题{sentence.findings[0]}〕")
        return "".join(parts)


def passages(result: dict[str, Any]) -> list[Passage]:
    """What people have confirmed by dimension, worst first; then similar cases by their numbers,
    where a bank has any; then the drafts, in one paragraph.

    `result` is that of contract `findings/1`, with or without decisions; its key `passages` holds
    paragraphs as people rewrote them (see assistant.storage.passages).
    """
    wordings = (result.get("model") or {}).get("wordings") or []
    findings = [{"number": n, **f} for n, f in enumerate(result["findings"], 1)]
    findings.sort(key=lambda f: (SEVERITY_ORDER[f["severity"]], f["number"]))
    found = []
    for dimension, name in DIMENSION_NAMES.items():
        held = [f for f in findings if f["dimension"] == dimension and f["status"] in RESULTS]
        if held:
            body = [s for f in held for s in (statement(f, wordings), *grounds(f))]
            found.append(Passage(name, (_lead(name, held), *body)))
    if cited := citations(result.get("similar")):
        found.append(Passage("类案", tuple(Sentence(s, (), (), "template") for s in cited)))
    drafts = [f for f in findings if f["status"] == "draft"]
    if drafts:
        body = [statement(f, wordings) for f in drafts]
        found.append(Passage("待确认", tuple(body), draft=True))
    edits = result.get("passages") or {}
    return [_as_rewritten(p, edits.get(p.title), findings) for p in found]


def _as_rewritten(
    passage: Passage, edit: dict[str, Any] | None, findings: list[dict[str, Any]]
) -> Passage:
    """The person's paragraph, where it was made of what the program would write today.

    Each of his sentences is held against the findings that the paragraph is about.
    """
    if edit is None or edit["before"] != passage.text:
        return passage
    numbers = tuple(sorted({n for s in passage.sentences for n in s.findings}))
    about = [f for f in findings if f["number"] in numbers]
    sources = [passage.text, *(text for f in about for text in sources_of(f))]
    sentences = [
        Sentence(text, numbers, (), "person", unsupported(_NUMBER.sub("", text), sources) or "")
        for text in _SENTENCE.findall(edit["text"])
    ]
    return Passage(passage.title, tuple(sentences), passage.draft, was=passage.text)


def _lead(name: str, held: list[dict[str, Any]]) -> Sentence:
    counts = [
        f"{SEVERITY_NAMES[severity]}{number}项"
        for severity in SEVERITY_ORDER
        if (number := sum(f["severity"] == severity for f in held))
    ]
    text = f"经评查，{name}方面有经确认的问题{len(held)}项（{'、'.join(counts)}）。"
    numbers = tuple(f["number"] for f in held)
    return Sentence(text, numbers if len(numbers) > 1 else (), (), "template")
