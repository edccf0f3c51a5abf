"""How a judgment answers: rules on realistic wording, and what happens without the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reasoning_texts import judgment

from assistant.model import Endpoint
from assistant.model.gateway import Gateway
from assistant.model.install import DEFAULT
from assistant.reasoning.assess import assess
from assistant.reasoning.items import Item
from assistant.reasoning.rules import decide
from assistant.settings import Settings
from ingestion.answers.responses import find
from ingestion.answers.sentences import split
from ingestion.model import CaseDocument, SourceDocument, Span


def spans(reasoning: str) -> list[Span]:
    source = SourceDocument(file="t", media_type="text/plain", sha256="0" * 64, text=reasoning)
    doc = CaseDocument(type="judgment", role="judgment", source=source)
    return list(split(doc, 0, len(reasoning)))


@pytest.mark.parametrize(
    ("argument", "reasoning", "expected", "sure"),
    [
        # named and followed
        (
            "被告人系从犯",
            "辩护人提出被告人系从犯的意见，与查明的事实相符，本院予以采纳。",
            "adopted",
            True,
        ),
        # the court affirms it itself and never mentions counsel
        ("已退赔被害人损失", "被告人主动退赔被害人损失，可酌情从轻处罚。", "adopted", True),
        # refused, with what was established
        (
            "被告人系自首",
            "关于自首的意见，经查，被告人系被民警当场抓获，并无投案行为，不符合自首的条件，不予采纳。",
            "refused_with_reason",
            True,
        ),
        # the reason stands in sentences between 关于 and 不予采纳
        (
            "指控的数额有误",
            "关于辩护人就数额提出的意见，经查，涉案电动车由有资质的机构按购入凭证鉴定。被告人当庭亦无异议。该辩护意见不予采纳。",
            "refused_with_reason",
            False,
        ),
        # a bare formula is no reason
        (
            "被告人没有参与第二起盗窃",
            "被告人提出没有参与第二起盗窃的辩解，与查明的事实不符，本院不予采纳。",
            "refused_without_reason",
            True,
        ),
        # denied without the word 采纳
        ("请求适用缓刑", "被告人多次流窜作案，不宜适用缓刑。", "refused_with_reason", False),
        # 其他意见 gets an answer of its own in the same sentence
        (
            "被告人系初犯",
            "关于无罪的意见没有依据，不予采纳，其他辩护意见，予以采纳。被告人系初犯，酌情从轻。",
            "adopted",
            True,
        ),
        # the prosecution's proposal being adopted is no answer to the defence
        ("被告人家中有老人需要赡养", "公诉机关的量刑建议适当，本院予以采纳。", "ignored", True),
        # only formulas of conviction: nothing there could answer
        ("案发小区没有监控", "被告人的行为已构成盗窃罪。公诉机关指控的罪名成立。", "ignored", True),
        # some sentence is left that might be about it: not for rules
        ("被告人刚从学校毕业", "考虑其踏入社会不久、阅历浅，酌情从轻处罚。", "ignored", False),
    ],
)
def test_rules(argument: str, reasoning: str, expected: str, sure: bool) -> None:
    sentences = spans(reasoning)
    decision = decide(argument, sentences, find(sentences))
    assert (decision.answered, decision.sure) == (expected, sure)
    if decision.span is not None:
        assert decision.span.quote in reasoning


def _items(parse_text: Callable[[str], CaseDocument], *parts: str) -> dict[str, Item]:
    doc = parse_text(judgment(*parts))
    result = assess(doc, None)
    for item in result.items:
        for span in (item.subject, item.answer):
            assert span is None or doc.text[span.start : span.end] == span.quote
    return {item.text: item for item in result.items}


def test_a_whole_judgment(parse_text: Callable[[str], CaseDocument]) -> None:
    doc = parse_text(
        judgment(
            "辩护人提出如下辩护意见：1、被告人康启明系自首；2、被告人已取得被害人谅解；3、侦查机关扣押物品时没有见证人。",
            "本院认为，被告人康启明以非法占有为目的，多次秘密窃取他人财物，其行为已构成盗窃罪。"
            "关于自首的意见，经查，被告人系被巡逻民警当场抓获，不构成自首，不予采纳。"
            "被告人取得被害人谅解，可酌情从轻处罚。公诉机关的量刑建议偏轻，不予采纳。",
        )
    )
    result = assess(doc, None)
    arguments = [i for i in result.items if i.kind == "argument"]
    assert [i.verdict for i in arguments] == ["refused_with_reason", "adopted", "ignored"]
    findings = result.findings()
    assert sorted(f.code for f in findings) == ["REAS-002", "REAS-005"]
    for found in findings:
        assert found.source == "rule"
        assert found.category == "reasoning"
        assert all(span.role == "judgment" for span in found.evidence)
    assert result.level == "不充分", "an objection to the evidence is passed over"
    json.dumps(result.to_json())


@pytest.mark.parametrize(
    ("reasoning", "facts", "verdict"),
    [
        # the facts stand beside the name
        ("被告人主动到公安机关投案并如实供述，系自首，可以从轻处罚。", "与指控一致。", "reasoned"),
        # the name alone
        ("被告人有自首情节，可以从轻处罚。", "与指控一致。", "named_only"),
        # the name alone, but the court found the facts before
        (
            "被告人有自首情节，可以从轻处罚。",
            "2023年4月20日，被告人经民警电话传唤到案。",
            "reasoned",
        ),
    ],
)
def test_a_circumstance_needs_its_facts(
    reasoning: str, facts: str, verdict: str, parse_text: Callable[[str], CaseDocument]
) -> None:
    items = _items(
        parse_text,
        "被告人对指控无异议。",
        f"本院认为，被告人的行为已构成盗窃罪。{reasoning}",
        facts,
    )
    assert items["自首"].verdict == verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("公诉机关的量刑建议不当，本院不予采纳。", "refused_without_reason"),  # a conclusion only
        (
            "因被告人在庭审后退赔全部损失，公诉机关的量刑建议偏重，本院不予采纳。",
            "refused_with_reason",
        ),
        ("公诉机关的量刑建议适当，予以采纳。", "adopted"),
    ],
)
def test_the_recommendation(
    sentence: str, verdict: str, parse_text: Callable[[str], CaseDocument]
) -> None:
    items = _items(
        parse_text, "被告人对指控无异议。", f"本院认为，被告人的行为已构成盗窃罪。{sentence}"
    )
    assert items["量刑建议"].verdict == verdict


def test_the_answer_to_one_point_is_not_the_answer_to_the_next(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    """The name that both points share does not make one response answer both."""
    items = _items(
        parse_text,
        "辩护人提出如下辩护意见：1、康启明没有参与事先商量，不构成盗窃罪的共犯；2、康启明经电话通知后主动到案，系自首。",
        "本院认为，被告人康启明的行为已构成盗窃罪。关于辩护人提出康启明没有参与事先商量、不构成盗窃罪共犯的意见，"
        "经查，通话记录证实康启明在案发前一日即与同案人约定销赃，该意见不能成立，本院不予采纳。",
    )
    verdicts = {text: item.verdict for text, item in items.items() if item.kind == "argument"}
    assert sorted(verdicts.values()) == ["ignored", "refused_with_reason"]
    assert next(v for t, v in verdicts.items() if "自首" in t) == "ignored"


OPEN = (
    "辩护人提出如下辩护意见：1、被告人康启明参加工作不久、工资微薄；2、被告人已退赔被害人损失。",
    "本院认为，被告人康启明的行为已构成盗窃罪。考虑其刚入社会、收入不多，酌情从轻处罚。"
    "被告人已退赔被害人损失，酌情从轻处罚。",
)


UNSURE = "被告人康启明参加工作不久、工资微薄"


def test_what_rules_only_lean_to_is_listed_and_makes_no_finding(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    result = assess(parse_text(judgment(*OPEN)), None)
    assert [(i.text, i.verdict) for i in result.unsure] == [(UNSURE, "ignored")]
    assert [n.code for n in result.not_checked()] == ["REAS-002"]
    assert result.findings() == []
    assert result.scores["argument"] == 1


def test_a_dead_model_leaves_what_rules_decide(
    parse_text: Callable[[str], CaseDocument], tmp_path: Path
) -> None:
    doc = parse_text(judgment(*OPEN))
    dead = Gateway(
        Endpoint(url="http://127.0.0.1:9/v1", name="m", kind="configured"),
        Settings(home=tmp_path, cache=tmp_path, model_timeout=2),
    )
    alone, with_dead = assess(doc, None), assess(doc, dead)
    assert [i.verdict for i in alone.items if not i.unsure] == [
        i.verdict for i in with_dead.items if i.verdict != "open"
    ]
    assert [i.text for i in with_dead.open] == [UNSURE]
    assert with_dead.open[0].reason == "规则不能确定，模型没有给出可用的回答"
    assert with_dead.scores["argument"] == 2, "an open item counts neither way"
    assert dead.totals()["dropped"] == 1


def test_a_model_measured_to_be_no_help_is_not_asked(
    parse_text: Callable[[str], CaseDocument], tmp_path: Path
) -> None:
    doc = parse_text(judgment(*OPEN))
    default = Gateway(
        Endpoint(url="http://127.0.0.1:9/v1", name="m", kind="private", sha256=DEFAULT.sha256),
        Settings(home=tmp_path, cache=tmp_path, model_timeout=2),
    )
    assert assess(doc, default).items == assess(doc, None).items
    assert default.records == []


@pytest.mark.data
def test_gold_arguments(development_data: Path) -> None:
    """Rules on hand-labelled arguments of real judgments: where sure, 93 % right at least."""
    gold = Path(__file__).parents[2] / "eval_sets" / "gold" / "reasoning.jsonl"
    rows = {
        row["text_id"]: row["fd"]
        for row in map(json.loads, (development_data / "judgments" / "dev.jsonl").open())
    }
    from ingestion.answers.sentences import of_court
    from ingestion.sections import find_sections

    sure, right = 0, 0
    for question in map(json.loads, gold.open()):
        if question["question"]["kind"] != "argument":
            continue
        text = rows[question["id"]]
        source = SourceDocument(file="t", media_type="text/plain", sha256="0" * 64, text=text)
        doc = CaseDocument(type="judgment", role="judgment", source=source)
        doc.sections = find_sections(source, "judgment")
        sentences = of_court(doc)
        place = question["question"]
        decision = decide(text[place["start"] : place["end"]], sentences, find(sentences))
        sure += decision.sure
        right += decision.sure and decision.answered == question["label"]
    assert sure >= 75
    assert right / sure >= 0.93
