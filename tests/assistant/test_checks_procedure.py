"""Periods, rights, modes of trial, property: what each check must see, and what it must not."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from assistant.checks import basis, gold, registry
from knowledge_base.catalogue import entries
from knowledge_base.deadlines import grace, limitation_years
from knowledge_base.procedure import number_then

Change = tuple[str, str]
HELD = "于2023年3月6日被江城市公安局云溪分局刑事拘留；经本院批准，于2023年3月20日被江城市公安局云溪分局执行逮捕。"
REVIEWED = "审查了全部案件材料。"
TOLD = "于2023年5月18日向本院移送起诉。本院受理后，于2023年5月19日已告知"
TERM = "自2023年3月6日起至2023年12月5日止"
CUSTODY = "于2023年3月6日被刑事拘留，同年3月20日被逮捕。"
PAID = "罚金于本判决生效后十日内缴纳。）\n"


class Row(NamedTuple):
    code: str
    changes: tuple[Change, ...]
    seen: bool
    why: str
    sample: str = "indictment"


def results(row: Row) -> list[registry.Hit]:
    role = "non_prosecution" if row.sample.startswith("non_prosecution") else row.sample
    text = gold.sample(row.sample, role)
    for was, now in row.changes:
        assert was in text, f"not in the sample: {was}"
        text = text.replace(was, now)
    found = registry.results(row.code, gold.case_of({role: text}))
    return [one for _, one in found if isinstance(one, registry.Hit)]


def held(text: str) -> Change:
    return HELD, text


ROWS = (
    Row("DATE-003", ((HELD, "于2023年3月6日被江城市公安局云溪分局刑事拘留；同年3月13日提请批准逮捕，于2023年3月20日被执行逮捕。"),), False, "seven days"),
    Row("DATE-003", ((HELD, "于2023年3月6日被江城市公安局云溪分局刑事拘留；同年4月3日提请批准逮捕，于2023年4月10日被执行逮捕。"),), True, "a month, and he stole once"),
    Row("DATE-003", ((HELD, "于2023年3月6日被江城市公安局云溪分局刑事拘留；同年4月3日提请批准逮捕，于2023年4月10日被执行逮捕。"), ("被告人林志远在江城市云溪区望江路", "被告人林志远伙同他人多次在江城市云溪区望江路")), False, "many thefts in a gang"),
    Row("DATE-005", (("于2023年3月20日被", "于2023年4月13日被"),), False, "thirty-seven days and one to carry it out"),
    Row("DATE-005", (("于2023年3月20日被", "于2023年4月14日被"),), True, "one day more"),
    Row("DATE-005", (held("于2023年3月6日被江城市公安局云溪分局刑事拘留，同年4月10日被取保候审，同年5月5日被执行逮捕。"),), False, "free between the two"),
    Row("DATE-005", (held("于2023年3月6日被江城市公安局云溪分局刑事拘留，同年5月10日被取保候审。"),), True, "held for two months and never arrested"),
    Row("DATE-005", (held("于2022年3月6日被江城市公安局云溪分局决定刑事拘留（在逃），于2023年3月20日被抓获并执行逮捕。"),), False, "decided upon while he was away"),
    Row("DATE-005", (held("于2023年1月6日被江城市监察委员会留置，2023年3月6日被江城市公安局云溪分局刑事拘留，同年3月25日被执行逮捕。"),), True, "fourteen days after the supervisory organ"),
    Row("DATE-006", (("于2023年3月20日被", "于2023年3月10日被"), (REVIEWED, "审查了全部案件材料。经江城市人民检察院批准，延长侦查羁押期限一个月。")), False, "longer, with leave"),
    Row("DATE-006", (("2023年3月6日", "2022年9月6日"), ("2023年3月20日", "2022年9月20日"), (REVIEWED, "审查了全部案件材料。经批准延长侦查羁押期限。")), True, "longer than any leave"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年7月3日\n"), (REVIEWED, "审查了全部案件材料。因案情复杂，延长审查起诉期限一次（自2023年6月19日至2023年7月3日）。")), False, "extended"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年8月1日\n"), (REVIEWED, "审查了全部案件材料。本院于2023年6月10日退回补充侦查，公安机关于2023年7月8日补充侦查完毕重新移送审查起诉。")), False, "the time begins anew"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年9月11日\n"), (REVIEWED, "审查了全部案件材料。本院于2023年6月10日退回补充侦查，公安机关于2023年7月8日补充侦查完毕重新移送审查起诉。")), True, "two months after it came back"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年10月20日\n"), (REVIEWED, "审查了全部案件材料。本院分别于2023年6月16日、8月10日退回补充侦查，公安机关分别于2023年7月14日、9月8日补查重报。")), False, "returns told together"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年7月9日\n"), ("向本院移送起诉。", "向江城市人民检察院移送起诉。江城市人民检察院于2023年6月10日交由本院审查起诉。")), False, "another office had it first"),
    Row("DATE-007", (("\n2023年6月12日\n", "\n2023年11月16日\n"), (REVIEWED, "审查了全部案件材料。其间，退回补充侦查二次（自2023年6月18日至2023年7月18日，自2023年9月2日至2023年10月2日），延长审查起诉期限三次（自2023年6月19日至2023年7月3日，自2023年8月19日至2023年9月2日，自2023年11月3日至2023年11月17日）。")), False, "all that the law allows"),
    Row("DATE-008", (("并自愿认罪认罚。", "并自愿认罪认罚，同意适用速裁程序。"), ("\n2023年6月12日\n", "\n2023年5月26日\n")), False, "eight days"),
    Row("DATE-009", ((REVIEWED, "审查了全部案件材料。本院于2023年5月25日退回补充侦查，公安机关于2023年6月24日补充侦查完毕重新移送审查起诉。"),), False, "one month"),
    Row("DATE-009", ((REVIEWED, "审查了全部案件材料。其间，退回补充侦查三次。"),), True, "twice is the most"),
    Row("DATE-010", ((REVIEWED, "审查了全部案件材料。延长审查起诉期限一次（自2023年6月19日至2023年7月3日）。"),), False, "once, fifteen days"),
    Row("DATE-010", ((REVIEWED, "审查了全部案件材料。延长审查起诉期限一次（自2023年6月19日至2023年7月13日）。"),), True, "twenty-five days"),
    Row("DATE-011", ((TOLD, "于2023年5月18日向本院移送起诉。本院于同日受理后，于2023年5月22日已告知"),), False, "the third day was a Sunday"),
    Row("DATE-011", ((TOLD, "于2023年5月18日向本院移送起诉。本院受理后，于2023年5月24日已告知"),), False, "accepted some days after it was sent"),
    Row("DATE-012", (held("于2022年5月6日被江城市公安局云溪分局取保候审；2023年5月19日被本院取保候审。"),), True, "police bail ran on for a year and a week"),
    Row("DATE-012", (held("于2022年9月6日被江城市公安局云溪分局取保候审；2023年5月19日被本院取保候审。"),), False, "each organ decided anew"),
    Row("DATE-012", (held("于2021年5月6日被江城市公安局云溪分局取保候审，期间脱逃，2023年3月6日被抓获，同日被刑事拘留。"),), False, "he ran away"),
    Row("DATE-014", (held("于2023年3月6日被江城市公安局云溪分局刑事拘留，同年3月13日被释放并被取保候审。"),), False, "freed on bail"),
    Row("DATE-017", ((CUSTODY, "于2023年1月6日被刑事拘留，同年1月20日被取保候审；同年3月6日被逮捕。"),), True, "fourteen days not taken off", "judgment"),
    Row("DATE-017", ((CUSTODY, "于2023年1月6日被刑事拘留，同年1月20日被取保候审；同年3月6日被逮捕。"), (TERM, "自2023年3月6日起至2023年11月21日止")), False, "taken off", "judgment"),
    Row("DATE-017", ((CUSTODY, "于2023年2月20日被抓获，次日因吸毒被行政拘留十日，3月6日被刑事拘留，同年3月20日被逮捕。"),), False, "held for something else", "judgment"),
    Row("DATE-017", ((TERM, "自2022年3月6日起至2022年12月5日止"),), True, "begins a year before he was held", "judgment"),
    Row("DATE-018", (("2023年3月5日14时许", "2019年3月5日14时许"),), False, "four years"),
    Row("DATE-018", (("2023年3月5日14时许", "2016年3月5日14时许"), ("主动到公安机关投案", "在逃多年后到公安机关投案")), False, "he evaded the investigation"),
    Row("DATE-022", (("2023年3月5日14时许", "2020年3月5日14时许"),), False, "the article of theft is old"),
    Row("PROC-001", (("已告知被告人有权委托辩护人", "已告知被告人诉讼权利义务"),), False, "told of his rights"),
    Row("PROC-002", (("听取了辩护人、被害人的意见", "告知被害人近亲属有权委托诉讼代理人，听取了辩护人的意见"),), False, "the victim's kin were told"),
    Row("PROC-004", (("执行逮捕。\n", "执行逮捕。\n辩护人何清，江城市明达律师事务所律师。\n"),), False, "counsel was heard"),
    Row("PROC-005", (("1990年5月12日", "2006年5月12日"), ("19900512003", "20060512003")), False, "a minor with counsel", "judgment"),
    Row("PROC-006", (("，并自愿认罪认罚", ""), ("和认罪认罚可能导致的法律后果", ""), ("被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。", ""), ("3.《认罪认罚具结书》一份；", "")), False, "he does not plead"),
    Row("PROC-009", (("并自愿认罪认罚。", "并自愿认罪认罚，同意适用速裁程序。"),), False, "nothing stands against it"),
    Row("PROC-010", (("并自愿认罪认罚。", "并自愿认罪认罚，同意适用简易程序。"),), False, "nothing stands against it"),
    Row("PROC-011", (("适用简易程序，实行独任审判", "适用普通程序，由审判员宋和独任审判"),), True, "one judge in an ordinary trial", "judgment"),
    Row("PROC-011", (("适用简易程序，实行独任审判", "适用简易程序，后转为普通程序，组成合议庭"), ("判处有期徒刑九个月", "判处有期徒刑四年")), False, "changed and said so", "judgment"),
    Row("PROC-013", (held("于2023年3月6日被江城市监察委员会留置，同年5月18日被江城市公安局云溪分局刑事拘留。"),), False, "detained when handed over"),
    Row("PROC-015", (("证据不足，不能证明彭立新具有非法占有的目的，不符合起诉条件", "情节显著轻微，不构成犯罪"), ("第一百七十五条第四款", "第一百七十七条第一款")), False, "another kind of decision", "non_prosecution_doubt"),
    Row("PROC-016", (held("于2023年3月6日被江城市公安局云溪分局取保候审。"),), True, "on bail, and in the detention house"),
    Row("PROC-019", ((REVIEWED, "审查了全部案件材料。本院曾提起公诉，后撤回起诉，因发现新的证据，再次提起公诉。"),), False, "new evidence"),
    Row("PROP-001", (("如实供述了上述事实。", "如实供述了上述事实，公安机关依法扣押手机一部并已发还周敏。"),), False, "given back"),
    Row("PROP-002", ((PAID, PAID + "责令被告人林志远退赔被害人周敏人民币五千六百元。\n"),), False, "a sum in words", "judgment"),
    Row("PROP-002", ((PAID, PAID + "追缴被告人林志远的违法所得（清单附后）。\n"),), False, "listed elsewhere", "judgment"),
    Row("PROP-003", ((PAID, PAID + "责令被告人林志远退赔被害人周敏人民币2600元。\n"), ("2023年3月6日，被告人林志远主动", "被窃现金已追回并发还被害人。2023年3月6日，被告人林志远主动")), False, "a part was given back", "judgment"),
    Row("PROP-005", (("共计价值人民币5600元。2023年3月6日", "共计价值人民币5600元。民警在其住处查获毒品甲基苯丙胺0.6克。2023年3月6日"), (PAID, PAID + "扣押在案的毒品予以没收，由公安机关依法处理。\n")), False, "forfeited", "judgment"),
    Row("DUTY-004", (("不需要判处刑罚。依据", "不需要判处刑罚，已被吊销驾驶证，公安机关已作出行政处罚。依据"), ("本院将依法提出检察意见，移送公安交通管理部门处理。", "")), False, "punished already", "non_prosecution"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.code}: {r.why}")
def test_row(row: Row) -> None:
    found = results(row)
    assert bool(found) is row.seen, [f.fields for f in found]


def test_samples_are_silent_to_every_check_of_the_family() -> None:
    for name, role in (
        ("indictment", "indictment"),
        ("judgment", "judgment"),
        ("plea", "plea"),
        ("report", "report"),
        ("non_prosecution", "non_prosecution"),
        ("non_prosecution_doubt", "non_prosecution"),
    ):
        case = gold.case_of({role: gold.sample(name, role)})
        for row in gold.cases():
            if row.code.split("-")[0] in ("DATE", "PROC", "PROP", "DUTY"):
                told = [r for _, r in registry.results(row.code, case)]
                assert not [r for r in told if isinstance(r, registry.Hit)], (name, row.code)


def test_a_missing_premise_is_said() -> None:
    text = gold.sample("indictment", "indictment").replace("于2023年5月18日向本院", "向本院")
    case = gold.case_of({"indictment": text})
    told = [r for _, r in registry.results("DATE-007", case)]
    assert [r.reason for r in told if isinstance(r, registry.Undecided)] == [
        "无法判断：缺受理（移送起诉）日期"
    ]


def test_an_older_document_is_held_to_the_numbers_of_its_day() -> None:
    text = gold.sample("indictment", "indictment").replace("2023年", "2016年")
    case = gold.case_of({"indictment": text})
    assert [b.article for b in basis.of(entries()["DATE-005"], case)] == ["第八十九条"]
    # The Rules of 2019 and the plea of 2018 did not hold yet.
    assert [b.law for b in basis.of(entries()["DATE-009"], case)] == ["中华人民共和国刑事诉讼法"]
    assert basis.of(entries()["PROC-008"], case) == []


@pytest.mark.parametrize(
    ("article", "on", "then"),
    [
        (172, date(2020, 1, 1), 172),
        (172, date(2018, 10, 25), 169),
        (15, date(2016, 1, 1), None),
        (91, date(2010, 1, 1), None),
    ],
)
def test_number_then(article: int, on: date, then: int | None) -> None:
    assert number_then(article, on) == then


@pytest.mark.parametrize(
    ("due", "least", "why"),
    [
        (date(2023, 5, 17), 0, "a Wednesday"),
        (date(2023, 5, 20), 2, "a Saturday: the Monday after"),
        (date(2023, 10, 3), 4, "within the holidays of October"),
    ],
)
def test_rest_days_put_off_the_end(due: date, least: int, why: str) -> None:
    assert grace(due) >= least if least else grace(due) == 0, why


@pytest.mark.parametrize(
    ("months", "years"), [(36, 5), (59, 5), (60, 10), (119, 10), (120, 15), (180, 15), (None, 20)]
)
def test_limitation(months: int | None, years: int) -> None:
    assert limitation_years(months) == years
