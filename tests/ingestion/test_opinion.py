"""An opinion of the police: what it transfers for counts, not what the man was arrested for."""

from __future__ import annotations

from collections.abc import Callable

from samples import OPINION

from ingestion.model import CaseDocument


def test_the_conclusion_names_the_charge(parse_text: Callable[[str], CaseDocument]) -> None:
    document = parse_text(OPINION)
    assert document.type == "opinion"
    person = document.defendants[0]
    assert [c.value for c in person.charges] == ["诈骗罪"]
    assert [(s.article, s.law) for s in document.statutes] == [
        (266, "中华人民共和国刑法"),
        (162, "中华人民共和国刑事诉讼法"),
    ]
    assert [m.kind for m in person.measures] == ["detention"]


def test_what_the_police_argue_stands_before_the_conclusion(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    """After 足以认定 the evidence is over: 自首 is the police's point, not a proof."""
    at = OPINION.index("综上")
    name = parse_text(OPINION).defendants[0].name.value
    said = f"上述犯罪事实清楚，证据确实、充分，足以认定。\n犯罪嫌疑人{name}主动投案，如实供述自己的罪行，系自首。\n"
    document = parse_text(OPINION[:at] + said + OPINION[at:])
    found = [(c.key, c.speaker, c.section) for c in document.circumstances]
    assert ("surrender", "police", "reasoning") in found
