"""Who speaks: in an appeal, and in an indictment that repeats the police."""

from __future__ import annotations

import pytest
from case_texts import indictment, judgment

from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

APPEAL = """云川省临江市中级人民法院
刑事判决书
（2023）云99刑终61号
原公诉机关临江市青岩区人民检察院。
上诉人（原审被告人）卢承安，男，1990年3月5日出生，汉族，初中文化，务工，住临江市青岩区。
辩护人何文远，云川正衡律师事务所律师。
临江市青岩区人民法院审理临江市青岩区人民检察院指控原审被告人卢承安犯诈骗罪一案，于2022年12月3日作出（2022）云9903刑初88号刑事判决。原审被告人卢承安不服，提出上诉。现已审理终结。
原判认定，2021年5月3日，被告人卢承安虚构承包工程的事实，骗取被害人何某人民币30万元。
原审法院认为，被告人卢承安的行为构成诈骗罪。依照《中华人民共和国刑法》第二百六十六条之规定，判决：被告人卢承安犯诈骗罪，判处有期徒刑六年，并处罚金人民币五万元。
上诉人卢承安上诉提出，其骗取的数额只有20万元，且系自首。
其辩护人提出，上诉人卢承安系从犯，已赔偿被害人10万元，请求适用《中华人民共和国刑法》第二十七条从轻处罚。
临江市人民检察院出庭检察员认为，原判认定事实清楚，上诉人卢承安不构成自首，建议驳回上诉，维持原判。
经审理查明，原判认定的事实清楚，证据确实、充分，本院予以确认。另查明，二审期间，上诉人卢承安的亲属代为退赔被害人人民币5万元。
本院认为，上诉人卢承安的行为已构成诈骗罪。关于上诉人卢承安提出系自首的上诉理由，不能成立，不予采纳。关于辩护人提出卢承安系从犯的意见，与查明的事实不符，不予采纳。出庭检察员关于上诉人卢承安系累犯的意见成立，予以采纳。依照《中华人民共和国刑法》第二百六十六条之规定，判决如下：
上诉人卢承安犯诈骗罪，判处有期徒刑五年六个月，并处罚金人民币四万元。
本判决为终审判决。
审判长江月明
二〇二三年六月十五日
"""


@pytest.fixture
def appeal() -> CaseDocument:
    return parse(source_from_text(APPEAL))


def test_circumstances_of_an_appeal(appeal: CaseDocument) -> None:
    told = {(c.speaker, c.key, c.polarity) for c in appeal.circumstances}
    assert told == {
        ("defence", "surrender", "affirmed"),
        ("prosecution", "surrender", "denied"),
        ("court", "surrender", "denied"),
        ("defence", "accessory", "affirmed"),
        ("court", "accessory", "denied"),
        ("defence", "comp_only", "affirmed"),
        ("prosecution", "recidivist", "affirmed"),
        ("court", "recidivist", "affirmed"),
        ("court", "restitution", "affirmed"),
    }


def test_sums_and_provisions_of_an_appeal(appeal: CaseDocument) -> None:
    assert [(a.fen // 10**6, a.role, a.speaker) for a in appeal.amounts] == [
        (30, "count", "court"),
        (20, "count", "defence"),
        (10, "compensated", "defence"),
        (5, "returned", "court"),
        (4, "fine", "court"),
    ]
    assert {(s.article, s.speaker) for s in appeal.statutes} == {(266, "court"), (27, "defence")}


def test_a_view_of_the_facts_is_no_count(appeal: CaseDocument) -> None:
    assert [(f.speaker, f.span.quote[:9]) for f in appeal.facts] == [("court", "2021年5月3日")]


def test_an_indictment_that_repeats_the_police() -> None:
    doc = indictment(
        facts="2023年2月1日，被告人卢承安窃得现金5000元。公安机关认定被告人卢承安盗窃8000元，证据不足，本院不予认定。",
        reasoning="被告人卢承安盗窃他人财物，应当以盗窃罪追究其刑事责任。公安机关认为被告人卢承安系累犯的意见，"
        "与事实不符，不予认定。辩护人提出被告人卢承安系自首的意见，经审查，予以采纳。",
    )
    assert [(a.fen // 100, a.speaker) for a in doc.amounts] == [
        (5000, "prosecution"),
        (8000, "police"),
    ]
    assert {(c.speaker, c.key, c.polarity) for c in doc.circumstances} == {
        ("police", "recidivist", "affirmed"),
        ("prosecution", "recidivist", "denied"),
        ("defence", "surrender", "affirmed"),
        ("prosecution", "surrender", "affirmed"),
    }


def test_what_the_accuser_offers_as_proof_is_not_the_courts() -> None:
    doc = judgment(
        accusation="2023年2月1日，被告人卢承安窃得现金。针对上述指控，公诉机关提供了书证、证人证言等证据。"
        "并认为，被告人卢承安盗窃现金900元，系累犯，其行为触犯了《中华人民共和国刑法》第二百六十四条。"
    )
    assert {(c.key, c.speaker) for c in doc.circumstances} == {("recidivist", "prosecution")}
    assert [s.speaker for s in doc.statutes if s.section == "accusation"] == ["prosecution"]
    assert [a.speaker for a in doc.amounts if a.fen == 90000] == ["prosecution"]


def test_an_accusation_found_in_the_same_words_is_the_courts_finding() -> None:
    text = APPEAL.replace("终61号", "初61号").replace(
        "原判认定", "临江市青岩区人民检察院指控并经审理查明"
    )
    doc = parse(source_from_text(text))
    assert doc.facts[0].speaker == "court"
