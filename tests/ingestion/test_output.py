"""The JSON form of a document, and reading a file from disk to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingestion import parse, read_document, read_source
from ingestion.model import CaseDocument
from ingestion.output import document_json
from tests.samples import CIVIL_JUDGMENT, INDICTMENT, JUDGMENT

KEYS = {
    "type", "type_name", "title", "number", "cited_number", "court", "procuratorate", "police",
    "instance", "procedure", "plea_leniency", "dates", "defendants", "statutes", "circumstances",
    "amounts", "quantities", "impossible_dates", "derived_dates", "facts", "arguments", "answers", "orders", "sections", "spans",
    "addressee", "signatories", "attachments", "returns", "extensions", "informed", "heard",
    "non_prosecution", "stage", "proposal", "disposition", "appeal",
}  # fmt: skip

SENTENCE = {
    "main", "months", "days", "detention", "control", "life", "death", "death_reprieve",
    "suspended", "probation_months", "fine_fen", "fine_only", "confiscation_fen",
    "confiscate_all", "deprivation_months", "deprivation_life", "exempt", "acquitted",
    "deportation",
}  # fmt: skip


@pytest.fixture
def judgment(parse_text: Callable[[str], CaseDocument]) -> dict[str, Any]:
    return document_json(parse_text(JUDGMENT))


def test_the_form_that_others_read(judgment: dict[str, Any]) -> None:
    assert set(judgment) == KEYS
    assert (judgment["type"], judgment["type_name"]) == ("judgment", "刑事判决书")
    assert judgment["dates"]["issued"] == "2023-05-25"
    (person,) = judgment["defendants"]
    assert person["name"] == "罗庆生"
    assert person["charges"] == person["accused_of"] == ["危险驾驶罪"]
    verdict = person["verdict"]["危险驾驶罪"]
    assert set(verdict) == SENTENCE
    assert (
        verdict | {"detention": True, "months": 1, "suspended": True, "probation_months": 2}
        == verdict
    )
    assert verdict["fine_fen"] == 300000
    assert person["combined"] is None
    assert person["recommendation"]["low"] == {"months": 1, "days": 0}


def test_statutes_are_given_to_the_item(judgment: dict[str, Any]) -> None:
    first = judgment["statutes"][0]
    assert {k: first[k] for k in ("law", "article", "sub", "paragraph", "item", "speaker")} == {
        "law": "中华人民共和国刑法",
        "article": 133,
        "sub": 1,
        "paragraph": 1,
        "item": 2,
        "speaker": "court",
    }


def test_every_span_quotes_the_text(parse_text: Callable[[str], CaseDocument]) -> None:
    for text in (INDICTMENT, JUDGMENT):
        doc = parse_text(text)
        spans = document_json(doc)["spans"]
        assert {"number", "court", "dates.issued", "defendants.0.name"} <= set(spans)
        assert all(doc.text[s["start"] : s["end"]] == s["quote"] for s in spans.values())


def test_dates_are_cut_to_what_the_document_gives(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    masked = INDICTMENT.replace("1988年6月9日出生", "1988年**月**日出生")
    assert document_json(parse_text(masked))["defendants"][0]["birth"] == "1988"


def test_it_is_plain_json(judgment: dict[str, Any]) -> None:
    assert json.loads(json.dumps(judgment, ensure_ascii=False))["court"] == judgment["court"]


def test_an_unknown_document_keeps_its_title_and_nothing_else(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    form = document_json(parse_text(CIVIL_JUDGMENT))
    assert (form["type"], form["title"]) == ("unknown", "民事判决书")
    assert form["defendants"] == form["statutes"] == form["sections"] == []


@pytest.mark.parametrize("name", ["起诉书.txt", "judgment.txt"])
def test_the_files_name_decides_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(JUDGMENT, "gb18030")
    doc = read_document(path)
    assert doc.type == "judgment"
    assert doc.source.file == name


def test_reading_is_the_reader_and_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(INDICTMENT, "utf-8")
    assert document_json(read_document(path)) == document_json(parse(read_source(path)))
