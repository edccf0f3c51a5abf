"""What is said of one finding, sentence by sentence, each with what it rests on.

The statement is the finding's message: the rule's template, the model's wording of it, or a
person's. The other sentences are put together by code from the finding's own quotes, provisions
and suggestion. Nothing that the check of its sources refuses is said in the program's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.drafting.grounding import unsupported
from assistant.phrasing import place

By = Literal["template", "model", "person"]

MOST_QUOTES = 3
QUOTE_LENGTH = 80
_ENDS = "。！？；"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a draft: the numbers of its findings and the quotes it rests on.

    `doubt` says what of a person's words stands in no source: shown, never taken away.
    """

    text: str
    findings: tuple[int, ...]
    quotes: tuple[str, ...]
    by: By
    doubt: str = ""


def sources_of(finding: dict[str, Any], template: str = "") -> list[str]:
    """All that a sentence on this finding may say: its own fields and the words it points at."""
    original = finding.get("original") or {}
    return [
        finding["title"],
        template or original.get("message") or finding["message"],
        original.get("suggestion") or finding["suggestion"],
        *(f"{place(e)} {e['quote']}" for e in finding["evidence"]),
        *(_provision(b) + (b.get("text") or "") for b in finding["legal_basis"]),
    ]


def statement(finding: dict[str, Any], wordings: Sequence[dict[str, Any]] = ()) -> Sentence:
    """The finding in one sentence. A model's wording that fails its check today gives way to
    the template that it worded.
    """
    number, message = finding["number"], finding["message"]
    quotes = tuple(e["quote"] for e in finding["evidence"])
    if finding["source"] == "person":
        return Sentence(_ended(message), (number,), quotes, "person")
    if "message" in (finding.get("original") or {}):
        doubt = unsupported(message, sources_of(finding)) or ""
        return Sentence(_ended(message), (number,), quotes, "person", doubt)
    worded = next(
        (w for w in wordings if w["code"] == finding["code"] and w["wording"] == message), None
    )
    if worded is None:
        return Sentence(_ended(message), (number,), quotes, "template")
    template = worded["template"]
    if unsupported(message, [finding["title"], template]):
        return Sentence(_ended(template), (number,), quotes, "template")
    return Sentence(_ended(message), (number,), quotes, "model")


def grounds(finding: dict[str, Any]) -> list[Sentence]:
    """The words of the documents, the provisions, and what is suggested."""
    number = (finding["number"],)
    quoted = [e for e in finding["evidence"] if e["quote"].strip()][:MOST_QUOTES]
    quotes = tuple(e["quote"] for e in quoted)
    told = [f"{place(e)}载：“{_cut(e['quote'])}”" for e in quoted]
    sentences = [Sentence("；".join(told) + "。", number, quotes, "template")] if told else []
    provisions = [_provision(b) for b in finding["legal_basis"]]
    if provisions:
        text = f"相关规定：{'、'.join(dict.fromkeys(provisions))}。"
        sentences.append(Sentence(text, number, (), "template"))
    if finding["suggestion"]:
        edited = "suggestion" in (finding.get("original") or {})
        text = _ended(f"建议：{finding['suggestion']}")
        sentences.append(Sentence(text, number, (), "person" if edited else "template"))
    return sentences


def _provision(basis: dict[str, Any]) -> str:
    return f"《{basis['law'].strip('《》')}》{basis['article']}"


def _cut(quote: str) -> str:
    """The beginning of a long quote; quotation marks inside would end it early."""
    line = " ".join(quote.split())
    shown = line if len(line) <= QUOTE_LENGTH else line[:QUOTE_LENGTH] + "……"
    return shown.replace("“", "‘").replace("”", "’")


def _ended(text: str) -> str:
    text = text.strip()
    return text if text.endswith(tuple(_ENDS)) else f"{text}。"
