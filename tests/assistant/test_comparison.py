"""Two documents of one case: what differs between them, and what must not count as different."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, findings, hits, read
from hypothesis import given
from hypothesis import strategies as st

from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.comparison.alignment import Alignment, differences
from assistant.findings import Finding


class Row(NamedTuple):
    """A change in one of the two documents, the code that must see it, where, and why."""

    code: str
    document: str
    changes: tuple[Change, ...]
    points_at: str
    why: str


SECOND = (
    (
        "\n本案由江城市公安局",
        "\n被告人高立，男，1988年1月3日出生，汉族，初中文化，务工，住江城市云溪区。\n本案由江城市公安局",
    ),
    ("被告人林志远涉嫌盗窃罪", "被告人林志远、高立涉嫌盗窃罪"),
    ("本院认为，被告人林志远以", "本院认为，被告人林志远、高立以"),
)
COUNTS = (
    (
        "2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。",
        "1、2023年3月4日，被告人林志远在江城市云溪区望江路16号商铺内，窃得周敏现金人民币3000元。\n2、2023年3月5日，被告人林志远在柳岸路商铺内，窃得吴刚手机一部。\n3、2023年3月6日，被告人林志远在东门路商铺内，窃得现金人民币200元。上述财物共计价值人民币5600元。\n",
    ),
)

ROWS = (
    Row("CMP-001", "indictment", (("118号", "181号"),), "181号", "digits turned round"),
    Row("CMP-001", "indictment", (("此致\n江城市云溪区人民法院", "此致\n海州市东山区人民法院"),), "海州市", "another court tried it"),
    Row("CMP-001", "indictment", (("2023年6月12日", "2023年4月30日"), ("5月18日", "3月25日"), ("5月19日", "3月26日")), "2023年4月30日", "prosecuted six weeks after it was issued"),
    Row("CMP-002", "indictment", (("汉族", "苗族"),), "苗族", "another ethnicity"),
    Row("CMP-002", "indictment", (("男，1990", "女，1990"),), "女", "another sex"),
    Row("CMP-002", "judgment", (("1990年5月12日", "1990年5月21日"),), "1990年5月21日", "birth date turned round"),
    Row("CMP-002", "judgment", (("林志远", "林志元"),), "林志元", "the judgment misspells the name"),
    Row("CMP-002", "judgment", (("汉族，初中", "初中"),), "林志远", "left out of the judgment"),
    Row("CMP-003", "indictment", (("2023年3月6日被江城市", "2023年3月16日被江城市"),), "2023年3月16日", "detained on another day"),
    Row("CMP-004", "indictment", SECOND, "高立", "one accused is not in the judgment"),
    Row("CMP-006", "indictment", (("盗窃罪", "抢夺罪"), ("第二百六十四条", "第二百六十七条")), "抢夺罪", "convicted of another crime"),
    Row("CMP-008", "indictment", (("2023年3月5日14时", "2023年3月15日14时"),), "2023年3月15日", "another day"),
    Row("CMP-008", "indictment", (("望江路16号", "望山路16号"),), "望山路", "another street"),
    Row("CMP-009", "indictment", (("现金人民币3000元", "现金人民币8000元"),), "8000元", "another sum"),
    Row("CMP-009", "judgment", (("现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。2023年3月6日", "现金人民币1000元、手机一部（价值人民币2600元），共计价值人民币3600元。2023年3月6日"),), "1000元", "the court finds less"),
    Row("CMP-010", "indictment", (("手机一部", "手机三部"),), "三部", "another number of things"),
    Row("CMP-011", "indictment", (("周敏", "郑小凡"),), "郑小凡", "another victim"),
    Row("CMP-012", "judgment", (("犯罪以后自动投案，如实供述自己的罪行，系自首，依法", "到案后能如实供述，依法"), ("，系自首，建议", "，建议"), ("2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。", "")), "本院认为", "the court does not find surrender"),
    Row("CMP-012", "indictment", (("犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。", ""),), "", "the court finds surrender, the prosecution did not"),
    Row("CMP-014", "indictment", (("第二百六十四条", "第二百六十七条"),), "第二百六十七条", "another article of the special part"),
    Row("CMP-015", "indictment", (("有期徒刑八个月至十个月", "有期徒刑一年至一年二个月"),), "一年", "less than recommended"),
    Row("CMP-015", "judgment", (("判处有期徒刑九个月", "判处拘役五个月"),), "拘役五个月", "another kind of penalty"),
    Row("CMP-016", "indictment", (("有期徒刑八个月至十个月，并处罚金", "有期徒刑九个月，缓刑一年，并处罚金"),), "缓刑一年", "recommended and not granted"),
    Row("CMP-017", "indictment", (("十个月，并处罚金", "十个月，并处罚金人民币一万元"),), "一万元", "another fine"),
    Row("CMP-018", "indictment", (("十个月，并处罚金", "十个月，并处罚金人民币一万元"),), "一万元", "main penalty adopted, fine not"),
    Row("CMP-024", "judgment", (("犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元", "犯盗窃罪，免予刑事处罚"),), "免予刑事处罚", "exempted from punishment"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.code}: {r.why}")
def test_difference_is_found_where_it_stands(row: Row) -> None:
    texts = {"indictment": INDICTMENT, "judgment": JUDGMENT}
    texts[row.document] = changed(texts[row.document], row.changes)
    found = hits(row.code, case(texts["indictment"], texts["judgment"]))
    assert found, row.why
    quotes = [s.quote for f in found for s in f.evidence if s.role == row.document]
    assert any(row.points_at in quote for quote in quotes), f"{row.why}: {quotes}"
    assert all({s.role for s in f.evidence} == {"indictment", "judgment"} for f in found)
    # The joined findings of the case still point there.
    joined, _ = findings(texts["indictment"], texts["judgment"])
    assert any(row.points_at in s.quote for f in joined for s in f.evidence)


@pytest.mark.parametrize(
    ("document", "changes", "why"),
    [
        ("indictment", (), "the two agree"),
        ("indictment", (("初中文化", "初中文化程度"),), "one says a little more"),
        ("indictment", (("住江城市云溪区柳岸路8号", "住柳岸路8号"),), "an address without its city"),
        ("judgment", (("人民币5600元", "人民币5，600元"),), "thousands set off by a comma"),
        ("judgment", (("江云检刑诉〔2023〕118号", "江云检刑诉（2023）118号"),), "other brackets"),
        ("judgment", (("第二百六十四条、", "第二百六十四条、第六十一条、"),), "a general article more"),
        ("judgment", (("判处有期徒刑九个月", "判处有期徒刑十个月"), ("2023年12月5日止", "2024年1月5日止")), "the upper end"),
    ],
)  # fmt: skip
def test_what_is_no_difference(document: str, changes: tuple[Change, ...], why: str) -> None:
    texts = {"indictment": INDICTMENT, "judgment": JUDGMENT}
    texts[document] = changed(texts[document], changes)
    found, _ = findings(texts["indictment"], texts["judgment"])
    assert [(f.code, f.message) for f in found if f.code.startswith("CMP")] == [], why


def _opinion() -> str:
    return changed(
        INDICTMENT[: INDICTMENT.index("此致")],
        (
            ("江城市云溪区人民检察院\n起 诉 书\n江云检刑诉〔2023〕118号", "江城市公安局云溪分局\n起诉意见书\n江公云诉字〔2023〕88号"),
            ("被告人", "犯罪嫌疑人"),
            ("经依法审查查明", "经依法侦查查明"),
            ("本院认为，", "综上所述，"),
            ("根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。", "依照《中华人民共和国刑事诉讼法》第一百六十二条之规定，移送审查起诉。"),
        ),
    )  # fmt: skip


def test_police_opinion_against_indictment() -> None:
    opinion = changed(_opinion(), (("盗窃罪", "抢夺罪"), ("第二百六十四条", "第二百六十七条")))
    whole = CaseFile(
        {"opinion": read("opinion", opinion), "indictment": read("indictment", INDICTMENT)}
    )
    codes = {f.code for f in registry.run(whole)[0]}
    assert "CMP-005" in codes
    same = CaseFile(
        {"opinion": read("opinion", _opinion()), "indictment": read("indictment", INDICTMENT)}
    )
    codes = {f.code for f in registry.run(same)[0]}
    assert not codes & {"CMP-005", "CMP-008"}, "what a person is called changes with the stage"


def test_recommendation_document_against_judgment() -> None:
    recommendation = """江城市云溪区人民检察院
