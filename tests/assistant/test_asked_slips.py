"""The model asked about suspicious sentences: it picks an edit that code proposes, or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chat_server import chat, serving
from check_samples import INDICTMENT, case

from assistant.checks import asked_slips
from assistant.checks.standing import standings
from assistant.drafting.report import draft
from assistant.model.endpoint import Endpoint
from assistant.model.gateway import Gateway
from assistant.settings import Settings
from knowledge_base import model_questions

WRITTEN, MEANT = "动河童合", "动合同合"
DOUBTFUL = INDICTMENT.replace("经依法审查查明：", f"双方签订的劳{WRITTEN}法有效。")


def test_the_sample_has_its_place() -> None:
    assert WRITTEN in DOUBTFUL


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"edit": 1}, [(WRITTEN, MEANT)]),
        ({"edit": 0}, []),  # nothing is wrong
        ({"edit": 9}, []),  # an edit that was not proposed
        ({"edit": "改为“无罪”"}, []),  # words of its own
    ],
)
def test_only_an_edit_that_was_proposed_is_shown(
    said: dict[str, object], found: list[tuple[str, str]], tmp_path: Path
) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path)
    whole = case(DOUBTFUL)
    with serving(chat(json.dumps(said, ensure_ascii=False))) as (url, asked):
        gateway = Gateway(Endpoint(url=url, name="m", kind="configured"), settings)
        told = asked_slips.asked(whole, [], standings(), gateway)
    assert asked
    assert WRITTEN in asked[0]["messages"][-1]["content"]
    assert [f.message for f in told] == [f"“{w}”疑为“{r}”之误。" for w, r in found]
    for finding in told:
        assert (finding.source, finding.code) == ("model", "LANG-001")
        (span,) = finding.evidence
        document = whole.documents["indictment"]
        assert document.text[span.start : span.end] == span.quote


def test_a_model_that_was_measured_to_be_wrong_too_often_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The endpoint says it has the default weights, whose figures stand in the table."""
    (row,) = [r for r in model_questions.all() if r.question == asked_slips.QUESTION]
    assert not row.ask
    monkeypatch.setattr(Endpoint, "model_hash", lambda self: row.model + "0" * 48)
    with serving(chat("{}")) as (url, asked):
        settings = Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="m")
        draft(case(DOUBTFUL), [], model=True, settings=settings)
    assert asked == []


def test_another_model_is_asked_and_its_slip_stands_beside_the_rules_findings(
    tmp_path: Path,
) -> None:
    with serving(chat('{"edit":1}')) as (url, _):
        settings = Settings(home=tmp_path, cache=tmp_path, model_url=url, model_name="m")
        drafted = draft(case(DOUBTFUL), [], model=True, settings=settings)
    assert [(f.code, f.source) for f in drafted.findings] == [("LANG-001", "model")]
