"""Cited provisions: every written form that occurs, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from case_texts import judgment

from ingestion.extract.statutes import find_citations, law_title
from ingestion.model import CaseDocument
from tests.samples import INDICTMENT

CL = "中华人民共和国刑法"
CPL = "中华人民共和国刑事诉讼法"

Cited = tuple[int, int | None, int | None, int | None]


def _cited(text: str, law: str = CL) -> list[Cited]:
    return [(c.article, c.sub, c.paragraph, c.item) for c in find_citations(text) if c.law == law]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the law's name carries over to the articles behind it
        (
            "《中华人民共和国刑法》第二百六十六条、第六十七条第一款",
            [(266, None, None, None), (67, None, 1, None)],
        ),
        # the next sentence applies the same law
        (
            "甲系主犯，适用《刑法》第二十六条第一款。乙系从犯，适用第二十七条；自首，适用第六十七条第一款",
            [(26, None, 1, None), (27, None, None, None), (67, None, 1, None)],
        ),
        # in another paragraph an article without a law is of none
        ("适用《刑法》第二十六条。\n根据第五条的约定", [(26, None, None, None)]),
        # two paragraphs of one article, three ways
        ("《刑法》第七十二条第一款、第三款", [(72, None, 1, None), (72, None, 3, None)]),
        ("《刑法》第七十二条第一、三款", [(72, None, 1, None), (72, None, 3, None)]),
        ("《刑法》第六十七条第一款及第三款", [(67, None, 1, None), (67, None, 3, None)]),
        # 之一 and an item of its first paragraph
        ("《刑法》第一百三十三条之一第一款第（二）项", [(133, 1, 1, 2)]),
        ("《刑法》第一百三十三条之一第一款第二项", [(133, 1, 1, 2)]),
        # two items of one paragraph
        (
            "《刑法》第二百九十三条第一款第（一）项、第（三）项",
            [(293, None, 1, 1), (293, None, 1, 3)],
        ),
        ("《刑法》第二百九十三条第一款第（一）、（四）项", [(293, None, 1, 1), (293, None, 1, 4)]),
        # an item of an article without paragraphs
        ("《刑法》第二百二十五条第（一）项", [(225, None, None, 1)]),
        # digits
        ("刑法第264条、第67条第3款", [(264, None, None, None), (67, None, 3, None)]),
        # no brackets, led by 我国
        ("我国刑法第二百三十二条规定", [(232, None, None, None)]),
        # one 条 for several articles, the last with its own paragraph
        ("《刑法》第五十二、五十三条", [(52, None, None, None), (53, None, None, None)]),
        (
            "《刑法》第69条、第72、73条第2款",
            [(69, None, None, None), (72, None, None, None), (73, None, 2, None)],
        ),
        # the law named in an earlier sentence
        (
            "《刑法》第二百三十四条第二款。该法第六十七条第一款",
            [(234, None, 2, None), (67, None, 1, None)],
        ),
        # 本法 without any law before it is no known law
        ("本法第五条", []),
        # a range
        ("《刑法》第五十二条至第五十四条", [(a, None, None, None) for a in (52, 53, 54)]),
        # slips of the pen seen in real judgments
        ("《刑法》第二十三条和六十七条第三款", [(23, None, None, None), (67, None, 3, None)]),
        ("《刑法》第七十二第一款、第三款", [(72, None, 1, None), (72, None, 3, None)]),
        ("《刑法》第二十五条笫一款", [(25, None, 1, None)]),
        ("《中华人民共和国刑法》三百零七条之一", [(307, 1, None, None)]),
        ("《中国人民共和国刑法》第二百六十四条", [(264, None, None, None)]),
        ("《刑法》第五十二条。第五十三条之规定", [(52, None, None, None), (53, None, None, None)]),
        # a short name given on the way
        (
            "《中华人民共和国刑法》（以下简称《刑法》）第二百三十二条，《刑法》第二十三条",
            [(232, None, None, None), (23, None, None, None)],
        ),
        # a break of the line inside the list
        ("《刑法》第二百六十四条、\n第五十二条", [(264, None, None, None), (52, None, None, None)]),
        # no law named: not a citation
        ("依照合同第五条的约定支付", []),
        # the sentence ended: the article of a contract is not one of the Code
        ("触犯了《刑法》第二百六十六条。合同第八条约定", [(266, None, None, None)]),
        # an article inside a title is not cited
        ("《关于审理非法行医案件适用刑法第三百三十六条的解释》第二条", []),
        # a document's title is no law
        ("《刑事判决书》第三页", []),
    ],
)
def test_citations_of_the_criminal_law(text: str, expected: list[Cited]) -> None:
    assert _cited(text) == expected


@pytest.mark.parametrize(
    ("text", "law", "article"),
    [
        (
            "《最高人民法院、最高人民检察院〈关于办理盗窃刑事案件适用法律若干问题的解释〉》第一条",
            "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释",
            1,
        ),  # nested brackets
        (
            "最高人民法院、最高人民检察院《关于办理盗窃刑事案件适用法律若干问题的解释》第一条",
            "最高人民法院、最高人民检察院关于办理盗窃刑事案件适用法律若干问题的解释",
            1,
        ),  # organs outside the brackets: the same title
        (
            "《最高人民法院最高人民检察院﹤关于办理诈骗刑事案件的解释﹥》第三条",
            "最高人民法院、最高人民检察院关于办理诈骗刑事案件的解释",
            3,
        ),  # small angle brackets, organs without a comma
        (
            "最高人民法院关于适用财产刑若干问题的规定第二条",
            "最高人民法院关于适用财产刑若干问题的规定",
            2,
        ),
        (
            "最高人民法院《关于审理跨境电信案件若干问题》的规定第七条规定",
            "最高人民法院关于审理跨境电信案件若干问题的规定",
            7,
        ),  # the bracket closed before its last word
        ("《中华人民共和国刑事诉讼法》第一百七十六条", CPL, 176),
        ("刑诉法第十五条", CPL, 15),
    ],
)
def test_other_laws(text: str, law: str, article: int) -> None:
    ((found_law, found),) = [(c.law, c.article) for c in find_citations(text)]
    assert (found_law, found) == (law, article)


def test_two_laws_in_one_sentence_keep_their_articles() -> None:
    text = "依照《中华人民共和国刑法》第二百六十四条，《中华人民共和国刑事诉讼法》第十五条之规定"
    assert _cited(text) == [(264, None, None, None)]
    assert _cited(text, CPL) == [(15, None, None, None)]


def test_the_span_covers_the_provision_and_nothing_else() -> None:
    text = "依照《刑法》第七十二条第一款、第三款之规定"
    assert [text[c.start : c.end] for c in find_citations(text)] == [
        "第七十二条第一款",
        "第七十二条第一款、第三款",
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("《刑法》", CL),
        ("中华人民共和国刑法", CL),
        ("刑诉法", CPL),
        ("《道路交通安全法》", "中华人民共和国道路交通安全法"),
        ("《关于办理醉酒案件的意见》", "关于办理醉酒案件的意见"),
    ],
)
def test_full_titles(written: str, title: str) -> None:
    assert law_title(written) == title


def test_each_citation_knows_who_speaks(parse_text: Callable[[str], CaseDocument]) -> None:
    doc = parse_text(INDICTMENT)
    assert {s.speaker for s in doc.statutes} == {"prosecution"}
    assert [(s.law, s.article) for s in doc.statutes] == [
        (CL, 133),
        (CL, 67),
        (CPL, 15),
        (CPL, 176),
    ]
    assert all(s.section == "reasoning" for s in doc.statutes)


def test_a_provision_that_the_court_refuses_to_apply_is_the_defences() -> None:
    doc = judgment(
        reasoning="被告人卢承安的行为已构成盗窃罪。辩护人提出应适用《中华人民共和国刑法》第六十八条的意见，与事实不符，不予采纳。"
    )
    said = {s.article: s.speaker for s in doc.statutes if s.section == "reasoning"}
    assert said == {68: "defence"}


def test_an_organ_within_a_title_gives_no_opinion() -> None:
    # the title's 最高人民检察院关于 is no prosecution speaking between two refused points
    doc = judgment(
        reasoning="卢承安关于数额不实的意见，不予采纳。根据《最高人民法院、最高人民检察院关于办理盗窃"
        "刑事案件适用法律若干问题的解释》第一条规定，应当认定为数额较大，卢承安关于数额不大的意见，不予采纳。"
    )
    said = {s.article: s.speaker for s in doc.statutes if s.section == "reasoning"}
    assert said == {1: "court"}
