"""Numbers, organs, dates and procedure of a document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingestion.extract.heading import normal_number
from ingestion.model import CaseDocument
from tests.ingestion.kind_samples import REPORT_PROSECUTION
from tests.samples import INDICTMENT, JUDGMENT

Parse = Callable[[str], CaseDocument]


def _dates(doc: CaseDocument) -> dict[str, str]:
    return {name: field.value.date.isoformat() for name, field in doc.dates.items()}


@pytest.mark.parametrize("joint", ["\n", " ", ""])
def test_an_indictments_heading(parse_text: Parse, joint: str) -> None:
    doc = parse_text(joint.join(INDICTMENT.split("\n")))
    assert doc.number is not None
    assert doc.procuratorate is not None
    assert doc.court is not None
    assert doc.police is not None
    assert doc.number.value == "临青检刑诉〔2023〕52号"
    assert doc.procuratorate.value == "临江市青岩区人民检察院"
    assert doc.court.value == "临江市青岩区人民法院"
    assert doc.police.value == "临江市公安局青岩分局"
    assert _dates(doc) == {
        "transferred": "2023-05-10",
        "informed": "2023-05-11",
        "issued": "2023-05-18",
        "offence": "2023-04-15",
    }
    assert doc.plea_leniency is not None
    assert doc.plea_leniency.value


@pytest.mark.parametrize("joint", ["\n", " ", ""])
def test_a_judgments_heading(parse_text: Parse, joint: str) -> None:
    doc = parse_text(joint.join(JUDGMENT.split("\n")))
    assert doc.number is not None
    assert doc.cited_number is not None
    assert doc.court is not None
    assert doc.procuratorate is not None
    assert doc.number.value == "（2023）云9902刑初97号"
    assert doc.cited_number.value == "临青检刑诉〔2023〕52号"
    assert doc.court.value == "临江市青岩区人民法院"
    assert doc.procuratorate.value == "临江市青岩区人民检察院"
    assert (doc.instance, doc.procedure) == ("first", "fast_track")
    dates = _dates(doc)
    assert (dates["prosecuted"], dates["issued"]) == ("2023-05-18", "2023-05-25")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("浦检刑诉［2019］21号", "浦检刑诉〔2019〕21号"),  # full-width square brackets
        ("浦检刑诉(2019) 21 号", "浦检刑诉〔2019〕21号"),  # ASCII brackets and blanks
        ("（2015）洪检刑诉第90号", "〔2015〕洪检刑诉第90号"),  # the year in front
    ],
)
def test_numbers_are_compared_in_one_form(written: str, value: str) -> None:
    assert normal_number(written) == value


@pytest.mark.parametrize(
    "number",
    [
        "临青检公诉刑诉字（2014）第25号",  # old form with 字 and 第
        "临院公诉刑诉［2016］227号",  # 院 for 检
        "（2015）临检刑诉第90号",  # the year in front
        "临检一部刑诉〔2018〕472号",  # a department
        "临江检刑诉〔2018〕472号之一",  # a second number
    ],
)
def test_cited_numbers_of_every_shape(parse_text: Parse, number: str) -> None:
    doc = parse_text(JUDGMENT.replace("临青检刑诉〔2023〕52号", number))
    assert doc.cited_number is not None
    assert doc.cited_number.value == normal_number(number)
    assert doc.cited_number.span.quote == number


@pytest.mark.parametrize(
    ("number", "instance"),
    [
        ("（2023）云9902刑初97号", "first"),
        ("（2014）青刑初字第314号", "first"),  # before 2016
        ("（2023）云99刑终97号", "second"),
    ],
)
def test_the_instance_is_in_the_number(parse_text: Parse, number: str, instance: str) -> None:
    doc = parse_text(JUDGMENT.replace("（2023）云9902刑初97号", number))
    assert doc.number is not None
    assert (doc.number.value, doc.instance) == (number, instance)


@pytest.mark.parametrize(
    ("text", "procedure"),
    [
        ("本院依法适用简易程序，实行独任审判", "summary"),
        ("本院适用刑事案件速裁程序，实行独任审判", "fast_track"),
        ("本院依法适用普通程序，组成合议庭", "ordinary"),
        ("本院依法组成合议庭", "ordinary"),  # the ordinary one is seldom named
        ("本院依法适用简易程序，后于2023年5月20日变更为普通程序", "ordinary"),  # the last counts
        ("本院经审查认为不宜适用简易程序，依法组成合议庭", "ordinary"),  # named to be ruled out
        ("因不宜适用速裁程序，依法适用简易程序，实行独任审判", "summary"),
    ],
)
def test_procedures(parse_text: Parse, text: str, procedure: str) -> None:
    doc = parse_text(JUDGMENT.replace("本院依法适用速裁程序，实行独任审判", text))
    assert doc.procedure == procedure


def test_the_right_to_leniency_explained_is_not_a_plea(parse_text: Parse) -> None:
    text = INDICTMENT.replace("，并自愿认罪认罚", "").replace("被告人罗庆生自愿认罪认罚，", "")
    text = text.replace("3.认罪认罚具结书1份。", "")
    assert parse_text(text).plea_leniency is None


def test_a_plea_refused_is_told_as_such(parse_text: Parse) -> None:
    text = INDICTMENT.replace("并自愿认罪认罚", "但不认罪认罚")
    plea = parse_text(text).plea_leniency
    assert plea is not None
    assert plea.value is False


def test_a_relative_date_is_marked_as_derived(parse_text: Parse) -> None:
    text = INDICTMENT.replace("于2023年5月11日已告知", "于次日已告知")
    informed = parse_text(text).dates["informed"]
    assert (informed.value.date.isoformat(), informed.source) == ("2023-05-11", "derived")


@pytest.mark.parametrize(
    "read", ["江检刑诉_〔2020〕39号", "江检刑诉〔2020〕.39号", "江检刑诉〔2020〕 39号"]
)
def test_dust_beside_the_brackets_is_no_part_of_a_number(read: str) -> None:
    assert normal_number(read) == "江检刑诉〔2020〕39号"


def test_a_decision_about_two_has_two_numbers(parse_text: Parse) -> None:
    text = INDICTMENT.replace("〔2023〕52号", "〔2023〕61、62号")
    number = parse_text(text).number
    assert number is not None
    assert number.value == "临青检刑诉〔2023〕61、62号"


@pytest.mark.parametrize(
    ("story", "day"),
    [
        # the counts tell the day of the month in which they begin
        ("2023年2月至4月间，被告人盗窃二起。1.2023年2月21日，被告人进入甲家。", "2023-02-21"),
        # the day of the arrest is none of theirs
        ("2023年2月，被告人盗窃一起。2023年2月25日，被告人被抓获。", "2023-02-01"),
        # a story that begins with years
        (
            "2011年春节至2021年中秋节，被告人收受他人财物。其中，2015年10月，收受现金。",
            "2011-01-01",
        ),
    ],
)
def test_the_first_act(parse_text: Parse, story: str, day: str) -> None:
    start = INDICTMENT.index("经依法审查查明：")
    text = (
        INDICTMENT[:start]
        + f"经依法审查查明：\n{story}\n"
        + INDICTMENT[INDICTMENT.index("认定上述事实") :]
    )
    assert _dates(parse_text(text))["offence"] == day


def test_a_report_is_taken_up_when_its_head_says_so(parse_text: Parse) -> None:
    report = REPORT_PROSECUTION.replace("收案时间：2023年3月15日", "收案时间：2023年3月14日")
    assert _dates(parse_text(report))["accepted"] == "2023-03-14"


def test_a_change_names_the_day_of_the_indictment(parse_text: Parse) -> None:
    doc = parse_text(
        "临江市青岩区人民检察院\n变更、追加起诉决定书\n临青检刑变诉〔2023〕2号\n被告人卢承安，男，汉族。\n"
        "被告人卢承安非法拘禁一案，本院以临青检刑诉〔2023〕145号起诉书于2023年5月22日向临江市青岩区人民法院提起公诉。\n"
        "现查明：2023年1月2日，被告人砸坏车窗。\n本院认为，应当以非法拘禁罪追究其刑事责任，请依法判处。\n"
        "此致\n临江市青岩区人民法院\n检察官 冯雅琴\n2023年8月3日\n"
    )
    assert doc.type == "indictment_change"
    assert doc.title is not None
    assert doc.title.value == "变更、追加起诉决定书"
    assert _dates(doc)["prosecuted"] == "2023-05-22"


def test_several_accused_are_informed(parse_text: Parse) -> None:
    text = INDICTMENT.replace("已告知被告人", "已告知三被告人")
    assert parse_text(text).dates["informed"].value.date.isoformat() == "2023-05-11"


def test_an_opinions_heading(parse_text: Parse) -> None:
    doc = parse_text(
        "临江市公安局青岩分局\n起 诉 意 见 书\n临青公（刑）诉字〔2023〕66号\n"
        "犯罪嫌疑人罗庆生，男，1988年6月9日出生。\n犯罪嫌疑人罗庆生涉嫌危险驾驶一案，由民警查获。现已侦查终结。\n"
        "经依法侦查查明：2023年4月15日酒后驾车。\n综上所述，现将此案移送审查起诉。\n此致\n"
        "临江市青岩区人民检察院\n2023年5月10日\n附：案卷1册\n"
    )
    assert doc.type == "opinion"
    assert doc.police is not None
    assert doc.procuratorate is not None
    assert doc.number is not None
    assert doc.police.value == "临江市公安局青岩分局"
    assert doc.procuratorate.value == "临江市青岩区人民检察院"
    assert doc.number.value == "临青公（刑）诉字〔2023〕66号"
    assert _dates(doc) == {"issued": "2023-05-10", "offence": "2023-04-15"}
    assert {s.speaker for s in doc.sections} == {"police"}
