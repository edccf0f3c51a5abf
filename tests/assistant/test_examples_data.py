"""The real examples that the catalogue of checks ends with: caught, or left alone, as it says."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.reasoning.assess import assess
from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

pytestmark = pytest.mark.data

CAUGHT = {
    "d2ba6045": {"SENT-004", "CMP-015"},
    "996a2d25": {"SENT-004", "SENT-005", "SENT-013", "CMP-028"},
    "34f56e49": {"CMP-015", "CMP-016", "REAS-005"},
    "c623d28e": {"CMP-015", "CMP-016", "REAS-005"},
    "76baa23b": {"CMP-015", "REAS-005"},
    "ffdb178c": {"CMP-016"},
    "e4f332a0": {"CMP-006"},
    "829739f7": {"SENT-009"},
    "bbec22e9": {"SENT-009"},
}
LEFT_ALONE = {
    "972dafa6": {"CMP-015", "CMP-016", "SENT-008"},  # counsel's proposal is no recommendation
    "3921a810": {"CMP-015", "CMP-006"},  # a recommendation for each charge, one sentence for all
    "264dd169": {"CMP-006"},  # two charges written in one row
    "bbc01ee6": {"CMP-006"},
}


@cache
def _judgments(data: Path) -> dict[str, CaseDocument]:
    wanted = CAUGHT.keys() | LEFT_ALONE.keys()
    found = {}
    for line in (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        short = row["text_id"][:8]
        if short in wanted:
            found[short] = parse(source_from_text(row["fd"], file=short))
            found[short].role = "judgment"
    return found


def _codes(document: CaseDocument, asked: set[str]) -> set[str]:
    case = CaseFile({"judgment": document})
    told = {finding.code for finding in assess(document, None, None, None).findings()}
    for code in asked & registry.registered().keys():
        if any(isinstance(result, registry.Hit) for _, result in registry.results(code, case)):
            told.add(code)
    return told


@pytest.mark.parametrize("short", CAUGHT)
def test_caught(short: str, development_data: Path) -> None:
    assert _codes(_judgments(development_data)[short], CAUGHT[short]) >= CAUGHT[short]


@pytest.mark.parametrize("short", LEFT_ALONE)
def test_left_alone(short: str, development_data: Path) -> None:
    told = _codes(_judgments(development_data)[short], LEFT_ALONE[short])
    assert not told & LEFT_ALONE[short]
