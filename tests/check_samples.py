"""An invented case whose two documents are right, and the ways to make them wrong."""

from __future__ import annotations

from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.findings import Finding, NotChecked
from ingestion.extract import parse
from ingestion.model import CaseDocument, Role
from ingestion.readers import source_from_text

INDICTMENT = """江城市云溪区人民检察院
起 诉 书
江云检刑诉〔2023〕118号
被告人林志远，男，1990年5月12日出生，公民身份号码110101199005120035，汉族，初中文化，个体经营，户籍所在地江城市云溪区，住江城市云溪区柳岸路8号。因涉嫌盗窃罪，于2023年3月6日被江城市公安局云溪分局刑事拘留；经本院批准，于2023年3月20日被江城市公安局云溪分局执行逮捕。
本案由江城市公安局云溪分局侦查终结，以被告人林志远涉嫌盗窃罪，于2023年5月18日向本院移送起诉。本院受理后，于2023年5月19日已告知被告人有权委托辩护人和认罪认罚可能导致的法律后果，依法讯问了被告人，听取了辩护人、被害人的意见，审查了全部案件材料。
经依法审查查明：
2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。
认定上述事实的证据如下：
1.书证：户籍证明、到案经过；2.被害人周敏的陈述；3.被告人林志远的供述和辩解；4.鉴定意见：价格认定书。
上述证据收集程序合法，内容客观真实，足以认定指控事实。被告人林志远对指控的犯罪事实和证据没有异议，并自愿认罪认罚。
本院认为，被告人林志远以非法占有为目的，秘密窃取他人财物，数额较大，其行为触犯了《中华人民共和国刑法》第二百六十四条，犯罪事实清楚，证据确实、充分，应当以盗窃罪追究其刑事责任。被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。建议判处被告人林志远有期徒刑八个月至十个月，并处罚金。根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。
此致
江城市云溪区人民法院
检察官：沈岩
检察官助理：顾宁
2023年6月12日
附：1.被告人林志远现羁押于江城市看守所；2.案卷材料和证据三册；3.《认罪认罚具结书》一份；4.证人、鉴定人名单一份。
"""

JUDGMENT = """江城市云溪区人民法院
刑事判决书
（2023）江0108刑初206号
公诉机关江城市云溪区人民检察院。
被告人林志远，男，1990年5月12日出生，公民身份号码110101199005120035，汉族，初中文化，个体经营，户籍所在地江城市云溪区，住江城市云溪区柳岸路8号。因涉嫌盗窃罪，于2023年3月6日被刑事拘留，同年3月20日被逮捕。现羁押于江城市看守所。
辩护人何清，江城市明达律师事务所律师。
江城市云溪区人民检察院以江云检刑诉〔2023〕118号起诉书指控被告人林志远犯盗窃罪，于2023年6月12日向本院提起公诉。本院依法适用简易程序，实行独任审判，于2023年7月3日公开开庭审理了本案。江城市云溪区人民检察院指派检察官沈岩出庭支持公诉，被告人林志远及其辩护人何清到庭参加诉讼。现已审理终结。
江城市云溪区人民检察院指控：2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。
公诉机关认为，被告人林志远的行为构成盗窃罪，系自首，建议判处有期徒刑八个月至十个月，并处罚金。
被告人林志远对指控的事实、罪名及量刑建议没有异议且签字具结。
经审理查明：2023年3月5日14时许，被告人林志远在江城市云溪区望江路16号商铺内，趁被害人周敏不备，窃得现金人民币3000元、手机一部（价值人民币2600元），共计价值人民币5600元。2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。
上述事实，被告人林志远在开庭审理过程中亦无异议，并有书证、被害人陈述、鉴定意见等证据证实，足以认定。
本院认为，被告人林志远以非法占有为目的，秘密窃取他人财物，数额较大，其行为已构成盗窃罪。公诉机关指控的罪名成立，量刑建议适当，予以采纳。被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首，依法可以从轻处罚。依照《中华人民共和国刑法》第二百六十四条、第六十七条第一款、第五十二条、第五十三条及《中华人民共和国刑事诉讼法》第十五条、第二百零一条之规定，判决如下：
被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元。
（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自2023年3月6日起至2023年12月5日止。罚金于本判决生效后十日内缴纳。）
如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向江城市中级人民法院提出上诉。书面上诉的，应当提交上诉状正本一份，副本二份。
审判员 宋和
二〇二三年七月十日
书记员 罗平
"""

Change = tuple[str, str]


def changed(text: str, changes: tuple[Change, ...]) -> str:
    """The text with each change made everywhere; a change that does not apply is an error."""
    for was, now in changes:
        assert was in text, f"not in the sample: {was}"
        text = text.replace(was, now)
    return text


def read(role: Role, text: str) -> CaseDocument:
    document = parse(source_from_text(text, file=f"{role}.txt"))
    document.role = role
    return document


def case(indictment: str | None = None, judgment: str | None = None) -> CaseFile:
    documents: dict[Role, CaseDocument] = {}
    if indictment is not None:
        documents["indictment"] = read("indictment", indictment)
    if judgment is not None:
        documents["judgment"] = read("judgment", judgment)
    return CaseFile(documents)


def hits(code: str, whole: CaseFile) -> list[registry.Hit]:
    """What one check finds, before findings of one cause are joined."""
    return [r for _, r in registry.results(code, whole) if isinstance(r, registry.Hit)]


def findings(
    indictment: str | None = None, judgment: str | None = None
) -> tuple[list[Finding], list[NotChecked]]:
    return registry.run(case(indictment, judgment))
