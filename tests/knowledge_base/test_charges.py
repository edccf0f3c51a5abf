"""Charges: names, parts, former names, articles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import charges


def test_all_483() -> None:
    assert len(charges.names()) == 483


@pytest.mark.parametrize(
    ("written", "name", "kind"),
    [
        ("盗窃罪", "盗窃罪", "exact"),
        ("盗窃", "盗窃罪", "exact"),  # documents often leave 罪 to the end of a list
        ("贩卖毒品罪", "走私、贩卖、运输、制造毒品罪", "selective"),
        ("走私、贩卖毒品罪", "走私、贩卖、运输、制造毒品罪", "selective"),
        ("掩饰、隐瞒犯罪所得罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪", "selective"),
        ("掩饰、隐瞒犯罪所得收益罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪", "selective"),
        ("容留、介绍卖淫罪", "引诱、容留、介绍卖淫罪", "selective"),
        ("强制猥亵罪", "强制猥亵、侮辱罪", "selective"),
        ("非法持有枪支、弹药罪", "非法持有、私藏枪支、弹药罪", "selective"),
        ("伪造国家机关证件罪", "伪造、变造、买卖国家机关公文、证件、印章罪", "selective"),
        ("窝藏罪", "窝藏、包庇罪", "selective"),
        (
            "虚开增值税专用发票罪",
            "虚开增值税专用发票、用于骗取出口退税、抵扣税款发票罪",
            "selective",
        ),
        ("生产、销售假药罪", "生产、销售、提供假药罪", "selective"),  # also a lawful part today
        ("非法获取公民个人信息罪", "侵犯公民个人信息罪", "former"),
        ("偷税罪", "逃税罪", "former"),
        ("帮信罪", "帮助信息网络犯罪活动罪", "short"),
        ("[走私、贩卖、运输、制造]毒品", "走私、贩卖、运输、制造毒品罪", "exact"),  # CAIL notation
        ("偷越国境罪", "偷越国（边）境罪", "exact"),
        ("隐匿会计帐簿罪", "隐匿、故意销毁会计凭证、会计账簿、财务会计报告罪", "selective"),
        ("抢劫（未遂）罪", "抢劫罪", "exact"),
    ],
)
def test_match(written: str, name: str, kind: str) -> None:
    found = charges.match(written)
    assert found is not None
    assert (found.name, found.kind) == (name, kind)


@pytest.mark.parametrize(
    "written",
    [
        "持有毒品罪",  # letters of a selective name, but no part of it
        "故意毁坏公私财物罪",
        "入户抢劫罪",
        "转化型抢劫罪",
        "电信网络诈骗罪",
        "集资罪",
        "",
    ],
)
def test_no_charge(written: str) -> None:
    assert charges.match(written) is None


def test_a_list_may_end_in_a_bare_word_for_crime() -> None:
    assert charges.split("犯盗窃、罪") == ["盗窃罪"]
    assert charges.split("罪") == []


def test_former_name_was_right_in_its_day() -> None:
    now = charges.match("非法获取公民个人信息罪", date(2020, 1, 1))
    then = charges.match("非法获取公民个人信息罪", date(2014, 1, 1))
    assert now is not None
    assert now.kind == "former"
    assert now.until == date(2015, 10, 31)
    assert then is not None
    assert then.kind == "exact"


@pytest.mark.parametrize(
    ("name", "article", "sub", "fits"),
    [
        ("盗窃罪", 264, None, True),
        ("盗窃罪", 266, None, False),
        ("盗窃罪", 265, None, True),  # 盗接通信线路
        ("抢劫罪", 269, None, True),  # transformed robbery
        ("抢劫罪", 267, None, True),  # armed snatching
        ("贪污罪", 383, None, True),  # penalties of the crime defined in 382
        ("受贿罪", 388, None, True),
        ("故意伤害罪", 292, None, True),  # affray that wounds
        ("贩卖毒品罪", 356, None, True),  # recidivism of drug crimes
        ("危险驾驶罪", 133, 1, True),
        ("危险驾驶罪", 133, None, False),
        ("走私武器罪", 157, None, True),
        ("假冒注册商标罪", 220, None, True),  # units
        ("某某罪", 264, None, False),
    ],
)
def test_fits(name: str, article: int, sub: int | None, fits: bool) -> None:
    assert charges.fits(name, article, sub) is fits


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("贩卖毒品罪", "走私、贩卖、运输、制造毒品罪", True),
        ("运输毒品罪", "贩卖毒品罪", True),
        ("帮信罪", "帮助信息网络犯罪活动罪", True),
        ("盗窃", "盗窃罪", True),
        ("盗窃罪", "抢夺罪", False),
        ("职务侵占罪", "侵占罪", False),
    ],
)
def test_same_charge(a: str, b: str, same: bool) -> None:
    assert charges.same_charge(a, b) is same


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("犯盗窃、抢劫罪", ["盗窃罪", "抢劫罪"]),
        ("走私、贩卖毒品罪", ["走私、贩卖毒品罪"]),
        ("盗窃罪、掩饰、隐瞒犯罪所得罪", ["盗窃罪", "掩饰、隐瞒犯罪所得罪"]),
        ("犯盗窃、掩饰、隐瞒犯罪所得罪", ["盗窃罪", "掩饰、隐瞒犯罪所得罪"]),
        ("贩卖毒品罪和容留他人吸毒罪", ["贩卖毒品罪", "容留他人吸毒罪"]),
        ("犯贩卖毒品罪，犯非法持有毒品罪", ["贩卖毒品罪", "非法持有毒品罪"]),
        ("构成故意伤害罪", ["故意伤害罪"]),
        ("编造罪名罪", ["编造罪名罪"]),  # not recognised: stays whole
        ("盗窃罪、编造罪名罪", ["盗窃罪", "编造罪名罪"]),
        # commas and 罪 inside one charge's own name
        (
            "拒绝提供间谍犯罪、恐怖主义犯罪、极端主义犯罪证据罪，盗窃罪",
            ["拒绝提供间谍犯罪、恐怖主义犯罪、极端主义犯罪证据罪", "盗窃罪"],
        ),
        ("", []),
    ],
)
def test_split(text: str, parts: list[str]) -> None:
    assert charges.split(text) == parts


def test_articles_carry_paragraphs() -> None:
    refs = charges.articles("妨害公务罪")
    assert [(r.article, r.paragraphs) for r in refs] == [(277, (1, 2, 3, 4))]
    assert charges.articles("没有这个罪") == []


def test_every_name_matches_itself_and_fits_its_articles() -> None:
    for name in charges.names():
        found = charges.match(name)
        assert found is not None
        assert (found.name, found.kind) == (name, "exact")
        assert all(charges.fits(name, ref.article, ref.sub) for ref in charges.articles(name))
        assert charges.split(name) == [name]


@given(
    st.lists(
        st.sampled_from(["盗窃罪", "抢劫罪", "贩卖毒品罪", "诈骗罪", "掩饰、隐瞒犯罪所得罪"]),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_joined_names_come_apart_again(names: list[str]) -> None:
    assert charges.split("、".join(names)) == names
