"""How grave a true point is, and what a document cannot tell: not every difference is an alarm."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, findings, hits

from assistant.checks import registry

STORY = INDICTMENT[INDICTMENT.index("2023年3月5日14时") : INDICTMENT.index("认定上述事实")]
ADOPTS = "量刑建议适当，予以采纳"
SIX = ("有期徒刑九个月", "有期徒刑六个月")
UNPLEADED = ("没有异议且签字具结。", "没有异议。")
GOODS = "并处罚金人民币三千元。\n"
REPAY = (GOODS, "并处罚金人民币三千元。\n二、责令被告人林志远退赔违法所得。\n")
TWO_SUMS = ("，共计价值人民币5600元", "")


def severities(code: str, *changes: Change) -> list[str | None]:
    return [h.severity for h in hits(code, case(judgment=changed(JUDGMENT, changes)))]


@pytest.mark.parametrize(
    ("code", "changes", "severity", "why"),
    [
        ("CMP-015", (SIX,), None, "a plea binds, and the court is silent"),
        ("CMP-015", (SIX, (ADOPTS, "但量刑建议偏重，本院不予采纳")), "minor", "the court says that it departs"),
        ("CMP-015", (SIX, UNPLEADED), "moderate", "without a plea it was a proposal only"),
        ("CMP-015", (("判处有期徒刑九个月", "判处拘役五个月"), ("有期徒刑八个月至十个月", "七个月以下有期徒刑")), "minor", "below a mere upper limit"),
        ("CMP-015", (("判处有期徒刑九个月", "判处拘役四个月"), ("有期徒刑八个月至十个月", "有期徒刑四个月至五个月")), "minor", "the proposal was unlawful itself"),
        ("PROP-002", (REPAY,), "minor", "the findings name one total"),
        ("PROP-002", (REPAY, TWO_SUMS), None, "several sums and no total"),
        ("LAW-009", (("系自首，依法可以", "依法可以"), ("主动到公安机关投案，如实供述了上述事实", "被抓获"), ("，系自首，建议", "，建议"), ("犯罪以后自动投案，如实供述自己的罪行，", "自愿认罪，")), "minor", "a plea in court put under the confession"),
        ("CMP-006", (("犯盗窃罪，于", "犯掩饰、隐瞒犯罪所得罪，于"), ("犯盗窃罪，判处", "犯掩饰、隐瞒犯罪所得、犯罪所得收益罪，判处")), None, "the whole charge for a part of it is another name only"),
    ],
)  # fmt: skip
def test_the_weight_of_a_true_point(
    code: str, changes: tuple[Change, ...], severity: str | None, why: str
) -> None:
    found = severities(code, *changes)
    assert found == ([] if code == "CMP-006" else [severity]), why


def test_one_proposal_for_several_left_by_one_sentence_is_one_finding() -> None:
    text = changed(
        JUDGMENT,
        (
            ("辩护人何清，江城市明达律师事务所律师。", "被告人高立，男，1988年1月3日出生，汉族，初中文化，务工，住江城市云溪区。因涉嫌盗窃罪，于2023年3月6日被刑事拘留，同年3月20日被逮捕。"),
            ("被告人林志远犯盗窃罪，于", "被告人林志远、高立犯盗窃罪，于"),
            ("建议判处有期徒刑八个月至十个月", "建议分别判处二被告人有期徒刑八个月至十个月"),
            ("被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元。", "一、被告人林志远犯盗窃罪，判处有期徒刑六个月，并处罚金人民币三千元。\n二、被告人高立犯盗窃罪，判处有期徒刑六个月，并处罚金人民币三千元。"),
        ),
    )  # fmt: skip
    found = hits("CMP-015", case(judgment=text))
    assert [h.fields["name"] for h in found] == ["林志远、高立"]


def test_a_charge_the_judgment_says_was_prosecuted_is_no_departure_of_the_court() -> None:
    both = (
        ("犯盗窃罪，于", "犯盗窃罪、诈骗罪，于"),
        ("犯盗窃罪，判处有期徒刑九个月，", "犯盗窃罪，判处有期徒刑八个月；犯诈骗罪，判处有期徒刑七个月；决定执行有期徒刑九个月，"),
    )  # fmt: skip
    (found,) = hits("CMP-006", case(INDICTMENT, changed(JUDGMENT, both)))
    assert found.severity == "minor"
    assert "补充、追加起诉" in found.fields["second"]


ABRIDGED = "被告人林志远违反法律规定，秘密窃取他人财物，数额较大，其行为已构成盗窃罪。\n"


@pytest.mark.parametrize(("sign", "undecided"), [("检察官：沈岩", False), ("检察官：沈某某", True)])
def test_a_story_in_brief_is_a_defect_of_a_draft_only(sign: str, undecided: bool) -> None:
    """Of a version for the public nobody can say what the original tells."""
    text = changed(INDICTMENT, ((STORY, ABRIDGED), ("检察官：沈岩", sign)))
    told = [r for _, r in registry.results("FACT-001", case(text))]
    assert [isinstance(r, registry.Undecided) for r in told] == [undecided]


@pytest.mark.parametrize(
    ("code", "changes", "why"),
    [
        ("CHG-010", (("窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元", "持随身携带的折叠刀割破挎包，窃得现金人民币300元"),), "armed"),
        ("FACT-001", ((STORY, "1.2023年3月5日，被告人林志远窃得现金人民币3000元。\n2.在第一次盗窃后的两三天，被告人林志远窃得手机一部。\n"),), "a time told from the act before"),
        ("NAME-001", (("被告人林志远在江城市", "被告人林志远与林志元在江城市"),), "two names in one list are two persons"),
        ("PROC-016", (("\n本案由江城市公安局", "\n被告人高立，男，1988年1月3日出生，汉族，初中文化，务工，住江城市云溪区。因涉嫌盗窃罪，于2023年3月6日被取保候审。\n本案由江城市公安局"), ("附：1.被告人林志远现羁押于江城市看守所", "附：1.被告人高立取保候审于住所，被告人林志远现羁押于江城市看守所")), "each person has his own whereabouts"),
        ("DATE-014", (("因涉嫌盗窃罪，于2023年3月6日被江城市公安局云溪分局刑事拘留；经本院批准，于2023年3月20日被江城市公安局云溪分局执行逮捕。", "2022年12月1日被江城市监察委员会采取留置措施，2023年1月5日解除留置。2023年3月6日被本院取保候审。"),), "nothing need be in force after 留置"),
    ],
)  # fmt: skip
def test_what_is_no_defect(code: str, changes: tuple[Change, ...], why: str) -> None:
    assert hits(code, case(changed(INDICTMENT, changes))) == [], why


SLIPS = (
    ("NAME-001", (("被告人林志远主动到", "被告人林远志主动到"),), "林远志", "the name's last characters changed about"),
    ("LAW-006", (("第六十七条第一款、第五十二条", "第六十七第一款、第五十二条"),), "第六十七第一款", "条 left out"),
    ("LAW-006", (("第六十七条第一款、第五十二条", "第六十七条一款、第五十二条"),), "第六十七条一款", "第 left out"),
    ("LAW-009", (("第二百六十四条、", "第二百六十四条、第三百四十七条第五款、"),), "第三百四十七条第五款", "a unit's paragraph and no unit"),
    ("LAW-009", (("第五十三条及", "第五十三条、第六十四条及"),), "第六十四条", "nothing is disposed of"),
    ("LANG-008", (("，并处罚金人民币三千元", ""),), "罚金于本判决生效后十日内缴纳", "a fine to be paid that was not imposed"),
    ("LANG-006", (("本院认为，被告人林志远", "本院认为，被告林志远"),), "被告林志远", "a party of civil law"),
    ("LANG-001", (("经审理查明：", "经依法审查查明，经依法审查查明："),), "经依法审查查明", "written twice"),
    ("DATE-001", (("于2023年7月3日公开", "于同年月日公开"),), "同年月日", "a date never filled in"),
    ("DATE-001", (("2023年3月5日14时许", "2023年3月5下午"),), "3月5", "日 left out"),
    ("DATE-001", (("二〇二三年七月十日", "二〇二三年七月十无"),), "二〇二三年七月十无", "the closing date is spoilt"),
    ("DATE-002", (("同年3月20日被逮捕", "同年7月20日被逮捕"),), "7月20日", "arrested after the judgment"),
    ("EVID-001", (("并有书证、被害人陈述", "并有书证、被告人林志远的证言、被害人陈述"),), "被告人林志远的证言", "an accused is no witness"),
    ("SENT-014", (("判处有期徒刑九个月，", "判处有期徒刑九个月，与前罪所判有期徒刑六个月并罚，决定执行有期徒刑二年，"),), "决定执行有期徒刑二年", "more than both together"),
    ("DATE-016", (("有期徒刑九个月", "有期徒刑三年"),), "2023年12月5日止", "no custody explains so early an end"),
)  # fmt: skip


@pytest.mark.parametrize("row", SLIPS, ids=lambda r: f"{r[0]}: {r[3]}")
def test_a_slip_is_found_where_it_stands(
    row: tuple[str, tuple[Change, ...], str, str],
) -> None:
    code, changes, points_at, why = row
    assert hits(code, case(judgment=JUDGMENT)) == [], "the sample is right"
    found = hits(code, case(judgment=changed(JUDGMENT, changes)))
    quotes = [span.quote for h in found for span in h.evidence]
    assert any(points_at in quote for quote in quotes), f"{why}: {quotes}"


def test_two_measures_of_one_day_are_compared_by_their_day() -> None:
    twice = (
        ("于2023年3月6日被刑事拘留", "于2023年3月6日被云溪区公安局刑事拘留，2023年3月6日被江城市公安局刑事拘留"),
    )  # fmt: skip
    assert hits("DATE-002", case(judgment=changed(JUDGMENT, twice))) == []


def test_a_measure_of_an_earlier_case_does_not_precede_the_act() -> None:
    earlier = (
        ("因涉嫌盗窃罪，于2023年3月6日被刑事拘留", "因涉嫌寻衅滋事罪，于2019年6月1日被刑事拘留；因犯寻衅滋事罪，于2019年12月21日被江城市云溪区人民法院判处有期徒刑一年，缓刑二年。因涉嫌盗窃罪，于2023年3月6日被刑事拘留"),
    )  # fmt: skip
    assert hits("DATE-002", case(judgment=changed(JUDGMENT, earlier))) == []


def test_custody_of_a_case_whose_probation_ends_may_shorten_the_term() -> None:
    """It counts towards the term, and only its own judgment tells it."""
    earlier = ("2023年12月5日止", "2023年10月5日止")
    revoked = (
        "判处有期徒刑九个月，",
        "撤销（2022）江0108刑初12号刑事判决对其宣告的缓刑；判处有期徒刑九个月，",
    )
    assert len(hits("DATE-016", case(judgment=changed(JUDGMENT, (earlier,))))) == 1
    assert hits("DATE-016", case(judgment=changed(JUDGMENT, (earlier, revoked)))) == []


def test_a_fine_added_to_the_law_is_not_asked_of_acts_that_may_be_older() -> None:
    """The article on seals had none before the amendment of 2015."""
    text = changed(
        JUDGMENT,
        (
            ("盗窃罪", "伪造国家机关印章罪"),
            ("第二百六十四条", "第二百八十条第一款"),
            ("2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。", "2013年至2015年期间，被告人林志远伪造江城市房产管理局印章一枚。"),
            ("2023年3月6日，被告人林志远主动到公安机关投案，", "被告人林志远主动到公安机关投案，"),
            ("，并处罚金人民币三千元", ""),
            ("罚金于本判决生效后十日内缴纳。", ""),
        ),
    )  # fmt: skip
    told = [r for _, r in registry.results("SENT-006", case(judgment=text))]
    assert [type(r) for r in told] == [registry.Undecided]


def test_what_follows_from_a_wrong_date_is_one_finding_with_it() -> None:
    """Arrest, term and period all rest on the year that is wrong."""
    wrong = (("于2023年3月6日被刑事拘留", "于2022年3月6日被刑事拘留"),)
    found, _ = findings(judgment=changed(JUDGMENT, wrong))
    about = [f.code for f in found if any("2022年3月6日" in s.quote for s in f.evidence)]
    assert about == ["DATE-002"]


def test_a_document_nobody_expects_is_not_missed() -> None:
    """A ruling beside a judgment, a plea nobody made: neither the law nor the case asks for it."""
    plain = changed(
        INDICTMENT,
        (("3.《认罪认罚具结书》一份；4.", "3."), ("，并自愿认罪认罚", "")),
    )
    _, undecided = findings(plain, changed(JUDGMENT, (UNPLEADED,)))
    lacking = " ".join(u.reason for u in undecided if u.reason.startswith("无法判断：缺"))
    assert "起诉意见书" in lacking
    assert not any(name in lacking for name in ("裁定书", "具结书", "不起诉决定书", "撤回起诉"))
    _, undecided = findings(INDICTMENT, JUDGMENT)
    waiting = [u for u in undecided if "缺认罪认罚具结书" in u.reason]
    assert len(waiting) == 1
    assert "SENT-019" in waiting[0].reason
