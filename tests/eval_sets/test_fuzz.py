"""The fuzz target itself: inputs can be made again, and what it must catch it catches."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from eval_sets.fuzz import target
from eval_sets.fuzz.__main__ import main
from eval_sets.fuzz.target import Task, attempt, material
from ingestion.errors import NoText


def test_an_input_follows_from_its_number() -> None:
    made = [material(Task(5, number)) for number in range(40)]
    assert len({kind for kind, _, _ in made}) >= 5
    again = [material(Task(5, number)) for number in range(40)]
    assert made == again
    assert made != [material(Task(6, number)) for number in range(40)]


@pytest.mark.timeout(120)
def test_a_few_inputs_end_in_a_document_or_a_sentence() -> None:
    outcomes = [attempt(Task(11, number)) for number in range(60)]
    assert [o.trace for o in outcomes if o.trace] == []


def _number_of(kind: str) -> int:
    return next(n for n in range(200) if material(Task(3, n))[0] == kind)


def _defect(*_: object) -> None:
    raise KeyError("defect")


def _half_a_sentence(*_: object) -> None:
    raise NoText("no")


def _endless(*_: object) -> None:
    while True:
        pass


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("what", "word"),
    [(_defect, "KeyError"), (_half_a_sentence, "no sentence"), (_endless, "Hang")],
)
def test_a_defect_a_bad_message_and_a_hang_are_failures(
    what: object, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, "HANGS_AFTER", 0.2)
    monkeypatch.setattr(target, "read_document", what)
    outcome = attempt(Task(3, _number_of("text")))
    assert outcome.result == "FAILED"
    assert word in (outcome.trace or "")


@pytest.mark.timeout(60)
def test_a_failed_input_is_kept_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(target, "parse", _defect)
    number = _number_of("parse")
    arguments = ["--seed", "3", "--only", str(number), "--keep", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["fuzz", *arguments])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 1
    assert (tmp_path / f"{number}.txt").exists()
    said = capsys.readouterr().out
    assert "inputs 1, failed 1" in said
    assert "KeyError" in said
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
