"""The case card: three forms read alike, and each side of a difference weighed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from check_samples import INDICTMENT, JUDGMENT, case, changed
from openpyxl import Workbook

from assistant.cards import card_of, read_card
from assistant.casefile import CaseFile
from assistant.checks import gold, registry
from assistant.findings import Finding
from ingestion.errors import InputError
from knowledge_base.card_fields import fields

CARD: dict[str, Any] = json.loads(gold.sample("card", "card"))


def _cell(value: Any) -> Any:
    return "；".join(value) if isinstance(value, list) else value


def _rows() -> tuple[list[str], list[Any]]:
    flat = {**CARD["case"], **CARD["people"][0]}
    return list(flat), [_cell(value) for value in flat.values()]


def _csv(encoding: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(_rows())
    return stream.getvalue().encode(encoding)


def _xlsx(sheets: int) -> bytes:
    book = Workbook()
    parts = [CARD["case"], CARD["people"][0]] if sheets == 2 else [dict(zip(*_rows(), strict=True))]
    for number, part in enumerate(parts):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.append(list(part))
        sheet.append([_cell(value) for value in part.values()])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("案卡.json", json.dumps(CARD).encode()),
        ("flat.json", json.dumps({**CARD["case"], "人员": CARD["people"]}).encode()),
        ("utf8.csv", _csv("utf-8-sig")),
        ("gb.csv", _csv("gb18030")),
        ("one sheet.xlsx", _xlsx(1)),
        ("two sheets.xlsx", _xlsx(2)),
    ],
)
def test_every_form_reads_alike(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert card_of(read_card(tmp_path / name)).document.text == card_of(CARD).document.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[1]"),
        ("a.json", b"{"),
        ("a.json", b'{"case": {"x": 1}}'),
        ("a.json", json.dumps({"people": ["林志远"]}).encode()),
        ("a.xlsx", b"PK\x03\x04nonsense"),
        ("a.csv", b"\xff\xff\xff"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.docx", b""),
    ],
)
def test_what_is_no_card_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match="案卡“a"):
        read_card(tmp_path / name)


def test_every_field_is_in_the_document_of_the_format() -> None:
    told = (Path(__file__).parents[2] / "docs" / "case-card.md").read_text("utf-8")
    assert [f.key for f in fields().values() if f"| {f.name} | `{f.key}` |" not in told] == []


def test_each_entry_stands_where_it_says() -> None:
    card = card_of(CARD)
    for entries in (card.case, *card.people):
        for entry in entries.values():
            assert card.document.text[entry.span.start : entry.span.end] == entry.span.quote
            assert entry.span.quote == f"{entry.field.name}：{entry.text}"


@pytest.mark.parametrize("written", ["2023-05-18", "2023/5/18", "2023年5月18日", "20230518"])
def test_dates_as_people_write_them(written: str) -> None:
    day = card_of({"case": {"受理日期": written}}).case["accepted"].day
    assert day is not None
    assert day.isoformat() == "2023-05-18"


def _findings(
    person: dict[str, Any] | None = None,
    whole: dict[str, Any] | None = None,
    indictment: str = INDICTMENT,
) -> list[Finding]:
    card = {
        "case": CARD["case"] | (whole or {}),
        "people": [CARD["people"][0] | (person or {})],
    }
    documents = case(indictment, JUDGMENT).documents
    return [f for f in registry.run(CaseFile(documents, card))[0] if f.code.startswith("CARD")]


def test_a_right_card_says_nothing() -> None:
    assert _findings() == []


@pytest.mark.parametrize(
    ("person", "whole", "changes", "code", "words"),
    [
        ({"出生日期": "1990-05-21"}, {}, (), "CARD-010", "案卡有误的可能大"),
        ({}, {}, (("1990年5月12日", "1990年5月21日"),), "CARD-010", "文书有误的可能大"),
        ({}, {"受理日期": "2023-05-08"}, (("本院受理后", "本院于2023年5月18日受理后"),), "CARD-003", "前后步骤的先后不合，案卡有误"),
        ({"起诉罪名": ["诈骗罪"]}, {}, (), "CARD-002", "文书中有"),
        ({"民族": "回族"}, {}, (), "CARD-010", "案卡由人工录入"),
    ],
)  # fmt: skip
def test_which_side_is_likelier_wrong(
    person: dict[str, Any],
    whole: dict[str, Any],
    changes: tuple[tuple[str, str], ...],
    code: str,
    words: str,
) -> None:
    card = {"case": CARD["case"] | whole, "people": [CARD["people"][0] | person]}
    documents = case(changed(INDICTMENT, changes)).documents
    told = [r for _, r in registry.results(code, CaseFile(documents, card))]
    reasons = [r.fields["likelier"] for r in told if isinstance(r, registry.Hit)]
    assert any(words in reason for reason in reasons), reasons


def test_a_wrong_birth_date_is_one_finding_whoever_sees_it() -> None:
    """Number of the card, the judgment and the case card all contradict the indictment."""
    wrong = changed(INDICTMENT, (("1990年5月12日", "1990年5月21日"),))
    documents = case(wrong, JUDGMENT).documents
    (one,) = registry.run(CaseFile(documents, CARD))[0]
    assert {span.role for span in one.evidence} == {"indictment", "judgment", "card"}


def test_a_masked_name_and_a_shorter_word_are_no_difference() -> None:
    assert _findings({"姓名": "林某远", "民族": "汉", "证件号码": "1101011990****0035"}) == []


def test_the_card_is_asked_for_once() -> None:
    _, undecided = registry.run(case(INDICTMENT, JUDGMENT))
    assert [u.reason for u in undecided if u.code.startswith("CARD")] == ["无法判断：缺案卡"]
    _, undecided = registry.run(case(INDICTMENT))
    assert not [u for u in undecided if u.code.startswith("CARD")]
