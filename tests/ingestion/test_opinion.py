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


OLDER = """公　安　局
起诉意见书
临公诉字[2013]第27号
犯罪嫌疑人：庄大勇，男，1976年5月2日生，汉族，住江城市北岸区河湾村。2013年6月30日因本案被刑事拘留。
庄大勇故意毁坏财物、妨害公务一案，由村民于2013年6月28日报案，我局于同日立案侦查，现已侦查终结。
现已查明，犯罪嫌疑人庄大勇的犯罪事实如下：2013年6月28日15时许，庄大勇驾驶拖拉机将邻居的大棚碾毁，
毁坏财物价值人民币28600元；后又用木棍击打到场民警。
认定上述事实的证据：报案材料、现场勘查笔录、犯罪嫌疑人供述和辩解等，事实清楚，证据确实充分。
犯罪嫌疑人庄大勇归案后能够如实供述自己的犯罪事实。
犯罪嫌疑人庄大勇的行为触犯了《中华人民共和国刑法》第二百七十五条、第二百七十七条第一款，
涉嫌故意毁坏财物罪、妨害公务罪。特将本案移送审查，依法起诉。
此致
江城市北岸区人民检察院
"""


def test_an_older_opinion_without_a_conclusion_of_its_own(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    """No 经侦查查明, no 综上: the facts, how he behaved, and what it is are parts all the same."""
    document = parse_text(OLDER)
    kinds = [s.kind for s in document.sections]
    assert kinds == ["heading", "parties", "procedure", "facts", "evidence", "reasoning", "closing"]
    assert [c.value for c in document.defendants[0].charges] == ["故意毁坏财物罪", "妨害公务罪"]
    assert [a.fen for a in document.amounts] == [2_860_000]
    assert ("confession", "police") in [(c.key, c.speaker) for c in document.circumstances]
