"""Similar cases: the right one first, under the filters, with a reason, with and without vectors."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.similar.stored import case_of_facts
from knowledge_base.casebank import Bank, Filters
from knowledge_base.retrieval import charge_space, term_space, usual
from knowledge_base.retrieval.candidates import WORDS_ONLY, query_vector
from knowledge_base.retrieval.neighbours import smoothed
from knowledge_base.retrieval.search import search
from knowledge_base.retrieval.tokens import passage_weights
from knowledge_base.retrieval.wanted import wanted

BURGLARY = (
    "2023年5月某夜，被告人苗某伙同他人撬门进入一住宅，窃得金饰和现金，共计价值人民币"
    "三万二千元。苗某归案后如实供述，家属代为退赔，取得谅解。"
)

QUERIES = (
    # facts, what must come first, why
    (BURGLARY, "盗窃罪", "same act and charge"),
    ("被告人醉酒后驾驶小轿车，民警查获，血液酒精含量203mg/100ml。", "危险驾驶罪", "same measure"),
    ("货车司机闯红灯撞倒行人，行人死亡，认定负主要责任。", "交通肇事罪", "same result"),
    ("酒后与他人争执，用啤酒瓶砸伤对方头部，轻伤二级。", "故意伤害罪", "same means"),
    (
        "以五百元价格向吸毒人员出售冰毒甲基苯丙胺1克。",
        "走私、贩卖、运输、制造毒品罪",
        "same object",
    ),
)


@pytest.mark.parametrize(("facts", "first", "why"), QUERIES)
@pytest.mark.parametrize("with_vectors", [True, False])
def test_the_like_case_comes_first(
    facts: str, first: str, why: str, with_vectors: bool, bank: Bank, words_bank: Bank
) -> None:
    query = case_of_facts(facts, (), "query")
    result = search(bank if with_vectors else words_bank, query, 3)
    assert first in result.found[0].case.charges, why
    assert result.inferred
    assert result.notes == (() if with_vectors else (WORDS_ONLY,))


def test_a_stated_charge_leads() -> None:
    told = wanted(BURGLARY, ("诈骗罪",), [])
    assert told["诈骗罪"] >= 0.5
    assert "盗窃罪" in told  # the story still counts
    assert sum(told.values()) == pytest.approx(1.0)


def test_the_reason_names_what_agrees_and_what_differs(words_bank: Bank) -> None:
    query = case_of_facts(BURGLARY, ("盗窃罪",), "query")
    first = search(words_bank, query, 1).found[0]
    assert "罪名相同：盗窃罪" in first.reason
    assert "行为相同：入户" in first.reason
    assert "情节相同" in first.reason or "仅本案有" in first.reason
    assert "（3.2万元与2.9万元）" in first.reason
    assert "\n" not in first.reason


def test_filters_hold(words_bank: Bank) -> None:
    query = case_of_facts(BURGLARY, ("盗窃罪",), "query")
    found = search(words_bank, query, 10, Filters(charges=("诈骗罪",))).found
    assert [one.case.charges for one in found] == [("诈骗罪",)]


def test_a_case_of_the_bank_never_finds_itself(words_bank: Bank) -> None:
    own = words_bank.case(1)
    found = search(words_bank, own, 10).found
    assert own.id not in {one.case.id for one in found}


def test_nothing_in_common_finds_nothing(words_bank: Bank) -> None:
    assert search(words_bank, case_of_facts("abc", (), "query"), 5).found == ()


def test_the_score_is_the_sum_of_what_is_shown(words_bank: Bank) -> None:
    query = case_of_facts(BURGLARY, ("盗窃罪",), "query")
    only_words = search(words_bank, query, 5, weights={"words": 2.0})
    for one in only_words.found:
        assert one.score == pytest.approx(2 * one.features["words"])
    scores = [one.score for one in search(words_bank, query, 5).found]
    assert scores == sorted(scores, reverse=True)


def test_charges_near_and_far() -> None:
    space = charge_space.space()
    assert space.alike("盗窃罪", "盗窃罪") == 1.0
    near = space.alike("盗窃罪", "掩饰、隐瞒犯罪所得、犯罪所得收益罪")
    assert near > space.alike("盗窃罪", "危险驾驶罪")
    assert space.alike("盗窃罪", "背叛国家罪") == 0.0  # no case taught it


def test_further_unlike_charges_make_a_case_less_alike() -> None:
    wanted_ = {"盗窃罪": 1.0}
    alone = charge_space.nearness(wanted_, ("盗窃罪",))
    with_another = charge_space.nearness(wanted_, ("盗窃罪", "危险驾驶罪"))
    assert alone == pytest.approx(1.0)
    assert alone > with_another > charge_space.nearness(wanted_, ("危险驾驶罪",))
    assert charge_space.nearness(wanted_, ()) == 0.0


def test_a_case_whose_story_is_told_by_near_cases_comes_nearer() -> None:
    """Neither has the query's word; the first tells the story of those that have it."""
    near = [
        f"被告人撬门入室窃得金饰，{way}销赃" for way in ("本地", "外地", "网上") for _ in range(8)
    ]
    cases = [
        passage_weights(text) for text in (*near, "被告人撬门入室行窃后销赃", "公司账目往来不符")
    ]
    smooth = smoothed(cases, dict.fromkeys(passage_weights("金饰"), 1.0))
    assert len(smooth) == len(cases)
    assert smooth[0] > smooth[-2] > 0.1
    assert smooth[-1] < smooth[-2] / 2


def test_few_cases_keep_what_their_own_words_say() -> None:
    cases = [passage_weights("被告人盗窃金饰"), passage_weights("被告人醉酒驾驶")]
    query = dict.fromkeys(passage_weights("盗窃"), 2.0)
    assert smoothed(cases, query) == [pytest.approx(2.0 * v) for v in (_own(cases[0], query), 0.0)]


def _own(case: dict[int, float], query: dict[int, float]) -> float:
    return sum(case[term] for term in query if term in case)


def test_a_query_asks_with_what_sets_it_apart() -> None:
    """The usual part of every case text is left out; of an unknown model nothing is."""
    with np.load(usual.FILE) as stored:
        name, mean = str(stored["model"]), stored["vector"]
    apart = np.zeros_like(mean)
    apart[3] = 0.2
    asked = usual.telling(np.stack([mean + apart]), name)
    assert asked == pytest.approx(apart / 0.2, abs=1e-3)
    other = usual.telling(np.stack([mean + apart]), "another model")
    assert other == pytest.approx((mean + apart) / np.linalg.norm(mean + apart), abs=1e-5)


def test_a_query_is_embedded_once_however_often_it_is_asked(bank: Bank) -> None:
    query = case_of_facts(BURGLARY, ("盗窃罪",), "query")
    vector = query_vector(bank, query)
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
    given = search(bank, query, 3, vector=vector)
    assert [f.case.id for f in given.found] == [f.case.id for f in search(bank, query, 3).found]


def test_without_vectors_there_is_no_query_vector(words_bank: Bank) -> None:
    assert query_vector(words_bank, case_of_facts(BURGLARY, (), "query")) is None


def test_words_that_tell_of_the_charge_weigh_more() -> None:
    from knowledge_base.retrieval.tokens import term_id

    space = term_space.space()
    assert space.weight(term_id("吸毒")) > space.weight(term_id("被告人"))
    shares = space.shares("被告人醉酒驾驶机动车，血液酒精含量超标")
    assert max(shares, key=lambda name: shares[name]) == "危险驾驶罪"
    assert space.shares("zzz") == {}
