"""What people said of the program's findings on development documents: right, or a false alarm.

`check_hits.jsonl`: `{"id", "code", "place", "right"}`, `place` the digest of the words pointed
at; no sentence. A verdict on a finding that the program no longer gives is kept.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assistant.findings import Finding
from eval_sets.gold.digest import digest

VERDICTS = Path(__file__).parent / "check_hits.jsonl"


class Key(NamedTuple):
    """What a verdict is about: document, check, digest of the words pointed at."""

    id: str
    code: str
    place: str


def key(identity: str, finding: Finding) -> Key:
    return Key(identity, finding.code, digest(identity, finding.evidence[0].quote))


@lru_cache
def verdicts(path: Path = VERDICTS) -> dict[Key, bool]:
    """The judged findings: whether each was right."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    return {Key(row["id"], row["code"], row["place"]): row["right"] for row in rows}
