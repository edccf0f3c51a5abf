"""Who is a defendant, and what his paragraph says of him. All persons are invented."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from case_texts import indictment, judgment

from ingestion.extract import parse
from ingestion.model import CaseDocument, Defendant
from ingestion.readers import source_from_text


def _names(doc: CaseDocument) -> list[str]:
    return [d.name.value for d in doc.defendants]


def _one(parties: str) -> Defendant:
    (person,) = judgment(parties=parties).defendants
    return person


@pytest.mark.parametrize(
    ("parties", "names"),
    [
        ("被告人于洪，男，1990年1月2日出生。", ["于洪"]),  # 于 is a surname as well as a word
        ("被告人曾平，男。", ["曾平"]),  # so is 曾
        ("被告人：魏来福，男，汉族。", ["魏来福"]),  # colon after the title
        ("被告人自报孙二宝，男，汉族。", ["孙二宝"]),  # self-reported name
        ("被告人马某1，男。 被告人马某2，男。", ["马某1", "马某2"]),  # masked, told apart by digits
        ("被告人王×，女。 被告人王×1，女。", ["王×", "王×1"]),  # masked by a cross
        ("被告人张某某，男。 被告人张某，男。", ["张某某", "张某"]),  # one name inside the other
        ("被告人XXX，男，汉族。", ["XXX"]),  # wholly masked
        ("被告人阿布都拉·买买提，男，维吾尔族。", ["阿布都拉·买买提"]),  # dotted name
        ("被告人库尔班江买，男，维吾尔族。", ["库尔班江买"]),  # ethnic name without a dot
        ("被告人SMITH JOHN，男，外国国籍。", ["SMITH JOHN"]),  # foreign name
        ("被告人卢承安因本案于2023年3月1日被逮捕。", ["卢承安"]),  # name runs into the story
        ("被告人卢承安、卢承平，均系务工人员。", ["卢承安", "卢承平"]),  # joint line
        ("上诉人（原审被告人）卢承安，男。", ["卢承安"]),  # appeal
        ("被告人卢承安，男。 被告人卢承安曾因盗窃被行政拘留五日。", ["卢承安"]),  # goes on
        (
            "被告单位临江市恒丰建材有限公司，住所地临江市。 诉讼代表人赵先进，男。 被告人卢承安，男。",
            ["临江市恒丰建材有限公司", "卢承安"],
        ),  # a unit and its representative
        ("附带民事诉讼原告人钱有余，男。 被告人卢承安，男。", ["卢承安"]),  # a plaintiff is none
        ("被告人卢承安，男。 法定代理人卢大山，系被告人父亲。", ["卢承安"]),  # nor is a guardian
    ],
)
def test_who_is_a_defendant(parties: str, names: list[str]) -> None:
    assert _names(judgment(parties=parties)) == names


def test_a_victim_among_the_parties_of_an_indictment_is_no_defendant() -> None:
    doc = indictment(
        parties="被告人卢承安，男，1990年3月5日出生。\n被害人黄一山，男，1985年5月5日出生，汉族。"
    )
    assert _names(doc) == ["卢承安"]


def test_an_indictment_in_one_run_of_text() -> None:
    text = (
        "云川省临江市青岩区人民检察院起诉书临青检刑诉〔2023〕52号被告人卢承安，曾用名卢安，男，"
        "1990年3月5日出生，汉族，无业，住临江市。因涉嫌盗窃罪于2023年3月1日被临江市公安局刑事拘留。"
        "本案由临江市公安局侦查终结，以被告人卢承安涉嫌盗窃罪于2023年5月1日移送审查起诉。"
        "经依法审查查明：2023年2月1日，被告人卢承安窃得现金。本院认为，应当以盗窃罪追究其刑事责任。"
    )
    (person,) = parse(source_from_text(text)).defendants
    assert person.name.value == "卢承安"
    assert [a.value for a in person.aliases] == ["卢安"]


def test_a_suspect_of_the_polices_opinion() -> None:
    text = (
        "临江市公安局青岩分局\n起诉意见书\n临公（青）诉字〔2023〕88号\n"
        "犯罪嫌疑人卢承安，男，1990年3月5日出生，住临江市。\n违法犯罪经历：2019年6月1日因盗窃罪被"
        "临江市青岩区人民法院判处拘役三个月。2023年3月1日因涉嫌盗窃罪被我局刑事拘留。\n"
        "犯罪嫌疑人卢承安涉嫌盗窃一案，由被害人报案至我局。\n经依法侦查查明：2023年2月1日，卢承安窃得现金。\n"
        "综上所述，犯罪嫌疑人卢承安的行为涉嫌盗窃罪，现将此案移送审查起诉。\n此致\n临江市青岩区人民检察院\n"
    )
    (person,) = parse(source_from_text(text)).defendants
    assert person.name.value == "卢承安"
    assert [(m.kind, str(m.date and m.date.date)) for m in person.measures] == [
        ("detention", "2023-03-01")
    ]


def test_personal_data() -> None:
    person = _one(
        "被告人卢承安（绰号“大卢”），男，33岁（1990年3月5日出生），公民身份号码530000199003050018，畲族，"
        "大专文化程度，个体工商户，户籍所在地云川省临江市，现住临江市青岩区东风路3号。"
    )
    assert [a.value for a in person.aliases] == ["大卢"]
    values = (person.sex, person.ethnicity, person.education, person.occupation)
    assert [v and v.value for v in values] == ["男", "畲族", "大专", "个体工商户"]
    assert person.birth
    assert str(person.birth.value.date) == "1990-03-05"
    assert person.id_number
    assert person.id_number.value == "530000199003050018"
    assert person.household
    assert person.household.value == "云川省临江市"
    assert person.residence
    assert person.residence.value == "临江市青岩区东风路3号"


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("文化程度高中", "education", "高中"),  # the level after the word
        ("小学肄业", "education", "小学"),  # left without finishing
        ("户籍地及现住址临江市", "residence", "临江市"),  # one address for both
        ("租住甲镇（户籍地：乙县）", "household", "乙县"),  # in brackets
        ("户籍地及住址均为临江市东风路3号", "household", "临江市东风路3号"),  # both are one
        ("自报户籍所在地为临江市", "household", "临江市"),  # as he says himself
        ("捕前暂住临江市出租屋", "residence", "临江市出租屋"),  # where he lived before
        ("汉，文化程度：初中", "ethnicity", "汉族"),  # without 族
        ("身份证编号530102199002031237", "id_number", "530102199002031237"),  # 编号 for 号码
        ("学生", "occupation", "学生"),  # not to be taken for 生 of birth
        # expelled from the party is no story of the case
        (
            "中共党员（2022年3月被开除党籍），原系临江市财政局局长",
            "occupation",
            "原系临江市财政局局长",
        ),
        # two posts, in an office of housing
        (
            "原系临江市住房和城乡建设局书记、局长",
            "occupation",
            "原系临江市住房和城乡建设局书记、局长",
        ),
        ("中共党员，临江市青岩区财政局出纳", "occupation", "临江市青岩区财政局出纳"),  # party first
    ],
)
def test_ways_of_writing(words: str, field: str, value: str) -> None:
    read = getattr(_one(f"被告人卢承安，男，汉族，{words}。"), field)
    assert read is not None
    assert read.value == value


def test_the_paragraph_of_a_case_is_no_partys() -> None:
    text = (
        "临江市公安局\n起诉意见书\n临公刑诉字〔2023〕9号\n犯罪嫌疑人卢承安，男，汉族。2023年3月1日被我局刑事拘留，"
        "延长拘留期限至三十日。\n犯罪嫌疑人白某某，男，2006年5月1日出生。法定代理人：白大海，系白某某父亲。"
        "2023年3月3日被我局取保候审。\n犯罪嫌疑人卢承安、白某某盗窃一案，由被害人报案至我局。2023年2月27日，"
        "犯罪嫌疑人卢承安被抓获。现已侦查终结。\n经依法侦查查明：2023年2月1日，犯罪嫌疑人卢承安窃得现金。"
    )
    people = parse(source_from_text(text)).defendants
    assert [
        (p.name.value, [(m.kind, str(m.date and m.date.date), m.authority) for m in p.measures])
        for p in people
    ] == [
        ("卢承安", [("detention", "2023-03-01", "临江市公安局")]),
        ("白某某", [("bail", "2023-03-03", "临江市公安局")]),
    ]


def test_several_other_names_with_their_own_labels() -> None:
    person = _one("被告人卢承安（别名“卢三”、网名：小安），男，汉族。")
    assert [alias.value for alias in person.aliases] == ["卢三", "小安"]
    assert [alias.span.quote for alias in person.aliases] == ["卢三", "小安"]


def test_a_masked_birthday_keeps_its_year() -> None:
    birth = _one("被告人卢承安，男，1990年**月**日出生。").birth
    assert birth is not None
    assert (birth.value.date.year, birth.value.precision) == (1990, "year")


def test_counsel_belongs_to_the_defendant_before() -> None:
    doc = judgment(
        parties="被告人卢承安，男。 辩护人秦朗、许可，云川正言律师事务所律师。 被告人卢承平，男。 "
        "指定辩护人白露，云川明理律师事务所律师。"
    )
    first, second = doc.defendants
    assert [(c.name, c.firm, c.appointed) for c in first.counsel] == [
        ("秦朗", "云川正言律师事务所", False),
        ("许可", "云川正言律师事务所", False),
    ]
    assert [(c.name, c.appointed) for c in second.counsel] == [("白露", True)]


@pytest.mark.data
def test_every_defendant_of_the_development_judgments_is_sentenced(development_data: Path) -> None:
    lines = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    wrong = []
    for line in lines:
        row = json.loads(line)
        doc = parse(source_from_text(row["fd"]))
        operative = " ".join(s.span.quote for s in doc.sections_of("operative"))
        names = _names(doc)
        named = re.findall(r"被告人）?([^，。；：、）追\s]{2,5}?)犯", operative)
        if not names or any(n not in operative for n in names) or not set(named) <= set(names):
            wrong.append(row["text_id"])
    assert wrong == []


def test_the_birth_that_only_the_evidence_tells() -> None:
    doc = judgment(
        parties="被告人卢承安。因本案于2023年1月2日被取保候审。",
        accusation="2023年2月1日，被告人卢承安窃得现金。户籍证明，被告人卢承安出生于2006年4月9日。",
    )
    birth = doc.defendants[0].birth
    assert birth is not None
    assert str(birth.value.date) == "2006-04-09"
