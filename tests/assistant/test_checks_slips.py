"""Slips of a careless clerk: rules that a lawyer reads off the page, each with its opposite."""

from __future__ import annotations

from pathlib import Path

import pytest

import assistant.checks
from assistant.casefile import CaseFile
from assistant.checks import registry
from ingestion.extract import parse
from ingestion.model import Role
from ingestion.readers import source_from_text

SAMPLES = Path(assistant.checks.__file__).parent / "gold" / "samples"


def _case(role: Role, *changes: tuple[str, str], base: str = "") -> CaseFile:
    text = (SAMPLES / f"{base or role}.txt").read_text("utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    document = parse(source_from_text(text))
    document.role = role
    return CaseFile({role: document})


def _quotes(code: str, case: CaseFile) -> list[str]:
    """The first words each hit of the check points at."""
    return [
        result.evidence[0].quote
        for _, result in registry.results(code, case)
        if isinstance(result, registry.Hit)
    ]


TWO_PARAGRAPHS = "第二百八十条第二款、第六十七条第一款"
IN_COURT = [
    ("NAME-002", [("秘密窃取他人财物，数额较大，其行为", "秘密窃取他人财物，数额较大，她的行为")],
     "她的行为", "a man is no 她"),
    ("NAME-002", [("被害人周敏", "被害人王秀英"), ("秘密窃取他人财物，", "秘密窃取他人财物，")],
     None, "the victim under any name is no accused"),
    ("NAME-002", [("公诉机关指控的罪名成立", "被害人林志远所犯罪名成立")],
     "被害人林志远", "the only accused is not the victim"),
    ("NAME-002", [("本院认为，被告人林志远", "本院认为，犯罪嫌疑人林志远")],
     "犯罪嫌疑人", "in court he is the accused"),
    ("NAME-001", [("被告人林志远及其辩护人何清到庭", "被告人林志远及其辩护人罗成到庭")],
     "罗成", "another counsel than at the head"),
    ("NAME-001", [("被告人林志远及其辩护人何清到庭", "被告人林志远及其辩护人何清均到庭")],
     None, "the same counsel"),
    ("NAME-001", [("，被告人林志远在江城市云溪区望江路16号", "，被告人林远在江城市云溪区望江路16号")],
     "林远", "the middle syllable is left out"),
    ("CHG-001", [("被告人林志远犯盗窃罪，判处", "被告人林志远犯盗窃，判处")],
     "盗窃", "a charge is named with 罪"),
    ("CHG-001", [("因涉嫌盗窃罪", "曾因买卖国家证件罪于2015年3月2日被判处拘役三个月。因涉嫌盗窃罪")],
     "买卖国家证件罪", "机关 is left out of 国家机关证件"),
    ("CHG-001", [("因涉嫌盗窃罪", "曾因故意伤害罪于2015年3月2日被判处拘役三个月。因涉嫌盗窃罪")],
     None, "a lawful charge of an earlier case"),
    ("CHG-003", [("公诉机关指控的罪名成立", "公诉机关指控被告人林志远犯抢夺罪的罪名成立")],
     "抢夺罪", "nobody brought that charge"),
    ("CHG-003", [("公诉机关指控的罪名成立", "公诉机关指控被告人林志远犯盗窃罪的罪名成立")],
     None, "the charge that was brought"),
    ("LAW-004", [("盗窃罪", "伪造公司印章罪"), ("第二百六十四条", "第二百八十条第一款")],
     "第二百八十条第一款", "the first paragraph is on seals of state organs"),
    ("LAW-004", [("盗窃罪", "伪造公司印章罪"), ("第二百六十四条", "第二百八十条第二款")],
     None, "the second is on seals of companies"),
    ("LAW-004", [("盗窃罪", "伪造公司印章罪"), ("第二百六十四条", "第二百八十条第一、二款")],
     None, "both paragraphs of one place"),
    ("LAW-004", [("盗窃罪", "故意伤害罪"), ("第二百六十四条", "第二百三十四条第二款")],
     None, "a graver paragraph of the same crime"),
    ("LAW-008", [("三千元。\n", "三千元，作案工具予以没收。\n")],
     "予以没收", "tools are taken without the article on it"),
    ("LAW-008", [("三千元。\n", "三千元，作案工具予以没收。\n"), ("、第五十二条", "、第六十四条、第五十二条")],
     None, "the article is cited"),
    ("CIRC-018", [("因涉嫌盗窃罪", "因犯盗窃罪于2015年3月2日被江城市云溪区人民法院判处拘役三个月。因涉嫌盗窃罪"),
                  ("系自首，依法", "系自首；被告人林志远系初犯，依法")],
     "初犯", "convicted before"),
    ("CIRC-018", [("系自首，依法", "系自首；被告人林志远系初犯，依法")], None, "never convicted"),
    ("DATE-017", [("羁押一日折抵刑期一日", "羁押一日折抵刑期二日")],
     "羁押一日折抵刑期二日", "two days for one are 管制's"),
    ("PROC-011", [("实行独任审判", "组成合议庭，实行独任审判")], "实行独任", "a panel and a single judge"),
    ("PROC-011", [("实行独任审判", "由审判员独任审判，后转为普通程序，依法组成合议庭")],
     None, "the one after the other"),
    ("PROC-011", [("第二日起十日内", "第二日起五日内")], "第二日起五日内", "five days are for rulings"),
    ("PROC-011", [("江城市中级人民法院", "江东省高级人民法院")],
     "江东省高级人民法院", "two levels up"),
    ("PROC-011", [("公开开庭审理", "不公开开庭审理")], "不公开开庭审理", "no ground is told"),
    ("PROC-011", [("公开开庭审理", "因涉及个人隐私不公开开庭审理")], None, "privacy"),
    ("REAS-010", [("予以采纳。被告人", "予以采纳。辩护人的意见于法无据，本院不予采纳。被告人")],
     None, "refuted and turned down"),
    ("REAS-011", [("三千元。\n", "三千元；责令退赔被害人人民币6500元。\n")],
     "人民币6500元", "5600 with two digits changed over"),
    ("REAS-011", [("三千元。\n", "三千元；责令退赔被害人人民币2600元。\n")], None, "a part of the sum"),
    ("NAME-001", [("如实供述了上述事实。", "如实供述了上述事实。后林志远叫许某1到场，许某2与其离开。")],
     "许某2", "who comes next is who was called"),
    ("NAME-001", [("共计价值人民币5600元。", "共计价值人民币5600元。后林志远叫许某1到场，许某2与其离开。"
                   "同案人许某2另案处理。")], None, "he is met again"),
    ("REAS-011", [("如实供述了上述事实。", "如实供述了上述事实。林志远住206房间，周敏住209房间。"
                   "203房间的客人报警。民警到206房间将其抓获。")], "203房间", "one digit off, told once"),
    ("REAS-011", [("如实供述了上述事实。", "如实供述了上述事实。林志远住206房间，在其隔壁203房间行窃。"
                   "民警到206房间将其抓获。")], None, "two rooms told side by side"),
    ("REAS-011", [("从轻处罚。依照", "从轻处罚。辩护人的上述辩护意见，本院予以采纳。依照")],
     "上述辩护意见", "none is told"),
    ("REAS-011", [("从轻处罚。依照", "从轻处罚。辩护人的上述辩护意见，本院予以采纳。依照"),
                  ("签字具结。", "签字具结。辩护人何清提出，林志远系自首。")], None, "told above"),
    ("LAW-009", [("第六十七条第一款", "第六十七条第三款"), ("，系自首，建议", "，建议"),
                 ("主动到公安机关投案，如实供述了上述事实", "被抓获"),
                 ("被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首，", "被告人林志远"),
                 ("有书证、", "有书证、同案人投案情况说明、")],
     "第六十七条第三款", "how another gave himself up is evidence, no confession"),
    ("PROP-002", [("共计价值人民币5600元。", "共计价值人民币5600元，赃款赃物未追回。")],
     "赃款赃物未追回", "nothing is ordered on what is gone"),
    ("PROP-002", [("共计价值人民币5600元。", "共计价值人民币5600元，赃款赃物未追回。"),
                  ("三千元。\n", "三千元；责令退赔被害人周敏人民币5600元。\n")], None, "ordered"),
    ("FMT-016", [("被告人林志远犯盗窃罪，判处", "一、被告人林志远犯盗窃罪，判处"),
                 ("十日内缴纳。）", "十日内缴纳。）\n一、作案工具予以没收。")],
     "一、作案工具予以没", "two items of one number"),
    ("LANG-001", [("1990年5月12日出生，", "1990年5月12日出生江东省云溪县，")],
     "日出生江东", "于 is left out"),
    ("LANG-001", [("户籍所在地江城市", "户籍所在地贵洲省江城市")], "贵洲省", "no such province"),
    ("LANG-001", [("户籍所在地江城市", "户籍所在地贵州省江城市")], None, "a province"),
    ("LANG-001", [("商铺内，趁", "商铺内，自北向南向行走，趁")], "自北向南向", "one 向 too many"),
    ("LANG-008", [("被告人林志远犯罪以后", "被告人林志远在犯罪以后")], None, "the accused"),
    ("LANG-008", [("被告人林志远犯罪以后", "被告人苗玉田主动投案，")], "苗玉田", "of another case"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "points_at", "why"), IN_COURT)
def test_in_a_judgment(
    code: str, changes: list[tuple[str, str]], points_at: str | None, why: str
) -> None:
    found = _quotes(code, _case("judgment", *changes))
    if points_at is None:
        assert found == [], why
    else:
        assert any(points_at in quote or quote in points_at for quote in found), (why, found)


IN_AN_INDICTMENT = [
    ("LANG-006", [("提起公诉", "移送审查起诉")], True, "the words of the police"),
    ("LANG-006", [], False, "the words of the procuratorate"),
    ("FMT-005", [("本院认为，", "本院认为，（概括论述被告人行为的性质、危害程度）")], True,
     "the form's own instruction"),
    ("FMT-005", [("本院认为，", "本院认为，（另案处理的李某）")], False, "a remark of the author's"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "speaks", "why"), IN_AN_INDICTMENT)
def test_in_an_indictment(
    code: str, changes: list[tuple[str, str]], speaks: bool, why: str
) -> None:
    assert bool(_quotes(code, _case("indictment", *changes))) is speaks, why


def test_a_probation_without_length_is_not_taken_for_one_of_the_terms() -> None:
    term = "有期徒刑八个月至十个月"
    case = _case("indictment", (term, f"{term}，可以适用缓刑"))
    told = [r for _, r in registry.results("SENT-013", case) if isinstance(r, registry.Hit)]
    assert [(r.severity, r.fields["problem"]) for r in told] == [
        ("minor", "建议宣告缓刑，没有提出考验期")
    ]


def test_what_was_drawn_is_no_total_of_what_was_taken() -> None:
    case = _case(
        "indictment", ("共计价值人民币5600元。", "共计价值人民币5600元。后取现共计人民币9000元。")
    )
    assert _quotes("AMT-001", case) == []


@pytest.mark.parametrize(
    ("mode", "severity"), [("简易程序", "moderate"), ("刑事案件速裁程序", "minor")]
)
def test_a_fast_track_judgment_may_leave_the_arrival_untold(mode: str, severity: str) -> None:
    case = _case(
        "judgment",
        ("依法适用简易程序", f"依法适用{mode}"),
        ("主动到公安机关投案，如实供述了上述事实", "被抓获"),
        ("犯罪以后自动投案，如实供述自己的罪行，系自首", "系自首"),
    )
    told = [r for _, r in registry.results("CIRC-001", case) if isinstance(r, registry.Hit)]
    assert [r.severity for r in told] == [severity]
