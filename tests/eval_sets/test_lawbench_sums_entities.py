"""The suite `lawbench` on its form, and the measures of 2-6 and 3-7."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from eval_sets.lawbench.entities import TASKS as ENTITIES
from eval_sets.lawbench.entities import by_type, character_f1, soft_f1
from eval_sets.lawbench.sums import TASKS as SUMS
from eval_sets.suites import SUITES
from ingestion.errors import InputError

QUESTION = "文书:经审理查明：1、被告人卢承安窃得何某现金700元。\n2、窃得郑某现金1300元。"
SENTENCE = "句子:后被告人卢某某将电动车销赃，非法获利300元。"


def _write(folder: Path, task: str, *rows: tuple[str, str]) -> None:
    lines = [json.dumps({"instruction": "", "question": q, "answer": a}) for q, a in rows]
    (folder / f"{task}.jsonl").write_text("\n".join(lines), "utf-8")


@pytest.mark.data
def test_one_key_a_task_that_is_present(tmp_path: Path, development_data: Path) -> None:
    _write(tmp_path, "3-7", (QUESTION, "上文涉及到的犯罪金额:2000.0元。"), (QUESTION, "1元。"))
    _write(tmp_path, "2-6", (SENTENCE, "盗窃获利:300元"))
    _write(tmp_path, "9-9", ("?", "!"))
    seen: list[tuple[int, int]] = []
    result = SUITES["lawbench"](tmp_path, None, lambda done, total: seen.append((done, total)))
    schema = development_data.parent / "contracts" / "eval.schema.json"
    jsonschema.validate(result, json.loads(schema.read_text("utf-8")))
    assert result["metrics"].keys() == {"2-6", "3-7"}
    assert result["metrics"]["3-7"] == 0.5
    assert (result["n"], seen) == (3, [(1, 3), (2, 3), (3, 3)])
    # the shipped weights have not seen this sentence
    assert result["trained_on"] == {"2-6": 0}


def test_one_file_and_a_limit(tmp_path: Path) -> None:
    _write(tmp_path, "3-7", *[(QUESTION, "金额:2000元")] * 3)
    result = SUITES["lawbench"](tmp_path / "3-7.jsonl", 2)
    assert (result["n"], result["metrics"]) == (2, {"3-7": 1.0})


def test_a_folder_without_any_task_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        SUITES["lawbench"](tmp_path)


@pytest.mark.parametrize(
    ("answer", "reference", "score"),
    [
        ("[金额]8500元<eoa>", "上文涉及到的犯罪金额:8500.0元。", 1.0),
        ("[金额]8500.5元<eoa>", "上文涉及到的犯罪金额:8500.0元。", 0.0),
        ("", "上文涉及到的犯罪金额:8500.0元。", 0.0),  # no answer
        ("8500元或者9000元", "上文涉及到的犯罪金额:8500.0元。", 0.0),  # one amount only
    ],
)
def test_accuracy_of_one_amount(answer: str, reference: str, score: float) -> None:
    assert SUMS["3-7"].measure([answer], [reference]) == [score]


@pytest.mark.parametrize(
    ("answer", "reference", "score"),
    [
        ("犯罪嫌疑人:甲某\n时间:当晚", "时间:当晚;犯罪嫌疑人:甲某", 1.0),  # order is free
        ("时间:当晚", "犯罪嫌疑人:甲某;时间:当晚", 2 / 3),  # a type missed
        ("时间:当晚\n地点:路口", "时间:当晚", 2 / 3),  # a type too many
        ("时间:当", "时间:当晚", 2 / 3),  # half of the characters
        ("", "", 1.0),
        ("时间:当晚", "", 0.0),
        ("", "时间:当晚", 0.0),
    ],
)
def test_soft_f1_over_types(answer: str, reference: str, score: float) -> None:
    assert soft_f1(answer, reference) == pytest.approx(score)


def test_character_f1_counts_repeats_and_not_marks() -> None:
    # a value given once where the reference has it twice covers half of it
    assert character_f1("甲某", "甲某、甲某") == pytest.approx(2 / 3)
    assert character_f1("“甲”", "甲") == 1.0
    assert by_type("没有这个类型:甲") == {}


def test_entities_are_answered_one_type_a_line() -> None:
    answer = ENTITIES["2-6"].answer(SENTENCE, "")
    assert "犯罪嫌疑人:卢某某" in answer.splitlines()
    assert "盗窃获利:300元" in answer.splitlines()