量刑建议书
江云检量建〔2023〕30号
被告人林志远涉嫌盗窃罪一案，经本院审查认为，被告人林志远的行为已触犯《中华人民共和国刑法》第二百六十四条，其法定刑为三年以下有期徒刑、拘役或者管制。建议判处被告人林志远有期徒刑一年，缓刑一年六个月，并处罚金人民币三千元。
此致
江城市云溪区人民法院
检察官：沈岩
2023年6月12日
"""
    whole = CaseFile(
        {
            "recommendation": read("recommendation", recommendation),
            "judgment": read("judgment", JUDGMENT),
        }
    )
    found: list[Finding] = registry.run(whole)[0]
    codes = {f.code for f in found}
    assert not codes & {"CMP-016", "CMP-017", "CMP-018"}
    (one,) = (f for f in found if f.code == "CMP-015")
    assert "刑期未采纳、缓刑未采纳、罚金采纳" in one.message


def test_adoption_without_finding_of_facts_is_pointed_out() -> None:
    start = JUDGMENT.index("经审理查明")
    end = JUDGMENT.index("本院认为")
    silent = (
        JUDGMENT[:start] + "上述事实，有书证、被害人陈述等证据证实，足以认定。\n" + JUDGMENT[end:]
    )
    silent = silent.replace("被告人林志远对指控的事实、罪名及量刑建议没有异议且签字具结。\n", "")
    assert "CMP-030" in {f.code for f in findings(INDICTMENT, silent)[0]}
    assert "CMP-030" not in {f.code for f in findings(INDICTMENT, JUDGMENT)[0]}


def test_counts_added_or_left_out() -> None:
    ((was, now),) = COUNTS
    tail = "2023年3月6日，被告人林志远主动到公安机关投案"
    tried = JUDGMENT.replace(
        was + tail,
        now.replace("3、2023年3月6日，被告人林志远在东门路商铺内，窃得现金人民币200元。", "")
        + tail,
    )
    assert hits("CMP-007", case(changed(INDICTMENT, COUNTS), tried))
    assert not hits("CMP-007", case(INDICTMENT, JUDGMENT))


def test_a_missing_document_is_named() -> None:
    _, undecided = registry.run(case(INDICTMENT, JUDGMENT))
    assert any(u.code == "CMP-005" and "起诉意见书" in u.reason for u in undecided)


def test_second_telling_in_other_words_gives_no_difference() -> None:
    one = "2023年3月5日14时许，林某在望江路的商铺内窃得现金3000元，后逃离现场。"
    other = "林某于2023年3月5日下午到望江路一家商铺，偷走了柜台里的现金3000元和一部手机。"
    assert differences(one, other) == []


def test_a_sum_moved_to_another_sentence_is_still_compared() -> None:
    tail = "，被告人将所得赃款用于日常开销。"
    one = (
        "第一起盗窃现金人民币3000元后逃离现场"
        + tail
        + "第二起盗窃电动自行车一辆经认定价值1500元"
        + tail
    )
    other = (
        "第二起盗窃电动自行车一辆经认定价值1800元"
        + tail
        + "第一起盗窃现金人民币3000元后逃离现场"
        + tail
    )
    assert [(one[d.one.start : d.one.end], other[d.other.start : d.other.end]) for d in differences(one, other)] == [("1500元", "1800元")]  # fmt: skip


def test_one_telling_ends_at_the_sum_where_the_other_goes_on() -> None:
    one = "林某从柜台内盗走手机一部，经价格认定，手机案发时价值人民币26400元。"
    other = (
        one.replace("26400", "2640")
        + "针对上述事实，公诉机关提供了立案决定书、抓获经过等证据，并认为数额较大。"
    )
    (found,) = differences(one, other)
    assert (found.one.value, found.other.value) == ("2640000", "264000")


@given(st.text(alphabet="甲乙丙丁1234567890元克日月年，。", max_size=60))
def test_a_story_agrees_with_itself(text: str) -> None:
    assert differences(text, text) == []


@given(
    st.text(alphabet="甲乙丙丁戊", min_size=1, max_size=30),
    st.text(alphabet="甲乙丙丁戊", max_size=30),
)
def test_alignment_stays_inside_and_in_order(one: str, other: str) -> None:
    alignment = Alignment(one, other)
    places = [alignment.at(i) for i in range(len(one) + 1)]
    assert all(0 <= p <= len(other) for p in places)
    assert places == sorted(places)


def test_a_victim_under_a_name_one_character_away() -> None:
    one = changed(INDICTMENT, (("周敏", "周文涛"),))
    other = changed(JUDGMENT, (("周敏", "周文涛"),))
    assert "CMP-011" not in {f.code for f in findings(one, other)[0]}
    head, found, rest = other.partition("经审理查明")
    wrong = head + found + rest.replace("周文涛", "邹文涛")
    (told,) = (f for f in findings(one, wrong)[0] if f.code == "CMP-011")
    assert told.category == "party"
    assert "邹文涛" in told.message


def test_masked_names_are_the_same_person() -> None:
    one = changed(INDICTMENT, (("周敏", "周文涛"),))
    for mask in ("周某", "周某某", "周××"):
        other = changed(JUDGMENT, (("周敏", mask),))
        assert "CMP-011" not in {f.code for f in findings(one, other)[0]}
