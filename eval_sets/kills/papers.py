"""Short indictments that differ by a name, each with a slip that rules find; all invented."""

from __future__ import annotations

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "庆生海波建国文斌雅琴永强春梅志远晓东佩玲"

TEXT = """临江市青岩区人民检察院
起 诉 书
临青检刑诉〔2023〕{number}号
被告人{name}，男，1988年6月9日出生，公民身份号码539902198806090034，汉族，初中文化，务工，户籍所在地云川省临江市青岩区柳树镇，住临江市青岩区柳树镇东风路15号。因涉嫌盗窃罪，于2023年4月18日被临江市公安局青岩分局取保候审。
本案由临江市公安局青岩分局侦查终结，以被告人{name}涉嫌盗窃罪，于2023年5月10日向本院移送起诉。本院受理后，于2023年5月11日已告知被告人有权委托辩护人和认罪认罚可能导致的法律后果，依法讯问了被告人，审查了全部案件材料。
经依法审查查明：
2023年4月15日21时许，被告人{name}在青岩区河东街一小区内，窃得被害人胡某某电动自行车一辆（价值人民币2300元）、手机一部（价值人民币1800元），共计价值人民币4300元。
认定上述事实的证据如下：
1.书证：受案登记表、户籍证明、到案经过；2.被害人胡某某的陈述；3.被告人{name}的供述与辩解；4.鉴定意见：价格认定结论书。
本院认为，被告人{name}以非法占有为目的，秘密窃取他人财物，数额较大，其行为触犯了《中华人民共和国刑法》第二百六十四条，犯罪事实清楚，证据确实、充分，应当以盗窃罪追究其刑事责任。根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。
此致
临江市青岩区人民法院
检察官：冯雅琴
2023年5月18日
附：1.被告人{name}现取保候审于住所。
2.案卷材料和证据1册。
"""


def indictment(number: int) -> str:
    """The text of the case of this number; two numbers give two names or two file numbers."""
    surname = SURNAMES[number % len(SURNAMES)]
    at = 2 * (number // len(SURNAMES) % (len(GIVEN) // 2))
    return TEXT.format(name=surname + GIVEN[at : at + 2], number=number + 1)
