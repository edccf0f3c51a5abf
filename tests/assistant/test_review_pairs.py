"""What people changed in the program's words is kept as pairs for later tuning."""

from __future__ import annotations

import json
from pathlib import Path

from results import finding, result
from typer.testing import CliRunner

from assistant import review
from assistant.cli_model import app
from assistant.review.pairs import pairs
from assistant.settings import Settings, load
from assistant.storage import open_store

WORDED = "起诉书指控的盗窃数额为8600元，判决书认定为6800元。"
MODEL = {
    "calls": 1,
    "wordings": [
        {
            "code": "CMP-006",
            "template": "盗窃数额：起诉书 8600元，判决书 6800元",
            "wording": WORDED,
            "prompt": "finding_wording",
            "prompt_version": 1,
        }
    ],
}
BETTER = "起诉书指控盗窃8600元，判决书认定6800元，相差部分系鉴定意见变更所致。"


def test_an_edit_gives_a_pair_with_the_prompt_that_wrote_it(tmp_path: Path) -> None:
    given = result(finding("CMP-006", message=WORDED), finding("FMT-002"), model=MODEL)
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(given, actor="李敏")
        review.edit(store, case_id, 1, "李敏", message=BETTER)
        review.edit(store, case_id, 2, "李敏", suggestion="核对后补正。")
        worded, ruled = pairs(store)
    assert (worded.before, worded.after) == (WORDED, BETTER)
    assert (worded.prompt, worded.prompt_version) == ("finding_wording", 1)
    assert worded.template == "盗窃数额：起诉书 8600元，判决书 6800元"
    assert (ruled.field, ruled.after, ruled.prompt) == ("suggestion", "核对后补正。", None)


def test_what_was_taken_back_or_only_weighed_anew_is_no_pair(tmp_path: Path) -> None:
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(result(), actor="李敏")
        review.edit(store, case_id, 1, "李敏", message="改错的话。")
        review.reopen(store, case_id, 1, "李敏", "改错了")
        review.edit(store, case_id, 2, "李敏", severity="minor", reason="影响不大")
        review.reject(store, case_id, 3, "李敏", "不是问题")
        assert pairs(store) == []


def test_an_edit_carried_to_a_newer_version_counts_once_and_can_be_taken_back(
    tmp_path: Path,
) -> None:
    first = result(finding("CMP-006"))
    newer = result(finding("CMP-006"), finding("FMT-002"))
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(first, actor="李敏")
        review.edit(store, case_id, 1, "李敏", message=BETTER)
        assert store.save_analysis(newer, actor="李敏") == case_id
        assert [p.after for p in pairs(store)] == [BETTER]
        review.reopen(store, case_id, 1, "李敏", "再看")
        assert pairs(store) == []


def test_the_command_writes_lines_for_this_user_alone(settings_home: Path, tmp_path: Path) -> None:
    with open_store(load()) as store:
        case_id = store.save_analysis(result(), actor="李敏")
        review.edit(store, case_id, 1, "李敏", message=BETTER)
    out = tmp_path / "pairs.jsonl"
    done = CliRunner().invoke(app, ["pairs", "--out", str(out)])
    assert done.exit_code == 0, done.output
    (row,) = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert row["after"] == BETTER
    assert row["rules"]
    assert out.stat().st_mode & 0o077 == 0
