"""Changes of the tables in words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from knowledge_base import diff

OLD = """\
table: thresholds
version: 1
rows:
  - {charge: 盗窃罪, tier: 1, low: [1000, 3000], effective_from: 2013-04-04, source: 甲}
  - {charge: 盗窃罪, tier: 2, low: [30000, 100000], effective_from: 2013-04-04, source: 甲}
  - {charge: 抢夺罪, tier: 1, low: [1000, 1000], effective_from: 2013-11-18, source: 乙}
"""


def _tables(folder: Path, text: str, name: str = "thresholds") -> diff.Tables:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    return diff.of_folder(folder)


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (  # a figure
            "tier: 1, low: [1000, 3000]",
            "tier: 1, low: [2000, 3000]",
            "【数额标准表】盗窃罪 第1档（2013-04-04起）：入档数额（元）由“1000至3000”改为“2000至3000”。",
        ),
        (  # a row closed
            "tier: 2, low: [30000, 100000], effective_from: 2013-04-04",
            "tier: 2, low: [30000, 100000], effective_from: 2013-04-04, effective_to: 2026-12-31",
            "【数额标准表】盗窃罪 第2档（2013-04-04至2026-12-31）：停用日定为“2026-12-31”。",
        ),
        (  # a row gone
            "  - {charge: 抢夺罪, tier: 1, low: [1000, 1000], effective_from: 2013-11-18, source: 乙}\n",
            "",
            "【数额标准表】删去：抢夺罪 第1档（2013-11-18起）（入档数额（元）1000；依据乙）。",
        ),
        (  # a second source
            "2013-11-18, source: 乙",
            "2013-11-18, source: 丙",
            "【数额标准表】抢夺罪 第1档（2013-11-18起）：依据由“乙”改为“丙”。",
        ),
    ],
)
def test_one_change(tmp_path: Path, before: str, after: str, line: str) -> None:
    old = _tables(tmp_path / "old", OLD)
    new = _tables(tmp_path / "new", OLD.replace(before, after))
    assert diff.describe(old, new) == [line]


def test_a_new_version_of_a_row_pairs_with_the_row_of_its_days(tmp_path: Path) -> None:
    old = _tables(tmp_path / "old", OLD)
    closed = OLD.replace(
        "low: [1000, 1000], effective_from: 2013-11-18",
        "low: [1000, 1000], effective_from: 2013-11-18, effective_to: 2026-04-30",
    )
    added = (
        "  - {charge: 抢夺罪, tier: 1, low: [2000, 2000], effective_from: 2026-05-01, source: 丁}\n"
    )
    lines = diff.describe(old, _tables(tmp_path / "new", closed + added))
    assert len(lines) == 2
    assert "停用日定为“2026-04-30”" in lines[0]
    assert lines[1].startswith("【数额标准表】新增：抢夺罪 第1档（2026-05-01起）")


def test_tiers_words_and_fines_in_words(tmp_path: Path) -> None:
    row = (
        "table: crimes\nversion: 1\nrows:\n"
        "  - {{charge: 甲罪, source: 刑法, tiers: [{{months: [6, {top}], fine: {fine}, words: [{words}]}}]}}\n"
    )
    old = _tables(tmp_path / "old", row.format(top=36, fine="must", words="数额较大"), "crimes")
    new = _tables(
        tmp_path / "new", row.format(top=60, fine="may", words="数额较大, 情节严重"), "crimes"
    )
    assert diff.describe(old, new) == [
        "【个罪表】甲罪：法定刑档第1项有期徒刑由“6个月至3年”改为“6个月至5年”；"
        "法定刑档第1项罚金由“并处”改为“可以并处”；法定刑档第1项法律用语增加“情节严重”。"
    ]


def test_one_word_means_what_its_field_makes_of_it(tmp_path: Path) -> None:
    row = (
        "table: circumstances\nversion: 1\nrows:\n"
        "  - {{key: x, name: 某情节, source: 刑法, strength: {strength}, directions: [{way}]}}\n"
    )
    old = _tables(tmp_path / "old", row.format(strength="may", way="lighter"), "circumstances")
    new = _tables(tmp_path / "new", row.format(strength="must", way="mitigated"), "circumstances")
    assert diff.describe(old, new) == [
        "【量刑情节表】x 某情节：法律效力由“可以”改为“应当”；"
        "从宽从严方向增加“减轻”；从宽从严方向删去“从轻”。"
    ]


def test_same_tables_have_no_differences_and_missing_ones_are_told(tmp_path: Path) -> None:
    old = _tables(tmp_path / "old", OLD)
    assert diff.describe(old, old) == []
    both = dict(old) | {"drugs": old["thresholds"]}
    assert diff.describe(old, both) == ["【毒品数量表】新增，共3行。"]
    assert diff.describe(both, old) == ["【毒品数量表】整张表删去。"]


def test_git_revisions(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge_base" / "tables"
    folder.mkdir(parents=True)

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=t", "-c", "user.email=t@example.invalid"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q")
    for text in (OLD, OLD.replace("3000]", "5000]")):
        (folder / "thresholds.yaml").write_text(text, "utf-8")
        git("add", ".")
        git("commit", "-qm", "x")
    old, new = (diff.of_revision(r, tmp_path) for r in ("HEAD~1", "HEAD"))
    assert diff.describe(old, new) == [
        "【数额标准表】盗窃罪 第1档（2013-04-04起）：入档数额（元）由“1000至3000”改为“1000至5000”。"
    ]


@pytest.mark.parametrize("where", ["no-such-revision", "--help", ""])
def test_neither_folder_nor_revision(where: str) -> None:
    with pytest.raises(diff.NoTables, match="git"):
        diff.of_revision(where)


def test_broken_or_empty_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(diff.NoTables, match="没有规则表"):
        diff.of_folder(tmp_path)
    with pytest.raises(diff.NoTables, match="不是 YAML"):
        _tables(tmp_path, "rows: [")
    with pytest.raises(diff.NoTables, match="rows"):
        _tables(tmp_path, "a: 1")
