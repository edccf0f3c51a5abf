"""Each check on the sample case: silent where it is right, speaking where it is made wrong."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, findings, hits

from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.findings import SEVERITY_ORDER
from knowledge_base.catalogue import entries


class Row(NamedTuple):
    """A way to make one document wrong, the code that must see it, and where."""

    code: str
    changes: tuple[Change, ...]
    points_at: str
    why: str


DRUNK = (
    ("涉嫌盗窃罪", "涉嫌危险驾驶罪"),
    ("应当以盗窃罪", "应当以危险驾驶罪"),
    ("第二百六十四条", "第一百三十三条之一第一款第（二）项"),
    ("以非法占有为目的，秘密窃取他人财物，数额较大", "醉酒后在道路上驾驶机动车"),
    (
        "趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。",
        "醉酒后驾驶小型轿车被查获。经鉴定，其血液中乙醇含量为156.2mg/100ml。",
    ),
)
PRIOR = (
    (
        "因涉嫌盗窃罪，于2023年3月6日",
        "因犯盗窃罪，于2020年4月1日被江城市云溪区人民法院判处有期徒刑八个月，2020年10月9日刑满释放。因涉嫌盗窃罪，于2023年3月6日",
    ),
)
OLD_PRIOR = tuple((a, b.replace("2020年", "2012年")) for a, b in PRIOR)
ONE_ACT = "2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。"
THREE_ACTS = (
    "1.2023年3月1日14时许，被告人林志远窃得被害人周敏电动自行车一辆，价值人民币3280元。\n"
    "2.2023年3月3日2时许，被告人林志远窃得被害人许静笔记本电脑一台，价值人民币5460元。\n"
    "3.2023年3月5日22时许，被告人林志远窃得铜芯电缆一捆，价值人民币4120元。\n"
    "综上，被告人林志远盗窃作案{acts}起，窃得财物价值共计人民币{total}元。"
)


def acts(stated: int, total: int) -> tuple[Change, ...]:
    """The story told as three numbered counts with a summing-up."""
    return ((ONE_ACT, THREE_ACTS.format(acts=stated, total=total)),)


SECOND = (
    (
        "\n本案由江城市公安局",
        "\n被告人高立，男，1988年1月3日出生，公民身份号码110101198801030019，汉族，初中文化，务工，户籍所在地江城市云溪区，住江城市云溪区。因涉嫌盗窃罪，于2023年3月6日被刑事拘留。\n本案由江城市公安局",
    ),
)

IN_INDICTMENT = (
    Row("FMT-001", (("起 诉 书", "不起诉决定书"),), "不起诉决定书", "another kind's title"),
    Row("FMT-002", (("江城市云溪区人民检察院\n起", "江城市云溪区检察院\n起"),), "检察院", "not the full name"),
    Row("FMT-004", (("〔2023〕118", "〔2021〕118"),), "2021", "the year is not that of the date"),
    Row("FMT-004", (("〔2023〕118", "(2023)118"),), "118号", "round brackets"),
    Row("FMT-005", (("江云检刑诉〔2023〕118号\n", ""),), "起诉书", "no number at all"),
    Row("FMT-005", (("于2023年5月18日向本院", "于××××年×月×日向本院"),), "×月×日", "a date never filled in"),
    Row("FMT-006", (("\n认定上述事实的证据如下：\n1.书证：户籍证明、到案经过；2.被害人周敏的陈述；3.被告人林志远的供述和辩解；4.鉴定意见：价格认定书。\n上述证据收集程序合法，内容客观真实，足以认定指控事实。被告人林志远对指控的犯罪事实和证据没有异议，并自愿认罪认罚。", ""),), "本院认为", "no evidence listed"),
    Row("FMT-006", (("，提起公诉，请依法判处", ""),), "", "asks the court for nothing"),
    Row("FMT-008", (("此致\n江城市云溪区人民法院\n", ""),), "检察官", "no court addressed"),
    Row("FMT-008", (("此致\n江城市云溪区人民法院", "此致\n海州市东山区人民法院"),), "海州市", "a court of elsewhere"),
    Row("FMT-009", (("检察官：沈岩\n", ""),), "检察官助理", "only an assistant signs"),
    Row("FMT-009", (("检察官：沈岩\n检察官助理：顾宁", "代理检察员：沈岩"),), "检察员", "a title of before the reform"),
    Row("FMT-010", (("\n2023年6月12日\n", "\n"),), "检察官", "no date"),
    Row("FMT-010", (("\n2023年6月12日\n", "\n2023年5月12日\n"),), "2023年5月12日", "dated before the case came in"),
    Row("FMT-011", (("2.案卷材料和证据三册；", ""),), "附", "files not counted"),
    Row("NAME-001", (("鉴定意见：价格认定书", "鉴定意见：被告人林志元指认照片"),), "林志元", "one character of the name"),
    Row("NAME-002", (("本院认为，被告人林志远", "本院认为，犯罪嫌疑人林志远"),), "犯罪嫌疑人", "an accused is no longer a suspect"),
    Row("NAME-003", (("，公民身份号码110101199005120035，汉族", ""),), "林志远", "no number, no ethnicity"),
    Row("NAME-004", (("110101199005120035", "110101199005120036"),), "110101199005120036", "check digit"),
    Row("NAME-004", (("男，1990年5月12日", "男，1991年5月12日"),), "1101011990", "birth date within the number"),
    Row("NAME-005", (("1990年5月12日", "2006年5月12日"), ("19900512003", "20060512003")), "2006年5月12日", "sixteen, and nobody says so"),
    Row("NAME-006", (("1990年5月12日", "2010年5月12日"),), "2010年5月12日", "twelve years old"),
    Row("NAME-014", (("以被告人林志远涉嫌", "以被告人林志远、赵建军涉嫌"),), "赵建军", "listed and never introduced"),
    Row("NAME-014", SECOND, "高立", "introduced and never charged"),
    Row("DATE-001", (("2023年3月5日14时", "2023年2月30日14时"),), "2023年2月30日", "no such day"),
    Row("DATE-002", (("2023年3月5日14时", "2023年8月5日14时"),), "2023年8月5日", "acts after the indictment"),
    Row("DATE-002", (("2023年3月20日被", "2023年2月20日被"),), "2023年2月20日", "arrested before detained"),
    Row("DATE-021", (*OLD_PRIOR, ("系自首，", "系自首；被告人林志远系累犯，应当从重处罚，")), "累犯", "more than five years"),
    Row("AMT-001", (("手机一部（价值人民币2600元），共计价值人民币5600元", "手机一部价值人民币2600元，共计价值人民币6600元"),), "6600元", "3000 and 2600 are 5600"),
    Row("AMT-001", acts(3, 13860), "13860元", "three counts make up 12860"),
    Row("FACT-010", acts(4, 12860), "盗窃作案4起", "three counts are told"),
    Row("AMT-002", (("现金人民币3000元", "现金人民币三千元（5000元）"),), "三千元", "words and figures"),
    Row("AMT-005", (("2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。", "1、2023年3月4日，被告人林志远在江城市云溪区望江路16号商铺内，窃得周敏现金人民币3000元。\n2、2023年3月5日，被告人林志远在江城市云溪区柳岸路商铺内，窃得吴刚现金人民币2600元。\n"),), "2、", "two counts and no total"),
    Row("AMT-011", (*DRUNK, ("156.2mg/100ml", "156.2mg/ml")), "156.2mg", "a hundred times too much"),
    Row("LAW-001", (("第二百六十四条", "第四百九十九条"),), "第四百九十九条", "the law ends before"),
    Row("LAW-002", (*DRUNK, ("第一百三十三条之一第一款第（二）项", "第一百三十三条之一")), "第一百三十三条之一", "three paragraphs, none named"),
    Row("LAW-003", (("第六十七条第一款", "第六十七条第九款"),), "第六十七条第九款", "no ninth paragraph"),
    Row("LAW-004", (("第二百六十四条", "第二百七十五条"),), "第二百七十五条", "damage to property is not theft"),
    Row("LAW-005", (("第一百七十六条", "第一百七十二条"),), "第一百七十二条", "the number before 2018"),
    Row("LAW-006", (("了《中华人民共和国刑法》第", "了中华人民共和国刑法第"),), "中华人民共和国刑法", "no title marks"),
    Row("LAW-008", (("，依据《中华人民共和国刑法》第六十七条第一款的规定", ""),), "自首", "surrender without its article"),
    Row("LAW-009", (("第六十七条第一款的规定", "第六十八条的规定"),), "第六十八条", "no merit anywhere"),
    Row("LAW-010", (("第六十七条第一款", "第六十七条第三款"),), "第六十七条第三款", "the paragraph of confession"),
    Row("LAW-012", (("4.鉴定意见：价格认定书。", "4.鉴定意见：价格认定书。《人民检察院刑事诉讼规则（试行）》"),), "试行", "replaced in 2019"),
    Row("CHG-001", (("应当以盗窃罪", "应当以偷窃财物罪"),), "偷窃财物罪", "no such charge"),
    Row("CHG-003", (("应当以盗窃罪", "应当以抢夺罪"),), "抢夺罪", "not what was handed over"),
    Row("CIRC-003", (("可以从轻或者减轻处罚。被告人林志远自愿", "可以从轻或者减轻处罚。被告人林志远到案后如实供述，系坦白，可以从轻处罚。被告人林志远自愿"),), "坦白", "both for one crime"),
    Row("CIRC-005", (("系自首，", "系自首；被告人林志远系累犯，应当从重处罚，"),), "累犯", "no earlier conviction"),
    Row("CIRC-006", PRIOR, "2020年4月1日", "released two years before"),
    Row("CIRC-013", (("第六十七条第一款的规定，可以从轻或者减轻处罚", "第六十七条第一款的规定，可以从重处罚"),), "从重", "surrender does not aggravate"),
    Row("SENT-001", (("建议判处被告人林志远有期徒刑八个月至十个月，并处罚金。", ""),), "认罪认罚", "plea without recommendation"),
    Row("SENT-004", (("有期徒刑八个月至十个月", "有期徒刑三个月至五个月"),), "有期徒刑三个月", "below six months"),
    Row("SENT-005", (*DRUNK, ("有期徒刑八个月至十个月", "有期徒刑八个月")), "有期徒刑八个月", "only detention for drunk driving"),
    Row("SENT-011", (("有期徒刑八个月至十个月，并处罚金", "有期徒刑四年，缓刑五年，并处罚金"),), "缓刑五年", "four years cannot be suspended"),
    Row("SENT-013", (("有期徒刑八个月至十个月，并处罚金", "拘役一个月，缓刑一个月，并处罚金"),), "缓刑一个月", "probation is two months at least"),
    Row("EVID-001", (("4.鉴定意见：价格认定书", "4.鉴定结论：价格认定书"),), "鉴定结论", "its name before 2013"),
    Row("LANG-001", (("足以认定指控事实", "足已认定指控事实"),), "足已认定", "a homophone"),
    Row("LANG-001", (("内容客观真实", "内容可观真实"),), "可观", "one off a fixed phrase"),
    Row("LANG-001", (("移送起诉", "移送起起诉"), ("向本院移送起起诉。", "向本院移送起起诉。")), "起起", "a doubled character"),
    Row("LANG-002", (("商铺内，趁", "商铺内，，趁"),), "，，", "a comma twice"),
    Row("LANG-008", (("本院认为，被告人林志远", "本院认为，被告人欧阳建"),), "欧阳建", "somebody of another case"),
)  # fmt: skip

PROBATION = ("判处有期徒刑九个月，并处", "判处有期徒刑九个月，缓刑一年，并处")
TWO_CRIMES = (
    (
        "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元。",
        "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元；犯诈骗罪，判处有期徒刑一年，并处罚金人民币二千元；决定执行有期徒刑三年，并处罚金人民币五千元。",
    ),
    ("已构成盗窃罪", "已构成盗窃罪、诈骗罪"),
)
SAME_CRIME_TWICE = (
    (
        "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元。",
        "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元；犯盗窃罪（漏罪），判处有期徒刑一年，并处罚金人民币二千元；决定执行有期徒刑三年，并处罚金人民币五千元。",
    ),
)
IN_JUDGMENT = (
    Row("DATE-016", (("2023年12月5日止", "2024年12月5日止"),), "2024年12月5日", "a year too long"),
    Row("DATE-016", (("2023年12月5日止", "2022年12月5日止"),), "2022年12月5日", "ends before it begins"),
    Row("DATE-002", (("于2023年6月12日向本院", "于2023年7月12日向本院"),), "2023年7月", "tried before prosecuted"),
    Row("SENT-004", (("判处有期徒刑九个月", "判处有期徒刑四个月"),), "有期徒刑四个月", "below six months"),
    Row("SENT-006", (("，并处罚金人民币三千元", ""),), "有期徒刑九个月", "the article always adds a fine"),
    Row("SENT-011", (("判处有期徒刑九个月，并处", "判处有期徒刑四年，缓刑五年，并处"),), "有期徒刑四年", "too long to suspend"),
    Row("SENT-013", (("判处有期徒刑九个月，并处", "判处有期徒刑九个月，缓刑六个月，并处"),), "缓刑六个月", "less than a year"),
    Row("SENT-014", TWO_CRIMES, "决定执行有期徒刑三年", "more than both together"),
    Row("SENT-014", SAME_CRIME_TWICE, "决定执行有期徒刑三年", "two sentences for one charge"),
    Row("LAW-008", (PROBATION,), "缓刑一年", "probation without article 72"),
    Row("LAW-009", (("第五十二条", "第五十六条"),), "第五十六条", "no deprivation of rights"),
    Row("CHG-003", (("犯盗窃罪，判处", "犯抢夺罪，判处"),), "抢夺罪", "another charge in the operative part"),
    Row("FMT-006", (("如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向江城市中级人民法院提出上诉。书面上诉的，应当提交上诉状正本一份，副本二份。\n", ""),), "", "nobody told of the appeal"),
    Row("FMT-005", (("（2023）江0108刑初206号\n", ""),), "刑事判决书", "no case number"),
)  # fmt: skip


def _assert_sees(row: Row, whole: CaseFile, role: str) -> None:
    told = hits(row.code, whole)
    assert told, row.why
    places = [s.quote for h in told for s in h.evidence if s.role == role]
    assert any(row.points_at in quote for quote in places), f"{row.why}: {places}"
    # Findings of one cause are joined, under whichever code; they still point there.
    joined = [s.quote for f in registry.run(whole)[0] for s in f.evidence]
    assert any(row.points_at in quote for quote in joined), row.why


@pytest.mark.parametrize("row", IN_INDICTMENT, ids=lambda r: f"{r.code}: {r.why}")
def test_indictment_made_wrong(row: Row) -> None:
    _assert_sees(row, case(changed(INDICTMENT, row.changes)), "indictment")


@pytest.mark.parametrize("row", IN_JUDGMENT, ids=lambda r: f"{r.code}: {r.why}")
def test_judgment_made_wrong(row: Row) -> None:
    _assert_sees(row, case(judgment=changed(JUDGMENT, row.changes)), "judgment")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ((), "the sample as it is"),
        (DRUNK, "another charge with its own article and a plausible measure"),
        ((("〔2023〕118号", "〔2023〕9号"),), "any number will do"),
        ((("\n检察官助理：顾宁", ""),), "no assistant need sign"),
        (
            (("有期徒刑八个月至十个月，并处罚金", "有期徒刑一年，缓刑一年六个月，并处罚金"),),
            "a term that can be suspended",
        ),
    ],
)
def test_right_indictments_are_left_alone(changes: tuple[Change, ...], why: str) -> None:
    # An admitted drunk driver needs another recommendation than a thief.
    allowed = {"SENT-005"} if changes is DRUNK else set()
    found, _ = findings(changed(INDICTMENT, changes))
    assert {f.code for f in found} <= allowed, why


def test_right_judgments_are_left_alone() -> None:
    right_probation = (
        PROBATION,
        ("第五十三条", "第五十三条、第七十二条、第七十三条"),
        ("系自首，依法可以", "系自首，犯罪情节较轻，没有再犯罪的危险，依法可以"),
        (
            "（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自2023年3月6日起至2023年12月5日止。",
            "（缓刑考验期限，从判决确定之日起计算。",
        ),
    )
    for changes in ((), right_probation):
        found, _ = findings(judgment=changed(JUDGMENT, changes))
        assert found == []


def test_catalogue_and_code_know_the_same_checks() -> None:
    of_documents = {code for code, entry in entries().items() if entry.seen_in == "documents"}
    assert set(registry.registered()) == of_documents


def test_what_is_missing_is_said_and_not_passed_over() -> None:
    torn = INDICTMENT[: INDICTMENT.index("此致")]
    _, undecided = findings(torn)
    codes = {u.code for u in undecided}
    assert {"FMT-008", "FMT-010", "FMT-011"} <= codes
    assert all("无法判断" in u.reason for u in undecided)


def test_one_failing_check_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(view: object) -> list:
        raise RuntimeError("sample")

    registry.registered()
    monkeypatch.setitem(registry._CHECKS, "FMT-004", broken)
    found, undecided = findings(changed(INDICTMENT, (("足以认定", "足已认定"),)))
    assert [u.code for u in undecided if "程序出错" in u.reason] == ["FMT-004"]
    assert any(f.code == "LANG-001" for f in found)


def test_findings_come_worst_first_and_one_cause_is_one_finding() -> None:
    wrong_birth = changed(INDICTMENT, (("男，1990年5月12日", "男，2010年5月12日"),))
    found, _ = findings(wrong_birth, JUDGMENT)
    ranks = [SEVERITY_ORDER[f.severity] for f in found]
    assert ranks == sorted(ranks)
    about_birth = [f for f in found if any("2010年5月12日" in s.quote for s in f.evidence)]
    assert len(about_birth) == 1
    assert {s.role for s in about_birth[0].evidence} == {"indictment", "judgment"}


def test_two_things_missing_at_one_place_stay_two_findings() -> None:
    torn = changed(INDICTMENT, (("此致\n江城市云溪区人民法院\n", ""), ("\n2023年6月12日\n", "\n")))
    codes = {f.code for f in findings(torn)[0]}
    assert {"FMT-008", "FMT-010"} <= codes


def test_a_wrong_sum_and_the_total_it_spoils_are_one_finding() -> None:
    wrong = changed(INDICTMENT, (("现金人民币3000元", "现金人民币3万元"),))
    about_money = [f for f in findings(wrong, JUDGMENT)[0] if f.category == "amount"]
    assert len(about_money) == 1


def test_findings_carry_the_words_of_the_law() -> None:
    found, _ = findings(changed(INDICTMENT, (("有期徒刑八个月至十个月", "有期徒刑三个月"),)))
    basis = next(f for f in found if f.code == "SENT-004").legal_basis
    imprisonment = next(b for b in basis if b.article == "第四十五条")
    assert imprisonment.text is not None
    assert "六个月以上" in imprisonment.text
    assert str(imprisonment.in_force_on) == "2023-06-12"


def test_progress_counts_every_check() -> None:
    seen: list[tuple[int, int]] = []
    registry.run(case(INDICTMENT), progress=lambda done, total, _: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(seen[0][1]))


def test_counts_that_add_up_are_left_alone() -> None:
    told, _ = findings(changed(INDICTMENT, acts(3, 12860)))
    assert not {f.code for f in told} & {"AMT-001", "FACT-010"}


@pytest.mark.parametrize(
    ("code", "document", "was", "now", "points_at"),
    [
        ("LAW-006", "judgment", "《中华人民共和国刑法》第二百六十四条、", "《中华人民共和国刑事法》第二百六十四条、", "刑事法"),
        ("SENT-006", "indictment", "十个月，并处罚金。", "十个月。", "有期徒刑八个月"),
        ("LANG-001", "judgment", "判处有期徒刑九个月", "判外有期徒刑九个月", "判外"),
    ],
)  # fmt: skip
def test_what_a_second_reader_looks_for(
    code: str, document: str, was: str, now: str, points_at: str
) -> None:
    """Defects listed independently of the planter: title of a law, fine left out, a slip."""
    one, other = INDICTMENT, JUDGMENT
    if document == "indictment":
        one = changed(one, ((was, now),))
    else:
        other = changed(other, ((was, now),))
    told = [f for f in findings(one, other)[0] if f.code == code]
    assert any(points_at in e.quote for f in told for e in f.evidence)
    assert code not in {f.code for f in findings(INDICTMENT, JUDGMENT)[0]}


def test_counsel_under_two_names() -> None:
    three = (("何清", "何清远"),)
    right = changed(JUDGMENT, three)
    wrong = right.replace("及其辩护人何清远到庭", "及其辩护人何青远到庭")
    told = [f for f in findings(INDICTMENT, wrong)[0] if f.code == "NAME-001"]
    assert [f.evidence[0].quote for f in told] == ["何青远"]
    assert "NAME-001" not in {f.code for f in findings(INDICTMENT, right)[0]}
