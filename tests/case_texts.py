"""Short invented documents built from the parts a test cares about."""

from __future__ import annotations

from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

_PERSON = "被告人卢承安，男，1990年3月5日出生，汉族，初中文化，务工，住临江市青岩区。"
_ACCUSED = "指控被告人卢承安犯盗窃罪"


def judgment(
    *,
    parties: str = _PERSON,
    accused: str = _ACCUSED,
    accusation: str = "2023年2月1日，被告人卢承安窃得现金。",
    defence: str = "",
    found: str = "",
    reasoning: str = "被告人卢承安盗窃他人财物，其行为已构成盗窃罪。",
    operative: str = "被告人卢承安犯盗窃罪，判处拘役三个月，并处罚金人民币一千元。",
) -> CaseDocument:
    """A one-line first-instance judgment, parts separated by single spaces."""
    return parse(
        source_from_text(
            "临江市青岩区人民法院 刑事判决书 （2023）云9903刑初61号 公诉机关临江市青岩区人民检察院。 "
            f"{parties} 临江市青岩区人民检察院以临青检刑诉〔2023〕52号起诉书{accused}，于2023年5月18日向本院提起公诉。"
            "本院依法适用简易程序，公开开庭审理了本案。现已审理终结。 "
            f"公诉机关指控：{accusation} {defence} {'经审理查明，' + found if found else ''} "
            "上述事实，有书证、证人证言等证据证实，足以认定。 "
            f"本院认为，{reasoning}依照《中华人民共和国刑法》第二百六十四条之规定，判决如下： {operative} "
            "如不服本判决，可在接到判决书的第二日起十日内提出上诉。 审判员江月明 二〇二三年六月十五日 书记员何静"
        )
    )


def indictment(
    *,
    parties: str = _PERSON,
    transferred: str = "以被告人卢承安涉嫌盗窃罪",
    facts: str = "2023年2月1日，被告人卢承安窃得现金。",
    pleaded: str = "",
    reasoning: str = "被告人卢承安盗窃他人财物，应当以盗窃罪追究其刑事责任。",
) -> CaseDocument:
    """An indictment in lines."""
    return parse(
        source_from_text(
            "临江市青岩区人民检察院\n起 诉 书\n临青检刑诉〔2023〕52号\n"
            f"{parties}\n本案由临江市公安局青岩分局侦查终结，{transferred}，于2023年5月10日向本院移送起诉。\n"
            f"经依法审查查明：\n{facts}\n认定上述事实的证据如下：\n1.书证；2.被告人的供述与辩解。\n"
            f"上述证据收集程序合法，内容客观真实，足以认定指控事实。{pleaded}\n"
            f"本院认为，{reasoning}根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。\n"
            "此致\n临江市青岩区人民法院\n检察官：冯雅琴\n2023年5月18日\n"
        )
    )
