"""The rubric of a judgment's reasoning: evidence, conviction, level, passages worth keeping."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reasoning_texts import judgment

from assistant.reasoning import evidence, statute
from assistant.reasoning.assess import assess
from assistant.reasoning.assessment import ReasoningAssessment
from assistant.reasoning.dispute import contests
from assistant.reasoning.items import Item
from ingestion.model import CaseDocument, Span
from knowledge_base.rubric import criteria, level_of

Parse = Callable[[str], CaseDocument]
NO_DEFENCE = "被告人对指控无异议。"
PROVED = "上述事实，有被害人陈述、鉴定意见等证据证实，足以认定。"
GUILTY = (
    "本院认为，被告人康启明以非法占有为目的，多次秘密窃取他人财物，数额较大，其行为已构成盗窃罪。"
)


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        # names in a row: what each shows is not said
        ("上述事实，有被害人陈述、现场勘验笔录、价格鉴定意见等证据证实，足以认定。", "listed"),
        # a list parted by semicolons is a list all the same
        (
            "上述事实，有受案登记表、户籍证明等书证；证人罗某的证言；被告人的供述等证据证实。",
            "listed",
        ),
        # each piece with what it shows
        (
            "上述事实，有下列证据证实：1、被害人罗某的陈述，证实其停放在楼下的电动车被盗；"
            "2、现场监控录像，证实被告人将车推离小区；3、价格认定书，证明电动车价值人民币3600元。",
            "itemised",
        ),
        # 诊断证明书 is a name, no piece that shows something
        ("上述事实，有医院诊断证明书及门诊病历、扣押清单、情况说明材料等证据证实。", "listed"),
        # that there is evidence says not which
        ("以上事实，有公诉机关当庭举证并经质证确认的相关证据予以证实。", "absent"),
    ],
)
def test_evidence(told: str, verdict: str, parse_text: Parse) -> None:
    doc = parse_text(judgment(NO_DEFENCE, GUILTY).replace(PROVED, told))
    assert told in doc.text
    (item,) = evidence.assess(doc)
    assert item.verdict == verdict
    assert (item.answer is None) == (verdict == "absent")


@pytest.mark.parametrize(
    ("reasons", "verdict"),
    [
        # the act and the amount
        (GUILTY, "explained"),
        # a way of stealing that makes the range by itself
        ("本院认为，被告人康启明入户窃取他人财物，其行为已构成盗窃罪。", "explained"),
        # the act without what makes it a crime of this range
        (
            "本院认为，被告人康启明以非法占有为目的，秘密窃取他人财物，其行为已构成盗窃罪。",
            "partial",
        ),
        # nothing but the charge
        ("本院认为，被告人康启明的行为已构成盗窃罪。", "bare"),
        # the prosecution's claim is no reason of the court
        ("本院认为，公诉机关指控被告人康启明犯盗窃罪的事实清楚，指控罪名成立。", "bare"),
        # the act before the claim that is followed
        (
            "本院认为，被告人康启明多次秘密窃取他人财物，数额较大，公诉机关指控其犯盗窃罪的罪名成立。",
            "explained",
        ),
    ],
)
def test_the_conviction(reasons: str, verdict: str, parse_text: Parse) -> None:
    (item,) = statute.assess(parse_text(judgment(NO_DEFENCE, reasons)))
    assert (item.text, item.verdict) == ("盗窃罪", verdict)


@pytest.mark.parametrize(
    ("argument", "contested"),
    [
        ("被告人没有参与第二起盗窃", True),  # a fact
        ("价格鉴定程序违法", True),  # evidence
        ("指控的数额有误", True),  # a sum
        ("被告人的行为不构成盗窃罪", True),  # the charge
        ("离开现场时身上没有带刀", True),  # an act that makes it another crime
        ("从未索要财物", True),
        ("被告人未参与分赃，系从犯", False),  # a circumstance, though it denies something
        ("原判量刑过重", False),  # the sentence only
        ("家庭生活困难，有老人需要赡养", False),  # a plea
        ("被告人系初犯", False),
    ],
)
def test_what_is_a_dispute(argument: str, contested: bool) -> None:
    assert contests(argument) == contested


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        # all in one breath: whether the dispute is settled, and by what, nobody can tell
        ("辩护人的其余辩护意见，本院予以采纳。", "asserted"),
        ("辩护人提出康启明没有携带凶器的意见，经查属实，本院予以采纳。", "resolved"),
    ],
)
def test_a_dispute_is_not_settled_by_agreeing_in_general(
    answer: str, verdict: str, parse_text: Parse
) -> None:
    doc = parse_text(judgment("辩护人提出，被告人康启明没有携带凶器。", GUILTY + answer))
    (item,) = [i for i in assess(doc, None).items if i.kind == "dispute"]
    assert item.verdict == verdict


def test_every_item_has_a_verdict_of_its_kind() -> None:
    span = Span(start=0, end=1, quote="甲")
    with pytest.raises(KeyError):
        Item(
            kind="evidence",
            text="甲",
            subject=span,
            verdict="adopted",
            answer=None,
            decided_by="rule",
        )
    for criterion in criteria().values():
        assert {v.score for v in criterion.verdicts} >= {0, 2} or criterion.kind == "circumstance"
        assert criterion.source


def _items(scores: list[tuple[str, int]]) -> tuple[Item, ...]:
    span = Span(start=0, end=1, quote="甲")
    found = []
    for kind, score in scores:
        verdicts = [v.code for v in criteria()[kind].verdicts if v.score == score]
        if verdicts:
            found.append(
                Item.model_validate(
                    {
                        "kind": kind,
                        "text": "甲",
                        "subject": span,
                        "verdict": verdicts[0],
                        "answer": None,
                        "decided_by": "rule",
                    }
                )
            )
    return tuple(found)


@given(st.lists(st.tuples(st.sampled_from(sorted(criteria())), st.integers(0, 2)), max_size=12))
def test_more_of_the_same_changes_no_level(scores: list[tuple[str, int]]) -> None:
    """Each criterion counts once, so judgments with many and with few points can be compared."""
    once, twice = (ReasoningAssessment(items=_items(scores * n)) for n in (1, 2))
    assert once.level == twice.level
    if once.mean is not None:
        assert 0 <= once.mean <= 2
        assert once.mean == pytest.approx(twice.mean)
        assert once.level == level_of(once.mean)


def test_a_passage_worth_keeping_is_the_courts_own_words(parse_text: Parse) -> None:
    doc = parse_text(
        judgment(
            "被告人康启明辩称其没有参与第二起盗窃。",
            GUILTY
            + "关于被告人提出没有参与第二起盗窃的辩解，经查，2023年3月18日的现场监控录像拍下其推车离开的全过程，"
            "车把上提取的指纹经鉴定与其右手拇指一致，证人罗某的证言亦能印证，足以认定其实施了该起盗窃，该辩解不予采纳。",
        )
    )
    result = assess(doc, None)
    (passage,) = {p.span.quote: p for p in result.exemplary}.values()
    assert doc.text[passage.span.start : passage.span.end] == passage.span.quote
    assert passage.span.quote.startswith("关于被告人提出")
    assert "结合证据" in passage.why
    assert [i.verdict for i in result.items if i.kind == "dispute"] == ["resolved"]


def test_a_bare_refusal_is_held_up_to_nobody(parse_text: Parse) -> None:
    doc = parse_text(
        judgment(
            "被告人康启明辩称其没有参与第二起盗窃。",
            GUILTY + "被告人提出没有参与第二起盗窃的辩解，与查明的事实不符，本院不予采纳。",
        )
    )
    assert assess(doc, None).exemplary == ()
