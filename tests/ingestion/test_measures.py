"""Measures with their dates resolved, as parties' paragraphs tell them."""

from __future__ import annotations

import pytest
from case_texts import judgment

from ingestion.model import Defendant

COURT = "临江市青岩区人民法院"


def _person(story: str) -> Defendant:
    (person,) = judgment(parties=f"被告人卢承安，男，汉族。{story}").defendants
    return person


def _told(story: str) -> list[tuple[str, str | None, str | None]]:
    return [
        (m.kind, str(m.date.date) if m.date else None, m.authority) for m in _person(story).measures
    ]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        # the refusal is the reason of the bail and no arrest
        (
            "因涉嫌职务侵占罪，于2023年2月14日被刑事拘留，同年3月3日因本院不批准逮捕被取保候审。",
            [("detention", "2023-02-14", None), ("bail", "2023-03-03", None)],
        ),
        # an earlier case told to its end has its own measures
        (
            "因涉嫌犯寻衅滋事罪，于2020年6月1日被刑事拘留，同月16日被逮捕；因犯寻衅滋事罪，于2020年"
            "12月21日被临江市青岩区人民法院判处有期徒刑一年。因涉嫌盗窃罪，于2023年2月14日被刑事拘留。",
            [("detention", "2023-02-14", None)],
        ),
        # relative dates lean on the one before
        (
            "因本案于2022年12月30日被抓获，次日被刑事拘留，2023年1月13日被逮捕。",
            [
                ("seized", "2022-12-30", None),
                ("detention", "2022-12-31", None),
                ("arrest", "2023-01-13", None),
            ],
        ),
        (
            "因涉嫌盗窃罪，于2023年3月1日被临江市公安局青岩分局刑事拘留，同月15日被取保候审。",
            [("detention", "2023-03-01", "临江市公安局青岩分局"), ("bail", "2023-03-15", None)],
        ),
        # the date stands in a clause of its own
        (
            "2023年3月1日，因涉嫌盗窃罪被临江市公安局取保候审。",
            [("bail", "2023-03-01", "临江市公安局")],
        ),
        # approval and execution are two events
        (
            "2023年4月4日经青岩区人民检察院批准逮捕，次日由临江市公安局执行逮捕。",
            [
                ("arrest", "2023-04-04", "青岩区人民检察院"),
                ("arrest", "2023-04-05", "临江市公安局"),
            ],
        ),
        (
            "2023年1月2日被取保候审，2023年4月4日经本院决定，2023年5月6日由临江市公安局执行逮捕。",
            [
                ("bail", "2023-01-02", None),
                ("arrest", "2023-04-04", COURT),
                ("arrest", "2023-05-06", "临江市公安局"),
            ],
        ),
        (
            "2023年4月4日经本院批准，次日由临江市公安局执行逮捕。",
            [("arrest", "2023-04-04", COURT), ("arrest", "2023-04-05", "临江市公安局")],
        ),
        # a line that was merely full ends no sentence
        (
            "2023年4月4日被逮捕，2023年5月6日\n经本院决定取保候审。",
            [("arrest", "2023-04-04", None), ("bail", "2023-05-06", COURT)],
        ),
        (
            "2023年3月1日经青岩区人民检察院批准，由临江市公安局于2023年3月2日执行逮捕。",
            [
                ("arrest", "2023-03-01", "青岩区人民检察院"),
                ("arrest", "2023-03-02", "临江市公安局"),
            ],
        ),
        # what was broken is no new bail
        (
            "2023年2月3日被取保候审，因违反取保候审规定于2023年4月1日被逮捕。",
            [("bail", "2023-02-03", None), ("arrest", "2023-04-01", None)],
        ),
        # a longer 留置 is the same one, and its review is no custody
        (
            "2022年11月8日被采取留置措施，2023年2月6日经批准延长留置时间，2023年5月10日被逮捕，"
            "2023年6月1日经羁押必要性审查变更为取保候审。",
            [
                ("liuzhi", "2022-11-08", None),
                ("arrest", "2023-05-10", None),
                ("bail", "2023-06-01", None),
            ],
        ),
        # released from prison, not from custody
        (
            "2012年12月3日因犯盗窃罪被法院判处有期徒刑十个月，2013年6月5日释放。2023年2月3日被刑事拘留。",
            [("detention", "2023-02-03", None)],
        ),
        # who is summoned and comes is not seized
        (
            "于2023年1月8日被临江市公安局传唤到案，次日被该分局刑事拘留。",
            [
                ("summoned", "2023-01-08", "临江市公安局"),
                ("detention", "2023-01-09", "临江市公安局"),
            ],
        ),
        # the deciding organ, not the executing one, has the person on bail
        (
            "2023年4月4日由青岩区人民检察院决定并由临江市公安局执行取保候审。",
            [("bail", "2023-04-04", "青岩区人民检察院")],
        ),
        ("2023年5月6日经本院决定逮捕。", [("arrest", "2023-05-06", COURT)]),  # 本院 is the court
        ("因吸毒于2023年1月2日被行政拘留十五日。", []),  # administrative, no measure
        ("2023年1月2日被取保候审；现取保候审在家。", [("bail", "2023-01-02", None)]),  # a state
        # 该局 is the organ named before
        (
            "2023年1月2日被临江市公安局刑事拘留，同年2月8日被该局执行逮捕。",
            [("detention", "2023-01-02", "临江市公安局"), ("arrest", "2023-02-08", "临江市公安局")],
        ),
        # an earlier case's detention is none of this one's
        (
            "曾因涉嫌盗窃，于2010年11月5日被临江市公安局刑事拘留；因本案于2023年1月2日被刑事拘留。",
            [("detention", "2023-01-02", None)],
        ),
        # two dates, two organs, one verb
        (
            "2023年1月2日、2月4日先后被青岩区人民检察院和本院取保候审。",
            [("bail", "2023-01-02", "青岩区人民检察院"), ("bail", "2023-02-04", COURT)],
        ),
        # dated, 羁押于 is an event; without a date a state
        ("于2023年1月2日被羁押于临江市看守所。", [("seized", "2023-01-02", None)]),
        (
            "2023年1月2日被逮捕，羁押于临江市看守所。",
            [("arrest", "2023-01-02", None)],
        ),
        # the event of a bracket has its own date
        (
            "2023年1月3日被刑事拘留（2023年1月2日被羁押），同年2月1日被逮捕。",
            [
                ("detention", "2023-01-03", None),
                ("seized", "2023-01-02", None),
                ("arrest", "2023-02-01", None),
            ],
        ),
        (
            "2023年1月3日被青岩区监察委员会采取留置措施，同年3月2日解除留置措施。",
            [("liuzhi", "2023-01-03", "青岩区监察委员会"), ("release", "2023-03-02", None)],
        ),
        # 判决、裁定 within the charge tell of no earlier conviction
        (
            "因涉嫌拒不执行判决、裁定罪于2023年1月3日被临江市公安局监视居住。",
            [("residence", "2023-01-03", "临江市公安局")],
        ),
    ],
)
def test_measures(story: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    assert _told(story) == expected


def test_custody_place() -> None:
    place = _person("2023年1月3日被逮捕，现羁押于临江市第一看守所。").custody_place
    assert place is not None
    assert place.value == "临江市第一看守所"


def test_a_day_that_does_not_exist_is_no_other_day() -> None:
    # the earlier date must not stand in for the impossible one
    person = _person(
        "因涉嫌盗窃罪于2023年1月30日被刑事拘留，2023年2月30日被取保候审，同年3月5日被逮捕。"
    )
    assert [(m.kind, m.date and str(m.date.date)) for m in person.measures] == [
        ("detention", "2023-01-30"),
        ("bail", None),
        ("arrest", "2023-03-05"),
    ]


def test_a_computed_day_says_so() -> None:
    person = _person("因涉嫌盗窃罪于2023年1月30日晚被抓获，翌日被刑事拘留，两日后被取保候审。")
    assert [(m.date.derived, str(m.date.date)) for m in person.measures if m.date] == [
        (False, "2023-01-30"),
        (True, "2023-01-31"),
        (True, "2023-02-02"),
    ]
