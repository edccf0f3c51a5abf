"""One article on one day: in force or not, its words, its ranges, its other wordings."""

from __future__ import annotations

from datetime import date as D
from itertools import pairwise

import pytest

from knowledge_base import law_versions, laws
from knowledge_base.law_text import paragraphs, shape
from knowledge_base.provision import ask


@pytest.mark.parametrize(
    ("article", "sub", "on", "words"),
    [
        (264, None, D(2010, 5, 1), "盗窃金融机构，数额特别巨大的"),  # death until Amendment VIII
        (264, None, D(2014, 5, 1), "入户盗窃、携带凶器盗窃、扒窃"),
        (312, None, D(2005, 1, 1), "犯罪所得的赃物"),  # before Amendment VI
        (312, None, D(2007, 1, 1), "犯罪所得及其产生的收益"),
        (277, None, D(2016, 1, 1), "暴力袭击正在依法执行职务的人民警察"),  # 款 added by IX
        (225, None, D(2005, 1, 1), "（四）其他严重扰乱市场秩序"),  # the old third item moved down
        (381, None, D(2000, 1, 1), "征用"),
        (383, None, D(2014, 1, 1), "十万元以上"),  # fixed sums until Amendment IX
    ],
)
def test_words_of_the_day(article: int, sub: int | None, on: D, words: str) -> None:
    text = laws.quote("刑法", article, sub, on=on)
    assert text is not None
    assert words in text


def test_every_wording_of_the_criminal_law_is_held_and_has_its_shape() -> None:
    for (number, sub), versions in law_versions.criminal_law().items():
        for version in versions:
            if version.change != "deleted":
                then = laws.article("刑法", number, sub, version.effective_from)
                assert then is not None
                assert then.held, then.label
                assert shape(then.paragraphs) == version.shape, then.label


def test_neighbouring_wordings_differ() -> None:
    for (number, sub), versions in law_versions.criminal_law().items():
        for before, after in pairwise(versions):
            if after.change != "deleted":
                texts = [
                    laws.quote("刑法", number, sub, on=v.effective_from) for v in (before, after)
                ]
                assert texts[0] != texts[1], (number, sub)


def test_every_article_of_the_2012_procedure_is_held_and_has_its_shape() -> None:
    for number, row in law_versions.old_procedure().items():
        then = laws.article("刑事诉讼法", number, on=D(2016, 1, 1))
        assert then is not None
        assert then.held
        assert shape(paragraphs(then.text)) == row.shape, number


@pytest.mark.parametrize(
    ("number", "on", "words", "note"),
    [
        # 提起公诉: 172 until 2018-10-25, 176 after
        (172, D(2018, 6, 1), "应当作出起诉决定", "第一百七十六条"),
        (176, D(2019, 6, 1), "应当作出起诉决定", ""),
        (172, D(2019, 6, 1), "一个月以内作出决定", ""),  # now the time limit of review
        (1, D(2016, 1, 1), "惩罚犯罪", ""),  # same number, no note
    ],
)
def test_procedure_by_date(number: int, on: D, words: str, note: str) -> None:
    found = laws.article("刑诉法", number, on=on)
    assert found is not None
    assert words in found.text
    assert (note in found.note) if note else found.note == ""


def test_the_procedure_of_1996_is_not_held_and_says_so() -> None:
    found = laws.article("刑诉法", 12, on=D(2010, 1, 1))
    assert found is not None
    assert "未收录" in found.note
    assert laws.quote("刑诉法", 12, on=D(2010, 1, 1)) is None


@pytest.mark.parametrize(
    ("article", "paragraph", "on", "ranges"),
    [
        (
            303,
            2,
            D(2020, 1, 1),
            [(2, "三年以下有期徒刑、拘役、管制"), (2, "三年以上十年以下有期徒刑")],
        ),
        (
            303,
            2,
            D(2022, 1, 1),
            [(2, "五年以下有期徒刑、拘役、管制"), (2, "五年以上十年以下有期徒刑")],
        ),
        (
            232,
            None,
            None,
            [(1, "十年以上有期徒刑、无期徒刑、死刑"), (1, "三年以上十年以下有期徒刑")],
        ),
        (239, 2, D(2012, 1, 1), [(2, "死刑")]),  # the absolute death penalty before Amendment IX
    ],
)
def test_which_paragraph_holds_which_range(
    article: int, paragraph: int | None, on: D | None, ranges: list[tuple[int, str]]
) -> None:
    found = ask("刑法", article, None, paragraph, on)
    assert [(r.paragraph, r.words) for r in found.ranges] == ranges


def test_what_is_not_in_force_has_no_text() -> None:
    for number, sub, on, status in (
        (133, 1, D(2010, 1, 1), "not_yet"),
        (199, None, D(2020, 1, 1), "repealed"),
        (500, None, None, "no_such_article"),
    ):
        found = ask("刑法", number, sub, on=on)
        assert found.status == status
        assert found.article is None
        assert found.ranges == ()
        assert found.to_json()["text"] is None


def test_charges_of_a_paragraph() -> None:
    assert ask("刑法", 303, paragraph=2).charges == ("开设赌场罪",)
    assert ask("民法典", 1).charges == ()


def test_text_tells_days_words_ranges_and_versions() -> None:
    told = ask("刑法", 264, on=D(2010, 1, 1)).to_text()
    assert "1997-10-01至2011-04-30" in told
    assert "无期徒刑、死刑" in told
    assert "修正案（八）" in told
