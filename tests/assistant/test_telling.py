"""Two tellings of a fact: the relation rules see, the sentences that differ, the pairing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.comparison.meaning import Meaning
from assistant.comparison.passages import compared
from assistant.comparison.telling import covered, judge
from ingestion.model import Span

DOOR = "2022年6月2日，被告人邬某撬门进入货栈，盗走白酒六箱，价值人民币5400元。"
WORDS = st.text(alphabet="被告人某窃得现金持刀没有未左右，。0123456789元年月日", max_size=60)


@pytest.mark.parametrize(
    ("first", "second", "relation", "sure", "why"),
    [
        (DOOR, DOOR, "same", True, "word for word"),
        (DOOR, "1." + DOOR, "same", True, "a number before it is no fact"),
        (DOOR, DOOR.replace("盗走白酒六箱，", ""), "narrower", True, "a part is left out"),
        (DOOR, DOOR + "邬某还打伤看守人。", "wider", True, "something is added"),
        (DOOR, DOOR.replace("5400元", "4500元"), "contradictory", True, "another sum"),
        (DOOR, "2022年9月8日，邬某溜门进入诊所，偷走药品，价值人民币700元。", "missing", True, "another day and sum"),
        ("邬某在家中被民警抓获。", "邬某在家属陪同下到派出所投案。", "contradictory", True, "caught or come by himself"),
        ("邬某明知是赃物仍收购。", "不能证明邬某知道所收购的是赃物。", "contradictory", True, "knowledge denied"),
        ("邬某纠集多人到场。", "邬某没有纠集多人到场。", "contradictory", True, "the same words denied"),
        ("邬某未取得许可证。", "邬某没有取得许可证。", "reworded", False, "both deny it"),
        ("邬某系主犯，分得赃款。", "邬某系从犯，分得赃款。", "contradictory", True, "the part played"),
    ],
)  # fmt: skip
def test_relations(first: str, second: str, relation: str, sure: bool, why: str) -> None:
    judged = judge(first, second)
    assert (judged.relation, judged.sure) == (relation, sure), why


@given(WORDS, WORDS)
def test_what_one_lacks_the_other_has_more_of(one: str, other: str) -> None:
    """The relation turns round with the tellings; a text covers itself."""
    turned = {"narrower": "wider", "wider": "narrower"}
    there, back = judge(one, other, ()).relation, judge(other, one, ()).relation
    assert turned.get(there, there) == back
    assert covered(one, one + other) >= covered(one, other)


def _span(text: str) -> Span:
    return Span(role="judgment", start=100, end=100 + len(text), quote=text)


def test_sentences_that_differ_stand_beside_each_other() -> None:
    first = f"{DOOR}邬某将白酒卖给路人，得款2000元。案发后，邬某被抓获。"
    second = (
        f"{DOOR}邬某将白酒卖给路人，得款3000元。案发后，邬某主动投案。邬某的家属退赔了全部损失。"
    )
    rows = list(compared(_span(first), _span(second)))
    assert [row.relation for row in rows] == ["contradictory", "contradictory", "missing"]
    assert rows[0].one is not None
    assert rows[0].one.quote == "邬某将白酒卖给路人，得款2000元。"
    assert first[rows[0].one.start - 100 :].startswith(rows[0].one.quote)
    assert rows[2].one is None
    assert list(compared(_span(first), _span(first))) == []


def test_meaning_pairs_what_no_word_does() -> None:
    """With the real embedder: the told-again act is found, the other one of its kind is not."""
    beaten = "党某、项某各自叫来人手，在夜市里拿着器械打架，引起众人围观并堵住了道路。"
    brawl = "被告人党某与项某相互纠集人员在夜市持械斗殴，造成多名群众围观、交通堵塞。"
    sold = "2023年2月11日，党某在加油站附近卖给解某毒品，收款800元。"
    dealt = "2023年1月7日，被告人党某在小区门口将毒品贩卖给屈某，收款500元。"
    meaning = Meaning()
    assert meaning.pairs([brawl, dealt], [sold, beaten]) == {0: 1}
    assert meaning.missing == ""
    assert meaning.pairs([], [sold]) == {}
