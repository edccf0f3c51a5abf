"""Format, particulars, wording, privacy, minors: what each check sees and what it must not."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from assistant.checks import gold, registry

Change = tuple[str, str]
PLACE = "被告人林志远在江城市云溪区望江路16号"
HOME = "住江城市云溪区柳岸路8号。因涉嫌"
HELD = "现羁押于江城市看守所"
LISTED = "4.证人、鉴定人名单一份"
BORN = "1990年5月12日"
HEARD = "听取了辩护人、被害人的意见"
FACTS_END = "如实供述了上述事实。"
SEIZED = "云溪区芦花街路口时被民警查获，"
EVIDENCE = "1.书证：户籍证明、到案经过；2.被害人周敏的陈述；3.被告人林志远的供述和辩解；4.鉴定意见"
TOLD = "被不起诉人如果不服本决定，可以自收到本决定书后七日以内向本院申诉。"
YOUNG = (BORN, "2006年5月12日")


class Row(NamedTuple):
    code: str
    changes: tuple[Change, ...]
    seen: bool
    why: str
    sample: str = "indictment"


ROWS = (
    Row("FMT-003", (("汉族，初中文化", "中国籍，汉族，初中文化"),), False, "a Chinese"),
    Row("FMT-003", (("汉族，初中文化", "缅甸籍，初中文化"), ("江城市云溪区人民检察院\n起 诉 书", "中华人民共和国江城市云溪区人民检察院\n起 诉 书")), False, "the nation is named"),
    Row("FMT-003", (("汉族，初中文化", "无国籍，初中文化"),), True, "stateless"),
    Row("FMT-007", (("上述证据收集程序合法", "本院认为证据充分。上述证据收集程序合法"),), False, "the words within a line are no part"),
    Row("FMT-010", (("\n2023年6月12日\n", "\n二０二三年六月十二日\n"),), False, "a digit for the nought"),
    Row("FMT-012", (("3.《认罪认罚具结书》一份；4.", "3."), ("自愿认罪认罚。\n", "自愿认罪认罚，因系盲人，不需要签署认罪认罚具结书。\n")), False, "he need not sign"),
    Row("FMT-012", (("对指控的犯罪事实和证据没有异议，并自愿认罪认罚", "对指控的犯罪事实和证据提出异议"), ("认罪认罚可能导致的法律后果", "有关诉讼权利"), ("被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。", "")), True, "a pledge of one who does not plead"),
    Row("FMT-013", ((LISTED, "4.起诉书一式八份"),), False, "eight for one accused"),
    Row("FMT-014", ((SEIZED, f"{SEIZED}其车辆被扣押，"),), False, "handed on with the opinion", "non_prosecution"),
    Row("FMT-014", ((SEIZED, f"{SEIZED}其车辆被扣押，"), ("本院将依法提出检察意见，移送公安交通管理部门处理。", "")), True, "nothing on the seized car", "non_prosecution"),
    Row("FMT-015", ((SEIZED, f"{SEIZED}并致被害人甘露轻微伤，"),), True, "a victim who is not told", "non_prosecution"),
    Row("FMT-015", ((SEIZED, f"{SEIZED}并致被害人甘露轻微伤，"), (TOLD, TOLD + "被害人如果不服本决定，可以自收到本决定书后七日以内向江城市人民检察院申诉，请求提起公诉。")), False, "both are told", "non_prosecution"),
    Row("FMT-016", ((EVIDENCE, "1.书证；\n2.物证；\n2.证人证言；\n3.鉴定意见"),), True, "two of one number"),
    Row("FMT-016", ((EVIDENCE, "1.书证：\n（1）户籍证明；\n（2）到案经过；\n2.被害人陈述：\n（1）周敏的陈述；\n3.鉴定意见"),), False, "lists within a list"),
    Row("FMT-016", ((EVIDENCE, "1.书证；2.证人证言，3.物证；4.鉴定意见"),), False, "a number after a comma"),
    Row("NAME-003", (("林志远，男", "林志远（自报），男"), ("，公民身份号码110101199005120035", "")), False, "known only by what he says"),
    Row("NAME-003", (("林志远，男", "林志远（自报），男"), ("，公民身份号码110101199005120035，汉族", "")), True, "his people is asked all the same"),
    Row("NAME-009", ((HELD, "现取保候审于江城市云溪区柳岸路8号"),), False, "where he lives"),
    Row("NAME-009", ((HELD, "现取保候审在家"), ("，住江城市云溪区柳岸路8号", "")), True, "at home, and no home told"),
    Row("NAME-010", ((HOME, "住江城市云溪区柳岸路8号。2015年6月11日因犯盗窃罪被江城市云溪区人民法院判处有期徒刑一年，2016年3月2日刑满释放。因涉嫌"),), False, "all is told"),
    Row("NAME-010", ((HOME, "住江城市云溪区柳岸路8号。2015年6月11日因犯盗窃罪被江城市云溪区人民法院判处有期徒刑一年，缓刑二年。因涉嫌"),), False, "suspended: nobody was freed"),
    Row("NAME-010", ((HOME, "住江城市云溪区柳岸路8号。因盗窃于2015年6月11日被行政拘留五日。因涉嫌"),), False, "no conviction"),
    Row("NAME-011", (("个体经营，户籍", "个体经营，原江城市云溪区人大代表，户籍"),), False, "a former one"),
    Row("NAME-011", (("个体经营，户籍", "个体经营，江城市云溪区人大代表（经许可对其采取强制措施），户籍"),), False, "with leave"),
    Row("NAME-013", (("被告人林志远自愿认罪", "被告人林志远在共同犯罪中起主要作用，系主犯。被告人林志远自愿认罪"),), False, "alone"),
    Row("NAME-017", ((PLACE, "被告人林志远伙同他人在江城市云溪区望江路16号"),), False, "nobody is named"),
    Row("NAME-017", ((PLACE, "被告人林志远伙同孟小军（另案处理）在江城市云溪区望江路16号"),), False, "told at once"),
    Row("NAME-017", ((PLACE, "被告人林志远伙同孟小军、于海波在江城市云溪区望江路16号"), (FACTS_END, FACTS_END + "孟小军、于海波均另案处理。")), False, "told at the end"),
    Row("LANG-003", (("2023年3月5日14时许", "二〇二三年三月五日14时许"),), True, "one date unlike the others"),
    Row("LANG-003", (("\n2023年6月12日\n", "\n二〇二三年六月十二日\n"),), False, "the date under the signature"),
    Row("LANG-003", (("手机一部（价值人民币2600元）", "手机一部（价值人民币二千600元）"),), True, "half and half"),
    Row("LANG-004", ((FACTS_END, FACTS_END + "证人称其“气焰嚣张”。"),), False, "a witness's words"),
    Row("LANG-006", (("依法讯问了被告人", "依法讯问了被告人，核实同案人张涛刑拘在逃"),), False, "a set phrase"),
    Row("PRIV-002", (("被害人周敏不备", "被害人周敏（化名）不备"), (LISTED, "4.化名情况说明一份")), False, "explained"),
    Row("PRIV-002", ((PLACE, "被告人林志远化名张强在江城市云溪区望江路16号"),), False, "the accused's false name"),
    Row("PRIV-004", (("林志远", "林某某"), ("110101199005120035", "110101********0035")), False, "covered"),
    Row("JUV-001", (YOUNG, (HEARD, "听取了辩护人、法定代理人、被害人的意见")), False, "his guardian was heard"),
    Row("JUV-001", ((BORN, "2005年6月11日"),), False, "eighteen on the day before"),
    Row("JUV-003", (YOUNG, (LISTED, "4.社会调查报告一份")), False, "enclosed"),
    Row("JUV-004", (YOUNG, (HEARD, f"{HEARD}，不适用速裁程序")), False, "not proposed"),
    Row("JUV-005", (("决定对方晓东不起诉", "决定对方晓东附条件不起诉，考验期为一年"),), False, "a year is the most", "non_prosecution"),
    Row("JUV-005", (("决定对方晓东不起诉", "决定对方晓东附条件不起诉，考验期为一年二个月"),), True, "more than a year", "non_prosecution"),
    Row("PRIV-001", (("盗窃罪", "强奸罪"), ("周敏", "周某某")), False, "covered"),
    Row("PRIV-001", (("盗窃罪", "猥亵儿童罪"), ("被害人周敏", "被害人周敏（化名）"), ("被害人周敏（化名）的陈述", "被害人陈述")), False, "an assumed name"),
    Row("NAME-012", (("盗窃罪", "贪污罪"), (PLACE, "被告人林志远于2019年3月起担任江城市供水公司出纳，在江城市云溪区望江路16号")), False, "since when is told"),
    Row("FMT-001", (("不起诉决定书\n", "起诉书\n"),), True, "the title of another kind", "non_prosecution"),
    Row("FMT-004", (("量建〔2023〕", "量建〔2022〕"),), True, "the year before its day", "recommendation"),
    Row("FMT-005", (("江云检刑不诉〔2023〕34号\n", ""),), True, "no number", "non_prosecution"),
    Row("FMT-006", (("建议判处被告人林志远有期徒刑九个月，并处罚金人民币三千元", "提请依法处理"),), True, "recommends nothing", "recommendation"),
    Row("FMT-006", (("，移送审查起诉", ""), ("，于2023年5月18日向本院移送起诉", ""), ("，审查了全部案件材料", "")), True, "does not say what is proposed", "opinion"),
    Row("NAME-002", (("综上所述，犯罪嫌疑人林志远", "综上所述，被告人林志远"),), True, "not accused yet", "opinion"),
    Row("NAME-002", (("本院认为，被不起诉人方晓东", "本院认为，犯罪嫌疑人方晓东"),), True, "the decision's own word", "non_prosecution"),
    Row("NAME-001", (("本院认为，被不起诉人方晓东", "本院认为，被不起诉人方小东"),), True, "another character", "non_prosecution"),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.code}: {row.why}")
def test_near_misses(row: Row) -> None:
    role = row.sample.removesuffix("_doubt").removesuffix("_unit")
    text = gold.sample(row.sample, role)
    for was, now in row.changes:
        assert was in text, f"not in the sample: {was}"
        text = text.replace(was, now)
    found = [one for _, one in registry.results(row.code, gold.case_of({role: text}))]
    assert any(isinstance(one, registry.Hit) for one in found) is row.seen


def test_a_plea_without_its_enclosures_is_undecided() -> None:
    text = gold.sample("indictment", "indictment")
    case = gold.case_of({"indictment": text[: text.index("附：")]})
    told = [one for _, one in registry.results("FMT-012", case)]
    assert [one.reason for one in told if isinstance(one, registry.Undecided)] == [
        "无法判断：缺附件部分，不能核对是否附有认罪认罚具结书"
    ]
