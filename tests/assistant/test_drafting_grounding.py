"""Whatever is put into a faithful sentence, the check of its sources finds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.grounding import unsupported

SOURCES = [
    "犯罪数额不一致",
    "犯罪数额：起诉书 13860元，判决书 18360元，被告人康启明",
    "起诉书第2页 涉案电动车经鉴定价值人民币13860元",
    "《中华人民共和国刑法》第二百六十四条盗窃公私财物，数额较大的，处三年以下有期徒刑",
]
FAITHFUL = "起诉书认定被告人康启明的犯罪数额为13860元，而判决书认定为18360元，二者不一致。"
# Given names whose characters stand in no source and in no list of free words.
GIVEN = [
    "志强",
    "晓燕",
    "建国",
    "淑珍",
    "雅琪",
    "鹏",
    "俊峰",
    "慧敏",
    "国栋",
    "艳",
]
SURNAMES = [*"王李张刘陈杨赵黄周吴徐孙马朱胡郭林何高罗于和应", "欧阳", "司马"]
places = st.integers(0, len(FAITHFUL))


def with_inserted(at: int, words: str) -> str:
    return FAITHFUL[:at] + words + FAITHFUL[at:]


def test_the_faithful_sentence_passes() -> None:
    assert unsupported(FAITHFUL, SOURCES) is None


@given(places, st.sampled_from(SURNAMES), st.sampled_from(GIVEN))
def test_a_name_at_any_place_is_found(at: int, surname: str, name: str) -> None:
    """Also without 被告人 or 证人 before it: no title gives it away."""
    assert unsupported(with_inserted(at, surname + name), SOURCES)


@given(
    places,
    st.one_of(
        st.integers(1, 10**7).map(lambda n: f"{n}元"),
        st.integers(1, 99).map(lambda n: f"{n}次"),
        st.integers(1, 99).map(str),
        st.sampled_from("一二四五六七八九").map(lambda c: f"{c}年"),
        st.sampled_from("二三五六七八九").map(lambda c: f"{c}人"),
    ),
)
def test_a_number_at_any_place_is_found(at: int, number: str) -> None:
    if number in ("13860元", "18360元"):
        return
    assert unsupported(with_inserted(at, number), SOURCES)


@given(places, st.dates())
def test_a_date_at_any_place_is_found(at: int, day: object) -> None:
    year, month, number = str(day).split("-")
    assert unsupported(with_inserted(at, f"{year}年{int(month)}月{int(number)}日"), SOURCES)


@given(places, st.integers(1, 451).filter(lambda n: n != 264))
def test_an_article_at_any_place_is_found(at: int, number: int) -> None:
    assert unsupported(with_inserted(at, f"《中华人民共和国刑法》第{number}条"), SOURCES)


@given(places, st.text(alphabet="抗诉退赔谎称虚构隐瞒胁迫威吓", min_size=2, max_size=12))
def test_a_quote_or_a_claim_of_its_own_is_found(at: int, words: str) -> None:
    assert unsupported(with_inserted(at, words), SOURCES)
    assert unsupported(with_inserted(at, f"“{words}”"), SOURCES)


@pytest.mark.parametrize(
    "sentence",
    [
        "起诉书的１３８６０元与判决书的18360元不一致。",  # full-width digits are other digits
        "起诉书认定壹万三千元，判决书认定18360元。",  # a number in capital numerals
        "起诉书认定13860元，判决书认定18360元（sic）。",  # a foreign word
        "起诉书认定13860元，判决书认定18360元，详见www.example.com。",  # an address
        "起诉书认定13860元，王某认定18360元。",  # somebody masked whom no source knows
        "起诉书认定13860元，于和认定18360元。",  # a name made of words of grammar
        "起诉书认定13860元，判决书认定18360元，属重大错案。",  # a judgement nobody made
        "《中华人民共和国刑法》第九百条：起诉书认定13860元。",  # an article that does not exist
    ],
)
def test_what_no_list_of_kinds_would_find(sentence: str) -> None:
    assert unsupported(sentence, SOURCES)


@pytest.mark.parametrize(
    "sentence",
    [
        "经查，起诉书载明犯罪数额13860元，判决书则为18360元，前后不一致。",
        "关于犯罪数额，起诉书与判决书分别认定为13860元和18360元，存在出入。",
        "依据《中华人民共和国刑法》第二百六十四条，盗窃公私财物，数额较大的，处三年以下有期徒刑。",
        "起诉书第2页载明涉案电动车经鉴定价值人民币13860元。",
    ],
)
def test_other_faithful_wordings_pass(sentence: str) -> None:
    assert unsupported(sentence, SOURCES) is None
