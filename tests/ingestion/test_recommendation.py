"""Recommendations: whose they are, for whom, and which range they name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ingestion.extract.ranges import read_range
from ingestion.model import CaseDocument, Recommendation, Term
from tests.samples import INDICTMENT, JUDGMENT

Parse = Callable[[str], CaseDocument]


def _m(months: int, days: int = 0) -> Term:
    return Term(months=months, days=days)


@pytest.mark.parametrize(
    ("text", "main", "high_main", "low", "high"),
    [
        ("有期徒刑六个月至一年", "imprisonment", None, _m(6), _m(12)),  # kind before
        ("一年九个月至二年九个月有期徒刑", "imprisonment", None, _m(21), _m(33)),  # kind behind
        ("有期徒刑十年至有期徒刑十二年", "imprisonment", None, _m(120), _m(144)),  # kind twice
        ("拘役一至三个月", "detention", None, _m(1), _m(3)),  # one unit for both
        ("在有期徒刑二年以上四年以下的幅度内", "imprisonment", None, _m(24), _m(48)),
        ("六个月以上，一年六个月以下有期徒刑", "imprisonment", None, _m(6), _m(18)),  # comma inside
        ("有期徒刑12个月以上至有期徒刑15个月以下", "imprisonment", None, _m(12), _m(15)),
        ("拘役五个月至有期徒刑八个月", "detention", "imprisonment", _m(5), _m(8)),  # across kinds
        ("十个月以下有期徒刑或者拘役", "detention", "imprisonment", None, _m(10)),  # 或者
        ("七年以上有期徒刑", "imprisonment", None, _m(84), None),  # open above
        ("二个月以下拘役", "detention", None, None, _m(2)),  # open below
        ("有期徒刑一年左右", "imprisonment", None, _m(12), _m(12)),  # about
        ("拘役二个月十五日以上三个月十五日以下", "detention", None, _m(2, 15), _m(3, 15)),
        ("无期徒刑", "life", None, None, None),
    ],
)
def test_main_penalties(
    text: str, main: str, high_main: str | None, low: Term | None, high: Term | None
) -> None:
    found = read_range(f"建议判处被告人{text}，并处罚金")
    assert found is not None
    assert (found.main, found.high_main, found.low, found.high) == (main, high_main, low, high)
    assert found.fine


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("并处罚金一千元至二千元", 100000, 200000),
        ("并处罚金人民币15000元以上至人民币32000元以下", 1500000, 3200000),
        ("并处罚金一至二万元", 1000000, 2000000),  # 万 is shared
        ("并处罚金五千至一万元", 500000, 1000000),  # 万 is not shared
        ("并处罚金人民币叁万元", 3000000, 3000000),
        ("并处罚金五千元以下", None, 500000),
        ("并处罚金", None, None),  # no sum named
        ("并处2000元罚金", 200000, 200000),  # the sum before the word
    ],
)
def test_fines(text: str, low: int | None, high: int | None) -> None:
    found = read_range(f"建议判处拘役三个月，{text}")
    assert found is not None
    assert (found.fine_low_fen, found.fine_high_fen) == (low, high)


@pytest.mark.parametrize(
    ("text", "granted", "low", "high"),
    [
        ("有期徒刑一年，缓刑一年六个月", True, _m(18), _m(18)),
        ("有期徒刑一年，缓刑一年至二年，并处罚金三千元", True, _m(12), _m(24)),
        ("拘役二个月，可以适用缓刑", True, None, None),  # no period named
        ("拘役二个月，如符合社区矫正条件，可适用缓刑", True, None, None),
        ("有期徒刑一年，不适用缓刑", False, None, None),
        ("有期徒刑一年，不宜适用缓刑", False, None, None),
        ("有期徒刑一年", None, None, None),  # not spoken of
        ("有期徒刑一年，并可考虑是否适用缓刑", None, None, None),  # left open
    ],
)
def test_probation(text: str, granted: bool | None, low: Term | None, high: Term | None) -> None:
    found = read_range(f"建议判处{text}")
    assert found is not None
    assert (found.probation, found.probation_low, found.probation_high) == (granted, low, high)


def test_words_without_a_penalty_are_no_range() -> None:
    assert read_range("建议从轻处罚") is None


# --------------------------------------------------------------------------- in documents


def _brief(item: Recommendation) -> dict[str, Any]:
    return item.model_dump(include={"person", "charge", "main", "low", "high"})


def test_an_indictments_own_recommendation(parse_text: Parse) -> None:
    (person,) = parse_text(INDICTMENT).defendants
    (item,) = person.recommendations
    assert item.speaker == "prosecution"
    assert (item.main, item.low, item.high) == ("detention", _m(1), _m(1))
    assert (item.probation, item.probation_low) == (True, _m(2))
    assert (item.fine_low_fen, item.fine_high_fen) == (300000, 300000)
    assert item.span.quote.startswith("建议判处被告人罗庆生拘役一个月")


def test_a_judgment_reports_the_prosecutions_advice(parse_text: Parse) -> None:
    (person,) = parse_text(JUDGMENT).defendants
    assert [_brief(r)["main"] for r in person.recommendations] == ["detention"]


@pytest.mark.parametrize(
    ("where", "text"),
    [
        # the defence's own section
        (
            "被告人罗庆生对指控事实",
            "辩护人提出，被告人罗庆生系初犯，建议判处拘役一个月，缓刑二个月。被告人罗庆生对指控事实",
        ),
        # reported by the court
        ("量刑建议适当", "辩护人建议对被告人罗庆生判处罚金的意见，不予采纳；量刑建议适当"),
    ],
)
def test_the_defences_advice_is_not_the_prosecutions(
    parse_text: Parse, where: str, text: str
) -> None:
    without = JUDGMENT.replace(
        "公诉机关建议判处被告人罗庆生拘役一个月，缓刑二个月，并处罚金人民币三千元。", ""
    )
    assert parse_text(without).defendants[0].recommendations == []
    assert parse_text(without.replace(where, text, 1)).defendants[0].recommendations == []


@pytest.mark.parametrize(
    "advice",
    [
        "建议对被告人罗庆生判处拘役一个月至二个月，并处罚金的量刑建议",
        "所提对被告人罗庆生以危险驾驶罪判处拘役一至二个月，并处罚金的量刑建议",
        "关于对被告人罗庆生判处拘役一个月至二个月，并处罚金的量刑建议",
        # told as a noun at the end, far from its verb
        "提出对被告人罗庆生在拘役一个月至二个月的幅度内量刑，并处罚金的建议",
        "提出被告人罗庆生在道路上醉酒驾驶机动车，酒精含量较高，但到案后如实供述自己的罪行；"
        "对其判处拘役一个月至二个月，并处罚金的量刑意见",
    ],
)
def test_the_courts_reasoning_may_report_the_prosecutions_advice(
    parse_text: Parse, advice: str
) -> None:
    text = JUDGMENT.replace(
        "公诉机关建议判处被告人罗庆生拘役一个月，缓刑二个月，并处罚金人民币三千元。", ""
    ).replace("量刑建议适当，应予采纳", f"公诉机关{advice}适当，应予采纳")
    (item,) = parse_text(text).defendants[0].recommendations
    assert (item.low, item.high, item.fine) == (_m(1), _m(2), True)
    assert item.span.quote.endswith("并处罚金")


def test_an_advice_told_twice_is_kept_once(parse_text: Parse) -> None:
    advice = "公诉机关建议判处被告人罗庆生拘役一个月，缓刑二个月，并处罚金人民币三千元。"
    text = JUDGMENT.replace("本院认为，", f"本院认为，{advice}", 1)
    assert len(parse_text(text).defendants[0].recommendations) == 1


TWO = """临江市青岩区人民检察院
起 诉 书
临青检刑诉〔2022〕9号
被告人杜长河，男，1990年3月4日出生，汉族，无业。
被告人康某，男，1992年3月4日出生，汉族，无业。
本案由临江市公安局青岩分局侦查终结，以被告人杜长河、康某涉嫌盗窃罪，于2022年1月5日向本院移送起诉。
经依法审查查明：2021年11月5日，二被告人窃得手机一部。
本院认为，被告人杜长河、康某的行为触犯了《中华人民共和国刑法》第二百六十四条，应当以盗窃罪追究其刑事责任。{advice}根据《中华人民共和国刑事诉讼法》第一百七十六条的规定，提起公诉，请依法判处。
此致
临江市青岩区人民法院
检察官：冯雅琴
2022年1月20日
"""


@pytest.mark.parametrize(
    ("advice", "expected"),
    [
        # each person his own range
        (
            "建议判处被告人杜长河有期徒刑一年至一年六个月，并处罚金；判处被告人康某拘役三个月至五个月。",
            [("杜长河", "imprisonment", 12, 18), ("康某", "detention", 3, 5)],
        ),
        # one list of persons, one of terms
        (
            "建议分别判处被告人杜长河、康某有期徒刑八个月、六个月，并处罚金，对康某适用缓刑。",
            [("杜长河", "imprisonment", 8, 8), ("康某", "imprisonment", 6, 6)],
        ),
        # by their names alone, as a report has them
        (
            "建议判处杜长河有期徒刑四年，并处罚金十万元；判处康某有期徒刑二年，适用缓刑。",
            [("杜长河", "imprisonment", 48, 48), ("康某", "imprisonment", 24, 24)],
        ),
        # in two sentences
        (
            "建议对被告人杜长河判处有期徒刑一年。建议对被告人康某判处拘役三个月。",
            [("杜长河", "imprisonment", 12, 12), ("康某", "detention", 3, 3)],
        ),
        # both together
        (
            "建议对二被告人均判处拘役三个月，并处罚金。",
            [("杜长河", "detention", 3, 3), ("康某", "detention", 3, 3)],
        ),
        # 其 is the one just spoken of
        (
            "被告人康某系从犯，建议对其判处拘役三个月。",
            [("康某", "detention", 3, 3)],
        ),
    ],
)
def test_who_is_meant(
    parse_text: Parse, advice: str, expected: list[tuple[str, str, int, int]]
) -> None:
    doc = parse_text(TWO.format(advice=advice))
    found = [
        (d.name.value, r.main, r.low and r.low.months, r.high and r.high.months)
        for d in doc.defendants
        for r in d.recommendations
    ]
    assert found == expected


def test_probation_told_behind_belongs_to_the_term(parse_text: Parse) -> None:
    advice = "建议判处被告人罗庆生拘役一个月，并处罚金三千元，对罗庆生适用缓刑。"
    text = (
        INDICTMENT[: INDICTMENT.index("建议判处")]
        + advice
        + INDICTMENT[INDICTMENT.index("根据《中华人民共和国刑事诉讼法》第一百七十六条") :]
    )
    (item,) = parse_text(text).defendants[0].recommendations
    assert (item.main, item.probation, item.fine_low_fen) == ("detention", True, 300000)


def test_counts_of_one_person_and_all_together(parse_text: Parse) -> None:
    advice = (
        "建议对被告人杜长河犯盗窃罪判处有期徒刑一年，并处罚金二千元；犯诈骗罪判处拘役五个月，"
        "并处罚金一千元；数罪并罚，决定执行有期徒刑一年，并处罚金三千元。"
    )
    person = parse_text(TWO.format(advice=advice)).defendants[0]
    assert [(r.charge, r.main, r.fine_low_fen) for r in person.recommendations] == [
        ("盗窃罪", "imprisonment", 200000),
        ("诈骗罪", "detention", 100000),
        (None, "imprisonment", 300000),
    ]


def test_a_recommendation_of_its_own(parse_text: Parse) -> None:
    doc = parse_text(
        "临江市青岩区人民检察院\n量 刑 建 议 书\n临青检量建〔2022〕5号\n"
        "被告人杜长河涉嫌盗窃罪一案，经本院审查认为，被告人杜长河的行为已触犯《中华人民共和国刑法》"
        "第二百六十四条之规定，依法应当判处三年以下有期徒刑、拘役或者管制，并处或者单处罚金。"
        "因其具有坦白情节，建议判处被告人杜长河有期徒刑六个月至八个月，并处罚金三千元。\n"
        "此致\n临江市青岩区人民法院\n检察官：冯雅琴\n2022年1月20日\n"
    )
    assert doc.type == "recommendation"
    (person,) = doc.defendants
    assert [(r.low, r.high, r.fine_low_fen) for r in person.recommendations] == [
        (_m(6), _m(8), 300000)
    ]
