"""A small form of the load suite: people at work on a real server, and kill -9 among them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_what_was_accepted_survives_kills_under_load() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "eval_sets.load", "--users", "4", "--seconds", "6", "--kills", "2"],
        capture_output=True,
        text=True,
        timeout=390,
    )
    told = json.loads(done.stdout)
    assert told["kills"] == 2
    assert told["accepted"]["uploads"] > 0
    assert told["lost"] == {"uploads": [], "unfinished": [], "decisions": []}
    assert told["errors"] == []
    assert told["audit_clean"]
