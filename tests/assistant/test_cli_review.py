"""The terminal and the scripts decide by the same rules."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from results import finding, result
from rich.console import Console
from typer.testing import CliRunner

from assistant.audit import verify
from assistant.cli_review import app
from assistant.review.terminal import review_case
from assistant.settings import Settings
from assistant.storage import Store, open_store


@pytest.fixture
def store(settings_home: Path, settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


@pytest.fixture
def case_id(store: Store) -> str:
    """Findings: 1 minor, 2 serious, 3 moderate."""
    return store.save_analysis(
        result(finding("FMT-002", "minor"), finding("CMP-006", "serious"), finding("DATE-004")),
        actor="李敏",
    )


def _run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.stdout, done.stderr


def test_a_script_decides_signs_and_reads_the_result(case_id: str, tmp_path: Path) -> None:
    code, out, _ = _run(
        case_id, "--confirm", "1", "--confirm", "2", "--reject", "3", "--reason", "已延长期限",
        "--sign", "--actor", "李敏", "--json", "-", "--report", str(tmp_path / "r.docx"),
    )  # fmt: skip
    told = json.loads(out)
    assert code == 0
    assert [f["status"] for f in told["findings"]] == ["confirmed", "confirmed", "rejected"]
    assert told["signature"]["actor"] == "李敏"
    assert (tmp_path / "r.docx").read_bytes().startswith(b"PK")


def test_a_script_edits(case_id: str) -> None:
    _, out, _ = _run(
        case_id, "--edit", "2", "--message", "数额相差1800元。", "--severity", "moderate",
        "--reason", "已退赃", "--actor", "王强", "--json", "-",
    )  # fmt: skip
    edited = json.loads(out)["findings"][1]
    assert (edited["message"], edited["severity"]) == ("数额相差1800元。", "moderate")
    assert edited["original"]["severity"] == "serious"


REFUSED = [
    (["--reject", "1"], "驳回第 1 项须写明理由", "no reason"),
    (["--confirm", "7"], "没有第 7 项", "no such number"),
    (["--confirm", "1", "--sign"], "不能签署", "open findings of weight"),
    (["--report", "r.xls"], "不能存为", "no such format"),
]


@pytest.mark.parametrize(("arguments", "sentence", "why"), REFUSED)
def test_refusals_are_one_line_and_exit_2(
    store: Store, case_id: str, arguments: list[str], sentence: str, why: str
) -> None:
    code, out, err = _run(case_id, *arguments, "--actor", "李敏")
    assert (code, out) == (2, ""), why
    assert sentence in err
    assert err.count("\n") == 1
    assert store.case(case_id).counts == {"draft": 3}


def test_an_unknown_case_is_bad_input() -> None:
    code, _, err = _run("zzzzzzzz", "--json", "-")
    assert (code, err) == (2, "没有编号为“zzzzzzzz”的案件。\n")


def test_the_list_names_every_case(case_id: str) -> None:
    code, out, _ = _run("list", "--json", "-")
    assert code == 0
    assert [case["id"] for case in json.loads(out)["cases"]] == [case_id]
    assert case_id in _run("list")[1]


def _review(store: Store, case_id: str, answers: list[str]) -> str:
    shown = io.StringIO()
    given = iter(answers)
    console = Console(file=shown, width=100)
    review_case(store, case_id, actor="李敏", console=console, ask=lambda _: next(given))
    return shown.getvalue()


def test_at_the_terminal_the_worst_comes_first_and_signing_ends_it(
    store: Store, case_id: str
) -> None:
    shown = _review(store, case_id, ["y", "e", "期间有误。", "", "", "", "n", "格式无误", "签署"])
    assert (
        shown.index("第 2 项（1/3）")
        < shown.index("第 3 项（2/3）")
        < shown.index("第 1 项（3/3）")
    )
    assert "“涉案手机价值人民币8600元（CMP-006）”" in shown
    assert "起诉书第2页" in shown
    assert [f.status for f in store.findings(case_id)] == ["rejected", "confirmed", "edited"]
    assert store.case(case_id).signature is not None
    assert verify(store) == []


def test_a_refusal_at_the_terminal_asks_again(store: Store, case_id: str) -> None:
    shown = _review(store, case_id, ["n", "", "x", "y", "s", "q"])
    assert "驳回第 2 项须写明理由" in shown
    assert store.case(case_id).counts == {"confirmed": 1, "draft": 2}


def test_a_signed_case_is_only_shown(store: Store, case_id: str) -> None:
    _review(store, case_id, ["y", "y", "y", "签署"])
    assert "已由 李敏 签署" in _review(store, case_id, [])


def test_the_end_of_input_leaves_everything_as_it_is(store: Store, case_id: str) -> None:
    code, _, _ = _run(case_id, "--actor", "李敏")
    assert code == 0
    assert store.case(case_id).counts == {"draft": 3}
