"""`assistant cases` as users meet it, with the embedding absent: words still find cases."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from samples import JUDGMENT

from assistant.cli import main
from knowledge_base.casebank.store import Store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a verb in an office whose embedding is not there: (exit code, out, err)."""
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSISTANT_EMBEDDING", str(tmp_path / "no model"))

    def run(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["assistant", "cases", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, told.out, told.err

    return run


def test_a_bank_from_import_to_restore(run: Run, tmp_path: Path) -> None:
    (tmp_path / "判决.txt").write_text(JUDGMENT)
    code, out, err = run("import", str(tmp_path / "判决.txt"))
    assert (code, out.splitlines()[0]) == (0, "入库 1 件，替换 0 件，已在库中 0 件。")
    assert "不是 sentence-transformers 模型文件夹" in err
    assert "只能按字词检索" in out
    code, out, _ = run("stats", "--json", "-")
    assert json.loads(out)["charges"] == {"危险驾驶罪": 1}
    assert json.loads(out)["unembedded"] == 1
    assert run("backup", str(tmp_path / "备份.zip"))[0] == 0
    assert run("remove", "1")[:2] == (0, "已删去编号为 1 的案例。\n")
    code, _, err = run("restore", str(tmp_path / "备份.zip"))
    assert (code, "--replace" in err) == (2, True)
    code, out, _ = run("restore", str(tmp_path / "备份.zip"), "--replace")
    assert (code, out) == (0, "已恢复案例 1 件；首次检索时会先建索引。\n")
    code, out, _ = run("reindex")
    assert (code, out) == (0, "索引已重建：1 段，向量模型：无。\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "没有这个文件夹"), "找不到"),  # no input
        (("stats",), "没有案例库"),  # no bank yet
        (("remove", "7"), "没有案例库"),  # the same
        (("restore", "没有这个备份.zip"), "找不到备份"),  # no backup
        (("backup", "/proc/不能写/b.zip"), "没有案例库"),  # nothing to back up
    ],
)
def test_refusals_are_one_sentence(
    run: Run, words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert told in err.strip().splitlines()[-1]
    assert not (tmp_path / "home").exists()


def test_vectors_are_not_thrown_away_for_want_of_the_model(run: Run, tmp_path: Path) -> None:
    """A bank with vectors is only made anew where its embedding is there: exit code 3."""
    (tmp_path / "判决.txt").write_text(JUDGMENT)
    run("import", str(tmp_path / "判决.txt"))
    store = Store(tmp_path / "home" / "cases")
    with store.change():
        store.set(model="some@1", dimension="4")
    store.close()
    code, _, err = run("reindex")
    assert (code, "不是 sentence-transformers 模型文件夹" in err) == (3, True)
