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
