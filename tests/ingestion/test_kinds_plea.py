"""Recommendations and pleas: what is asked for, what is agreed to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ingestion.model import CaseDocument
from tests.ingestion import kind_samples as samples

Parse = Callable[[str], CaseDocument]


# --------------------------------------------------------------------------- recommendation, plea


def _ranges(document: CaseDocument) -> list[tuple[object, ...]]:
    return [
        (
            r.person,
            r.charge,
            r.main,
            r.low and r.low.months,
            r.high and r.high.months,
            r.probation_low and r.probation_low.months,
            r.probation_high and r.probation_high.months,
            r.fine_low_fen,
            r.fine_high_fen,
        )
        for d in document.defendants
        for r in d.recommendations
    ]


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        (
            samples.RECOMMENDATION_TWO,
            [
                ("曾庆丰", None, "imprisonment", 10, 14, None, None, 300000, 500000),
                ("陶勇", None, "detention", 5, 5, 6, 8, 200000, 200000),
            ],
        ),
        (
            samples.RECOMMENDATION_LISTED,  # a list by charge, in lines of its own
            [
                ("孟繁星", "贩卖毒品罪", "imprisonment", 12, 18, None, None, 500000, 500000),
                ("孟繁星", "容留他人吸毒罪", "imprisonment", 6, 8, None, None, 200000, 200000),
                ("孟繁星", None, "imprisonment", 16, 24, None, None, 700000, 700000),
            ],
        ),
        (
            samples.RECOMMENDATION_PARTS,  # main, accessory and manner each on a line
            [("韩冬", None, "detention", 2, 2, 3, 3, 400000, 400000)],
        ),
        (samples.PLEA, [("韩冬", None, "detention", 2, 2, 3, 3, 400000, 400000)]),
        (samples.PLEA_OLDER, [("单某", None, "detention", 3, 5, None, None, 100000, 200000)]),
    ],
)
def test_what_is_recommended(parse_text: Parse, text: str, ranges: list[object]) -> None:
    assert _ranges(parse_text(text)) == ranges
    assert _ranges(parse_text(samples.one_line(text))) == ranges


@pytest.mark.parametrize(
    ("text", "charge", "procedure", "signed"),
    [
        (
            samples.PLEA,
            "危险驾驶罪",
            "fast_track",
            [("本人", "韩冬", "2021-05-08"), ("值班律师", "毛晓宁", "2021-05-08")],
        ),
        (
            samples.PLEA_OLDER,
            "盗窃罪",
            "summary",
            [("犯罪嫌疑人", "单某", "2019-07-01"), ("辩护人", "方志远", "2019-07-01")],
        ),
        (
            # Nobody signed for the defence: the line stands empty.
            samples.PLEA.replace("毛晓宁\n2021年5月8日", "\n"),
            "危险驾驶罪",
            "fast_track",
            [("本人", "韩冬", "2021-05-08"), ("值班律师", None, None)],
        ),
    ],
)
def test_a_plea(
    parse_text: Parse, text: str, charge: str, procedure: str, signed: list[object]
) -> None:
    document = parse_text(text)
    assert [c.value for d in document.defendants for c in d.charges] == [charge]
    assert document.procedure == procedure
    assert [
        (s.title, s.name, s.date.date.isoformat() if s.date else None) for s in document.signatories
    ] == signed


FORM = """认罪认罚具结书
一、犯罪嫌疑人身份信息
姓名：单小军
性别：男
出生日期：1992年4月3日
二、权利知悉
本人已阅读《认罪认罚从宽制度告知书》，理解并接受其全部内容。
三、认罪认罚内容
本人知悉并认可如下内容：
1.指控事实：2022年5月1日，犯罪嫌疑人单小军在超市盗窃白酒两瓶，价值2600元。
2.罪名：盗窃罪
3.量刑建议：
主刑：拘役三个月；
附加刑：罚金人民币二千元；
执行方式：缓刑四个月。
4.同意适用简易程序，不适用普通程序。
四、自愿签署声明
本人签名：           年   月   日
辩护人/值班律师签名：方志远   2022年6月1日
"""


def test_a_plea_in_the_manner_of_a_form(parse_text: Parse) -> None:
    document = parse_text(FORM)
    (person,) = document.defendants
    assert (person.name.value, person.birth is not None) == ("单小军", True)
    assert [c.value for c in person.charges] == ["盗窃罪"]
    assert _ranges(document) == [("单小军", None, "detention", 3, 3, 4, 4, 200000, 200000)]
    assert document.procedure == "summary"
    assert [(s.title, s.name) for s in document.signatories] == [
        ("本人", None),
        ("辩护人/值班律师", "方志远"),
    ]


def test_advice_in_lines_and_the_accused_in_a_list(parse_text: Parse) -> None:
    """建议：, then a sentence a line; the line of the case (…抢夺、盗窃一案) is nobody's."""
    document = parse_text(samples.RECOMMENDATION_TWO_LINES)
    assert [d.name.value for d in document.defendants] == ["曾庆丰", "陶勇"]
    assert [d.occupation or d.priors for d in document.defendants] == [[], []]
    assert _ranges(document) == [
        ("曾庆丰", "抢夺罪", "imprisonment", 14, 14, None, None, 300000, 300000),
        ("曾庆丰", "盗窃罪", "imprisonment", 8, 8, None, None, 200000, 200000),
        ("曾庆丰", None, "imprisonment", 18, 18, None, None, 500000, 500000),
        ("陶勇", None, "detention", 5, 5, 10, 10, 200000, 200000),
    ]


def test_a_form_says_what_is_ticked_and_its_blanks_part_no_number(parse_text: Parse) -> None:
    filled = FORM.replace("拘役三个月；", "有期徒刑 六 个月至 九 个月，□不适用缓刑 ☑可以适用缓刑；")
    filled = filled.replace("罚金人民币二千元；", "☑并处罚金 5000 元至 8000 元 □无；")
    filled = filled.replace("执行方式：缓刑四个月。\n", "")
    ticked = "4.本案适用程序：□速裁程序 ☑简易程序 □普通程序。"
    document = parse_text(filled.replace("4.同意适用简易程序，不适用普通程序。", ticked))
    assert _ranges(document) == [("单小军", None, "imprisonment", 6, 9, None, None, 500000, 800000)]
    assert document.defendants[0].recommendations[0].probation is True
    assert document.procedure == "summary"


def test_a_plea_with_the_name_after_its_label(parse_text: Parse) -> None:
    text = FORM.replace("姓名：单小军\n性别：男", "犯罪嫌疑人姓名：单小军　性别：男").replace(
        "2.罪名：盗窃罪", "2.罪名及适用的法律：盗窃罪，《中华人民共和国刑法》第二百六十四条"
    )
    for read in (text, text.replace("　性别", "性别")):
        (person,) = parse_text(read).defendants
        assert person.name.value == "单小军"
        assert [c.value for c in person.charges] == ["盗窃罪"]
