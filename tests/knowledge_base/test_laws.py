"""Statutes by date: existence, force, wording."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base import law_versions, laws, statute_db
from knowledge_base.law_text import shape

D = date


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("刑法", "中华人民共和国刑法"),
        ("《刑法》", "中华人民共和国刑法"),
        ("《中华人民共和国刑法》", "中华人民共和国刑法"),
        ("刑诉法", "中华人民共和国刑事诉讼法"),
        ("道路交通安全法", "中华人民共和国道路交通安全法"),
        ("某某市停车管理办法", None),
    ],
)
def test_title(name: str, full: str | None) -> None:
    assert laws.title(name) == full


@pytest.mark.parametrize(
    ("law", "number", "sub", "paragraph", "item", "on", "status"),
    [
        # dangerous driving came with Amendment VIII, its four items with IX
        ("刑法", 133, 1, None, None, D(2011, 4, 30), "not_yet"),
        ("刑法", 133, 1, None, None, D(2011, 5, 1), "in_force"),
        ("刑法", 133, 1, 1, 2, D(2013, 1, 1), "no_such_item"),
        ("刑法", 133, 1, 1, 2, D(2015, 11, 1), "in_force"),
        # Amendment XI
        ("刑法", 133, 2, None, None, D(2021, 2, 28), "not_yet"),
        ("刑法", 134, 1, None, None, D(2021, 3, 1), "in_force"),
        ("刑法", 291, 2, None, None, D(2020, 6, 1), "not_yet"),
        ("刑法", 287, 2, None, None, D(2015, 10, 31), "not_yet"),
        # a paragraph added later is not there before
        ("刑法", 277, None, 5, None, D(2015, 10, 31), "no_such_paragraph"),
        ("刑法", 277, None, 5, None, D(2015, 11, 1), "in_force"),
        ("刑法", 67, None, 3, None, D(2011, 4, 30), "no_such_paragraph"),
        # 第一百九十九条 was struck out by Amendment IX, 第三百六十条第二款 too
        ("刑法", 199, None, None, None, D(2015, 10, 31), "in_force"),
        ("刑法", 199, None, None, None, D(2015, 11, 1), "repealed"),
        ("刑法", 360, None, 2, None, D(2016, 1, 1), "no_such_paragraph"),
        # 协助组织卖淫 moved from the third to the fourth paragraph
        ("刑法", 358, None, 4, None, D(2015, 1, 1), "no_such_paragraph"),
        ("刑法", 358, None, 4, None, D(2016, 1, 1), "in_force"),
        # an item may be cited without its paragraph
        ("刑法", 263, None, None, 8, D(2018, 1, 1), "in_force"),
        ("刑法", 263, None, None, 9, D(2018, 1, 1), "no_such_item"),
        ("刑法", 453, None, None, None, None, "no_such_article"),
        ("刑法", 264, 1, None, None, None, "no_such_article"),
        ("刑法", 264, None, 2, None, None, "no_such_paragraph"),
        ("刑法", 264, None, None, None, D(1996, 1, 1), "not_yet"),
        # procedure law: 2012 has 290 articles, 2018 has 308
        ("刑事诉讼法", 300, None, None, None, D(2016, 1, 1), "no_such_article"),
        ("刑事诉讼法", 300, None, None, None, D(2019, 1, 1), "in_force"),
        ("刑事诉讼法", 176, None, 2, None, D(2019, 1, 1), "in_force"),
        ("刑事诉讼法", 240, None, None, None, D(2010, 1, 1), "no_such_article"),
        ("某某条例", 1, None, None, None, None, "unknown_law"),
    ],
)
def test_status(
    law: str,
    number: int,
    sub: int | None,
    paragraph: int | None,
    item: int | None,
    on: date | None,
    status: str,
) -> None:
    assert laws.status(law, number, sub, paragraph, item, on) == status


def test_amendment_twelve_lies_over_the_text_from_its_date() -> None:
    before = laws.quote("刑法", 390, on=D(2024, 2, 29))
    after = laws.quote("刑法", 390, on=D(2024, 3, 1))
    assert before is not None
    assert before.startswith("对犯行贿罪的，处五年以下")
    assert after is not None
    assert after.startswith("对犯行贿罪的，处三年以下")


def test_one_paragraph_replaced_leaves_the_others() -> None:
    article = laws.article("刑法", 387)
    assert article is not None
    assert "处三年以下有期徒刑或者拘役" in article.paragraphs[0].text
    assert article.paragraphs[1].text.startswith("前款所列单位")


def test_earlier_wording_given_whole_by_an_amendment_is_held() -> None:
    text = laws.quote("刑法", 133, 1, on=D(2013, 1, 1))
    assert text is not None
    assert text.startswith("在道路上驾驶机动车追逐竞驶")


def test_article_of_an_entry_that_inserts_several() -> None:
    text = laws.quote("刑法", 287, 2, on=D(2016, 1, 1))
    assert text is not None
    assert text.startswith("明知他人利用信息网络实施犯罪")


def test_no_article_before_it_came() -> None:
    assert laws.article("刑法", 287, 2, on=D(2015, 1, 1)) is None


def test_last_article() -> None:
    assert laws.last_article("刑法") == 452
    assert laws.last_article("刑事诉讼法") == 308
    assert laws.last_article("某某条例") == 0


def test_table_and_database_agree_on_the_shape_of_todays_text() -> None:
    for (number, sub), versions in law_versions.criminal_law().items():
        today = laws.article("刑法", number, sub)
        if today is None:
            assert versions[-1].change == "deleted"
        else:
            assert shape(today.paragraphs) == versions[-1].shape, today.label


def test_every_whole_version_has_the_shape_the_table_says() -> None:
    for (number, sub), versions in law_versions.criminal_law().items():
        for version in versions:
            if version.whole and version.effective_from is not None:
                then = laws.article("刑法", number, sub, version.effective_from)
                assert then is not None
                assert shape(then.paragraphs) == version.shape, then.label


def test_versions_follow_each_other_without_gap() -> None:
    for key, versions in law_versions.criminal_law().items():
        for before, after in pairwise(versions):
            assert before.effective_to is not None, key
            assert after.effective_from is not None, key
            assert (after.effective_from - before.effective_to).days == 1, key


@given(st.integers(1, 452), st.dates(D(1997, 10, 1), D(2026, 12, 31)))
def test_an_original_article_exists_on_every_day_or_was_repealed(number: int, on: date) -> None:
    assert laws.status("刑法", number, None, 1, None, on) in ("in_force", "repealed")


@given(st.sampled_from(list(law_versions.criminal_law())), st.dates(D(1997, 10, 1), D(2026, 1, 1)))
def test_what_begins_stays_unless_repealed(key: statute_db.Key, on: date) -> None:
    number, sub = key
    then = laws.status("刑法", number, sub, on=on)
    later = laws.status("刑法", number, sub, on=D(2026, 6, 1))
    if then == "in_force":
        assert later in ("in_force", "repealed")
