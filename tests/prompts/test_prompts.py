"""Prompts are data: every file loads, and no value can leave its quotation marks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prompts
from prompts import Prompt, PromptError, load, numbered

GOOD = {
    "id": "test",
    "version": 1,
    "purpose": "测试",
    "fields": {"text": "文本"},
    "output": {"answer": {"type": "string", "enum": ["yes", "no"]}, "n": {"type": "integer"}},
    "max_tokens": 10,
    "system": "回答。",
    "user": "材料：<<<{text}>>>",
}


@pytest.mark.parametrize("prompt_id", prompts.ids())
def test_every_prompt_loads_and_is_small(prompt_id: str) -> None:
    prompt = load(prompt_id)
    empty = dict.fromkeys(prompt.fields, "甲")
    assert sum(len(m.content) for m in prompt.messages(empty)) < 1200, "the prefix costs seconds"
    assert prompt.json_schema["additionalProperties"] is False
    assert "<<<" in prompt.user


def test_the_questions_are_there() -> None:
    known = {"argument_answered", "circumstance_reasoned", "finding_right", "finding_wording"}
    assert known <= set(prompts.ids())


def _asked() -> list[str]:
    """The prompts that the program itself names; others only serve measurements."""
    folder = Path(__file__).parents[2] / "assistant"
    source = "".join(p.read_text("utf-8") for p in sorted(folder.rglob("*.py")))
    return [prompt_id for prompt_id in prompts.ids() if f'"{prompt_id}"' in source]


def test_the_program_asks_prompts() -> None:
    assert {"argument_answered", "circumstance_reasoned", "finding_wording"} <= set(_asked())


@pytest.mark.parametrize("prompt_id", _asked())
def test_every_prompt_that_is_asked_is_measured_as_it_stands(prompt_id: str) -> None:
    """Whoever changes a prompt's text measures it anew and writes the figure beside it."""
    prompt = load(prompt_id)
    assert not prompt.stale, f"measure {prompt_id} anew: its text is {prompt.digest} now"


@pytest.mark.parametrize(
    "change",
    [
        {"system": "回答！"},  # the instruction
        {"user": "材料如下：<<<{text}>>>"},  # the question
        {"max_tokens": 20},  # how long it may talk
        {"output": {"answer": {"type": "string", "enum": ["no", "yes"]}, "n": {"type": "integer"}}},
        {"examples": [{"fields": {"text": "甲"}, "output": {"answer": "yes", "n": 1}}]},
    ],
)
def test_a_changed_text_is_no_longer_measured(change: dict[str, object]) -> None:
    plain = Prompt.model_validate(GOOD)
    measured = {
        "data": "自拟",
        "n": 10,
        "measure": "accuracy",
        "value": 0.5,
        "model": "0" * 16,
        "text": plain.digest,
        "day": "2026-11-22",
    }
    assert plain.stale, "never measured"
    assert not Prompt.model_validate(GOOD | {"measured": [measured]}).stale
    assert Prompt.model_validate(GOOD | {"measured": [measured]} | change).stale
    # What is only for people changes nothing.
    same = Prompt.model_validate(GOOD | {"measured": [measured], "purpose": "别的", "version": 2})
    assert not same.stale


@pytest.mark.parametrize(
    "fields",
    [
        {},  # nothing given
        {"text": "甲", "more": "乙"},  # a field it does not know
        {"txet": "甲"},  # a misspelt one
    ],
)
def test_unknown_and_missing_fields_are_refused(fields: dict[str, str]) -> None:
    with pytest.raises(PromptError):
        Prompt.model_validate(GOOD).text(fields)


@pytest.mark.parametrize(
    "change",
    [
        {"user": "没有位置"},  # a field without a place
        {"output": {"answer": {"type": "string", "enum": ["是"]}}},  # not an ASCII code
        {"output": {"answer": {"type": "object"}}},  # not flat
        {"output": {"answer": {"type": "string", "maxLength": 5}}},  # breaks some decoders
        {"max_tokens": 0},  # no cap
        {"examples": [{"fields": {"text": "甲"}, "output": {"answer": "maybe", "n": 1}}]},
        {"surprise": 1},  # an option nobody knows
    ],
)
def test_a_prompt_that_breaks_the_rules_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((ValueError, PromptError)):
        Prompt.model_validate(GOOD | change)


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(PromptError):
        load("no_such_prompt")


@given(st.text(alphabet=st.sampled_from("甲<>|{}[]1279im_start\n "), max_size=60))
def test_no_value_can_leave_its_quotation(value: str) -> None:
    text = Prompt.model_validate(GOOD).text({"text": value})
    inside = text.removeprefix("材料：<<<").removesuffix(">>>")
    assert "<" not in inside
    assert ">" not in inside
    assert "{" not in inside


@given(st.lists(st.text(alphabet="甲[]123\n ", min_size=1, max_size=20), min_size=1, max_size=5))
def test_only_code_numbers_sentences(sentences: list[str]) -> None:
    lines = numbered(sentences).split("\n")
    assert len(lines) == len(sentences)
    for number, line in enumerate(lines, start=1):
        assert line.startswith(f"[{number}]")
        assert line.count("[" + str(number) + "]") == 1


def test_answers_are_held_to_the_schema() -> None:
    prompt = Prompt.model_validate(GOOD)
    assert prompt.parse('{"answer": "yes", "n": 3}') == {"answer": "yes", "n": 3}
    for wrong in ("yes", "{}", '{"answer": "yes", "n": true}', '{"answer": "yes", "n": 1.5}'):
        with pytest.raises(PromptError):
            prompt.parse(wrong)


def test_the_prefix_is_the_same_for_every_question() -> None:
    prompt = load("argument_answered")
    first = prompt.messages({"argument": "甲", "sentences": ["乙。"]})
    second = prompt.messages({"argument": "丙", "sentences": ["丁。", "戊。"]})
    assert first[:-1] == second[:-1]
    assert json.loads(first[2].content)["sentence"] == 1
