"""Fifty kill -9 of server, worker and both: nothing accepted is lost, nothing stands twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings
from eval_sets import kills

RUNS = 50


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    verdict = kills.run(Settings(home=tmp_path / "home", cache=tmp_path / "cache"), RUNS)
    assert sum(verdict.kills.values()) == RUNS
    assert verdict.accepted >= RUNS / 5, "the kills must meet work"
    assert verdict.holds, verdict
