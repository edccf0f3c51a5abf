"""The questions on reasoning, who answers them, and the comparison of models."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from chat_server import chat
from chat_server import serving as answering
from results import finding, result

from assistant.model import Endpoint
from assistant.model.memory import Memory
from assistant.review import Confirm, Reject, perform
from assistant.settings import Settings
from assistant.storage import open_store
from eval_sets.compare import compare, decided, settings_of, table
from eval_sets.finding_right import own as own_findings
from eval_sets.loopback import Handler, serving
from eval_sets.reasoning.answerers import ByProduct, Given, Naive
from eval_sets.reasoning.questions import Case, Question, documents, gold, labels, own, sample
from eval_sets.replay import hostile_server
from eval_sets.suites import SUITES
from eval_sets.suites.reasoning import Row, macro_f1, rows_of
from ingestion.errors import InputError
from knowledge_base import model_questions
from knowledge_base.rubric import criteria
from prompts import load


def _row(kind: str, label: str, given: str) -> Row:
    return Row(Question("1", kind, label, "own"), given, True)


def test_macro_f1_counts_every_answer_of_every_kind_once() -> None:
    rows = [_row("argument", "adopted", "adopted")] * 98
    rows += [_row("argument", "ignored", "adopted"), _row("dispute", "ignored", "ignored")]
    # adopted 196/197, argument ignored 0, dispute ignored 1
    assert macro_f1(rows) == pytest.approx((196 / 197 + 0 + 1) / 3)


def test_labels_are_answers_of_the_rubric() -> None:
    path = Path(__file__).parents[2] / "eval_sets" / "gold" / "reasoning.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) >= 300
    for row in rows:
        assert row["label"] in labels(row["question"]["kind"]), row
        assert row["part"] in ("first", "second", "held_out")
        assert set(row["question"]) <= {"kind", "start", "end", "topic"}, "no text is kept"
    assert {row["question"]["kind"] for row in rows} == set(criteria())


def test_no_document_stands_on_both_sides() -> None:
    path = Path(__file__).parents[2] / "eval_sets" / "gold" / "reasoning.jsonl"
    parts: dict[str, set[str]] = {}
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row["part"] != "first":
            parts.setdefault(row["id"], set()).add(row["part"])
    assert all(len(p) == 1 for p in parts.values())


def test_own_judgments_with_the_rare_answers() -> None:
    rows, unmatched = rows_of(own(), ByProduct())
    assert unmatched == 0
    wrong = [(r.question.id, r.question.label, r.given) for r in rows if not r.right]
    assert wrong == []
    told = Counter((r.question.kind, r.question.label) for r in rows)
    assert told["change", "unexplained"] >= 3
    assert told["recommendation", "refused_with_reason"] >= 3
    assert told["dispute", "asserted"] >= 2


@pytest.mark.data
def test_rules_on_the_labels(development_data: Path) -> None:
    result = SUITES["reasoning"](development_data / "judgments" / "dev.jsonl")
    metrics = result["metrics"]
    assert metrics["n"] >= 560
    assert metrics["unmatched"] == 0
    assert metrics["macro_f1"] >= 0.86
    assert metrics["per_part"]["held_out"]["macro_f1"] >= 0.85
    assert set(metrics["per_question"]) == set(criteria())
    for kind, measured in metrics["per_question"].items():
        assert measured["macro_f1"] > measured["baseline_macro_f1"], kind


@pytest.mark.data
def test_models_side_by_side_on_the_labels(development_data: Path, tmp_path: Path) -> None:
    data = development_data / "judgments" / "dev.jsonl"
    settings = Settings(home=tmp_path, cache=tmp_path)
    with hostile_server() as (url, said):
        compared = compare(["rules", f"{url}#replay"], data, settings, limit=60)
    rules, replay = compared["models"]
    assert rules["cost"]["calls"] == 0
    assert replay["cost"]["calls"] == sum(said.values()) > 0
    assert rules["unsure"]["n"] == replay["unsure"]["n"] > 0
    assert rules["macro_f1"]["interval"][0] <= rules["macro_f1"]["value"]
    lines = table(compared)
    assert len(lines) == 3
    assert "宏平均F1" in lines[0]


def test_models_side_by_side_on_what_the_office_decided(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path)
    with open_store(settings) as store:
        given = result(finding("CMP-006"), finding("LAW-001"), finding("REAS-002"))
        case_id = store.save_analysis(given, actor="李敏")
        acts = [Confirm(1), Confirm(2), Reject(3, reason="判决书第四页已经回应。")]
        perform(store, case_id, acts, actor="李敏")
    assert Counter(d.right for d in decided(settings)) == {True: 2, False: 1}
    compared = compare(["rules"], None, settings)
    assert compared["models"][0]["decided"]["value"] == pytest.approx(2 / 3)
    assert compared["models"][0]["macro_f1"] is None
    with answering(chat('{"right":"no"}')) as (url, asked):
        (told,) = compare([f"{url}#m"], None, settings)["models"]
    assert len(asked) == 3
    assert told["decided"]["value"] == pytest.approx(1 / 3), "it foretells the rejected one alone"


def _case(identity: str, length: int, *answers: tuple[str, str]) -> Case:
    return Case("某" * length, [Question(identity, kind, label, "own") for kind, label in answers])


def test_a_sample_is_whole_documents_short_ones_first_and_rare_answers_twice() -> None:
    often, rare = ("statute", "explained"), ("statute", "partial")
    cases = [_case(f"long{n}", 3000, often) for n in range(20)]
    cases += [_case(f"short{n}", 1000, often, often) for n in range(20)]
    cases += [_case(f"rare{n}", 2900, rare) for n in range(3)]
    taken = sample(cases, 12)
    told = Counter(q.label for case in taken for q in case.questions)
    assert told == {"explained": 10, "partial": 2}
    assert all(case in cases and len(case.text) < 3000 for case in taken)
    assert [c.text for c in sample(cases[::-1], 12)] == [c.text for c in taken], "always the same"
    assert len(sample(cases, 1000)) == len(cases)


def test_a_naive_run_broken_off_goes_on_where_it_stood(tmp_path: Path) -> None:
    asked: list[str] = []

    class Speaker(Handler):
        def do_GET(self) -> None:
            self.send(b'{"data": [{"id": "m"}]}')

        def do_POST(self) -> None:
            asked.append(self.asked()["messages"][-1]["content"])
            if len(asked) == 2:
                self.send(b"down", status=503)
                return
            said = json.dumps({"q1": "explained", "q2": "bare"})
            usage = {"prompt_tokens": 70, "completion_tokens": 9}
            reply = {"choices": [{"message": {"content": said}}], "usage": usage}
            self.send(json.dumps(reply).encode())

    two = (("statute", "explained"), ("statute", "bare"))
    one, other = _case("1", 10, *two), _case("2", 20, *two)
    memory = Memory(Settings(home=tmp_path, cache=tmp_path))
    with serving(Speaker) as url:
        endpoint = Endpoint(url=url, name="m", kind="configured")
        first = Naive(endpoint, memory)
        assert [g.verdict for g in first.answer(one) if g] == ["explained", "bare"]
        assert [g.verdict for g in first.answer(other) if g] == ["", ""], "not reached"
        assert first.cost.failed == 1
        again = Naive(endpoint, memory)
        rows, _ = rows_of([one, other], again)
    assert [row.given for row in rows] == ["explained", "bare"] * 2
    assert len(asked) == 3, "what was answered is not asked again"
    assert again.cost.prompt_tokens == 140, "and counts what it cost"
    assert again.cost.failed == 0


def test_nothing_to_compare_on_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有可供比较的内容"):
        compare(["rules"], None, Settings(home=tmp_path, cache=tmp_path))


@pytest.mark.parametrize(
    ("spec", "backend"),
    [
        ("http://10.0.0.8:8000/v1#qwen", "openai_compatible"),
        ("default", None),
    ],
)
def test_models_are_named(spec: str, backend: str | None, tmp_path: Path) -> None:
    settings = settings_of(spec, Settings(home=tmp_path, cache=tmp_path))
    assert settings.model_backend == backend


def test_a_gguf_file_and_a_directory_are_models(tmp_path: Path) -> None:
    base = Settings(home=tmp_path, cache=tmp_path)
    weights = tmp_path / "some.gguf"
    weights.touch()
    assert settings_of(str(weights), base).model_backend == "llama_cpp"
    assert settings_of(str(tmp_path), base).model_backend == "transformers"
    with pytest.raises(InputError, match="无法识别模型"):
        settings_of("没有的模型", base)


def test_the_default_model_is_asked_only_where_it_was_measured_to_help() -> None:
    rows = model_questions.all()
    assert {r.question for r in rows} >= {"argument_adopted", "argument_ignored"}
    for row in rows:
        if row.ask:
            assert row.model_right > row.rules_right
            assert (row.precision or 1) >= model_questions.LEAST_PRECISION
        assert model_questions.asks(row.question, row.model + "0" * 48) is row.ask
        assert not load(row.prompt).stale, "the figures are of the prompt as it stands"
    assert model_questions.asks("argument_ignored", "f" * 64), "one that nobody measured is asked"
    assert model_questions.asks("argument_ignored", None)


def test_documents_are_read_from_a_folder_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text_id": "1", "fd": "甲"}\n\n{"other": 1}\n', encoding="utf-8")
    assert documents(file) == documents(tmp_path) == {"1": "甲"}
    assert gold(file) == []


def test_a_question_that_cannot_be_found_is_counted(tmp_path: Path) -> None:
    class Lost:
        def answer(self, case: Case) -> list[Given | None]:
            return [None for _ in case.questions]

    case = Case("某某", [Question("1", "argument", "adopted", "own", words="某某")])
    assert rows_of([case], Lost())[1] == 1  # type: ignore[arg-type]


def test_each_kind_of_finding_is_once_right_and_once_a_false_alarm() -> None:
    rows = own_findings()
    assert len(rows) >= 24
    told = Counter((row.title, row.right) for row in rows)
    assert set(told.values()) == {1}
    assert {title for title, _ in told} == {row.title for row in rows if row.right}
