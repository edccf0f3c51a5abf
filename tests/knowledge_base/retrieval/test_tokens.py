"""BM25 as sparse vectors: stable numbers, the same order as an independent implementation."""

from __future__ import annotations

import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.retrieval import tokens

TEXTS = [
    "被告人翻窗进入住宅窃取黄金项链，赃物价值人民币二万元，事后退赔并取得谅解。",
    "被告人在汽车站候车室扒窃旅客手机，被当场抓获，手机已经发还被害人。",
    "被告人饮酒后驾驶小型轿车，血液酒精含量超过标准，被执勤民警当场查获。",
    "被告人驾驶货车超速行驶，与行人相撞，致行人死亡，负事故主要责任。",
    "被告人虚构投资项目，骗取老人养老金，挥霍一空，至今没有退赔。",
    "被告人明知手机系盗窃所得仍然低价收购，转卖获利，归案后如实供述。",
]


def test_names_of_the_law_stay_one_word() -> None:
    assert "聚众斗殴" in tokens.terms("因聚众斗殴被起诉")
    assert "甲基苯丙胺" in tokens.terms("查获甲基苯丙胺十克")


def test_the_order_is_that_of_bm25s() -> None:
    words = [tokens.terms(text) for text in TEXTS]
    passages = [tokens.passage_weights(text) for text in TEXTS]
    having: dict[int, int] = {}
    for weights in passages:
        for term in weights:
            having[term] = having.get(term, 0) + 1
    reference = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
    reference.index(words, show_progress=False)
    for query in ("驾驶轿车撞死行人负事故责任", "窃取手机被当场抓获", "骗取投资款没有退赔"):
        weights = tokens.query_weights(query, len(TEXTS), having)
        ours = [sum(w * p.get(t, 0.0) for t, w in weights.items()) for p in passages]
        theirs = reference.get_scores(tokens.terms(query))
        assert int(np.argmax(ours)) == int(np.argmax(theirs))
        assert {n for n, s in enumerate(ours) if s > 0} == {
            n for n, s in enumerate(theirs) if s > 0
        }


def test_a_word_that_no_passage_has_is_not_searched_for() -> None:
    assert tokens.query_weights("滥伐林木", 5, {}) == {}


@given(st.text(alphabet="被告人盗窃手机电动车醉酒驾驶，。", max_size=300))
def test_weights_are_bounded_and_positive(text: str) -> None:
    assert all(0 < w < 2.2 for w in tokens.passage_weights(text).values())


def test_a_long_query_keeps_its_heaviest_words() -> None:
    text = "".join(chr(0x4E00 + n) + chr(0x4E00 + n + 1) + "，" for n in range(0, 3000, 2))
    having = {tokens.term_id(t): 1 for t in tokens.terms(text)}
    assert len(tokens.query_weights(text, 1000, having)) <= tokens.MOST_TERMS
