"""A judgment's reasons and the case's course: the near misses at which each check stays silent."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, hits, read

from assistant.casefile import CaseFile
from assistant.checks import gold, registry
from ingestion.model import Role

TEXTS: dict[Role, str] = {
    "indictment": INDICTMENT,
    "judgment": JUDGMENT,
    "opinion": gold.sample("opinion", "opinion"),
    "plea": gold.sample("plea", "plea"),
    "recommendation": gold.sample("recommendation", "recommendation"),
    "ruling": gold.sample("ruling", "ruling"),
}
APPEAL = gold.sample("appeal", "judgment")
FINE = "判处有期徒刑九个月，并处"
SURRENDER = "被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首"
BY_LAW = "，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。"


def of(*roles: Role, **changes: tuple[Change, ...]) -> CaseFile:
    return CaseFile({r: read(r, changed(TEXTS[r], changes.get(r, ()))) for r in roles})


def judgment(*changes: Change) -> CaseFile:
    return case(judgment=changed(JUDGMENT, changes))


@pytest.mark.parametrize(
    ("code", "whole", "why"),
    [
        ("REAS-003", judgment(("没有异议且签字具结。", "没有异议。辩护人何清申请排除其供述这一非法证据。"), ("足以认定。", "足以认定。经审查，讯问过程合法，不予排除。")), "the court answers"),
        ("REAS-008", judgment((FINE, "判处有期徒刑九个月，缓刑一年，并处"), ("系自首，", "系自首，犯罪情节较轻，有悔罪表现，没有再犯罪的危险，")), "the conditions are told"),
        ("REAS-013", judgment(("犯盗窃罪，于", "犯盗窃罪、诈骗罪，于"), ("公诉机关指控的罪名成立", "指控的诈骗罪证据不足，不予认定")), "it is said why"),
        ("CMP-006", judgment(("犯盗窃罪，于", "犯盗窃罪，诉请依法惩处，于")), "the same charge"),
        ("CMP-015", judgment(("有期徒刑八个月至十个月", "有期徒刑一年左右")), "near a figure is no bound"),
        ("CMP-016", judgment((FINE, "判处有期徒刑九个月，缓刑一年，并处")), "the recommendation leaves it open and the term is followed"),
        ("CMP-020", of("indictment", "judgment", judgment=((FINE, "判处有期徒刑一年，并处"), ("量刑建议适当，予以采纳", "本院建议调整量刑建议，公诉机关未予调整"))), "the court asked first"),
        ("CMP-021", of("plea", "judgment", judgment=(("没有异议且签字具结。", "没有异议且签字具结。其辩护人何清否认指控的部分犯罪事实。"),)), "counsel denies, not the accused"),
        ("CMP-022", of("plea", "judgment", plea=(("同意适用简易程序", "同意适用速裁程序"),), judgment=(("本院依法适用简易程序", "本院适用速裁程序，后转为简易程序"),)), "the change is told"),
        ("CMP-025", of("indictment", "ruling"), "a correction ends nothing"),
        ("CMP-029", of("indictment", "judgment", indictment=(("，提起公诉，请", "，提起公诉，请求追缴违法所得，请"),), judgment=(("并处罚金人民币三千元。", "并处罚金人民币三千元；追缴违法所得。"),)), "the judgment decides on it"),
    ],
)  # fmt: skip
def test_near_misses_are_left_alone(code: str, whole: CaseFile, why: str) -> None:
    assert hits(code, whole) == [], why


def test_a_document_that_weighs_nothing_is_undecided() -> None:
    bare = (
        (SURRENDER + BY_LAW, ""),
        ("被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。", ""),
    )  # fmt: skip
    told = [r for _, r in registry.results("CMP-013", of("opinion", "indictment", indictment=bare))]
    assert [type(r) for r in told] == [registry.Undecided]


def test_heavier_on_the_accused_own_appeal_is_grave() -> None:
    before = "判处有期徒刑九个月，并处罚金人民币三千元。被告人林志远不服"
    lighter = changed(APPEAL, ((before, before.replace("九个月", "八个月")),))
    found = hits("CMP-026", CaseFile({"judgment": read("judgment", lighter)}))
    assert [(f.severity, "上诉不加刑" in f.fields["why"]) for f in found] == [("serious", True)]
    protested = changed(
        lighter, (("被告人林志远不服，提出上诉", "江城市云溪区人民检察院提出抗诉"),)
    )
    found = hits("CMP-026", CaseFile({"judgment": read("judgment", protested)}))
    assert [f.severity for f in found] == [None]


def test_an_unlawful_sentence_of_a_final_judgment_has_no_deadline() -> None:
    ways = []
    for text in (JUDGMENT, APPEAL):
        wrong = changed(text, ((FINE, "判处有期徒刑三个月，并处"),))
        (found,) = hits("CMP-028", CaseFile({"judgment": read("judgment", wrong)}))
        ways.append(found.fields["way"])
    assert "日内" in ways[0]
    assert "审判监督程序" in ways[1]
