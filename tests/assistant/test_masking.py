"""The version that may leave the office names nobody; the workbook holds nothing that runs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from docx import Document
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from office import case, person
from openpyxl import load_workbook
from results import evidence, finding, result

from assistant import review
from assistant.accounts import UserRole
from assistant.overview.problems import problem_list
from assistant.overview.scope import Scope
from assistant.quality import exports, grades, objections, steps
from assistant.quality.errors import NotSigned
from assistant.reports.masking import NOTE, masked
from assistant.reports.problem_list import HEADERS, safe, to_xlsx
from assistant.settings import Settings
from assistant.storage import Store, open_store


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with open_store(settings) as opened:
        yield opened


GONE = [
    ("被告人韩立成于2023年3月盗窃手机一部", "韩立成", "a defendant, as the case names him"),
    ("被害人欧阳明月陈述被盗经过", "欧阳明月", "a victim with a double surname"),
    ("证人周小川证实当日在场", "周小川", "a witness"),
    ("公民身份号码530102199003078219", "530102199003078219", "an identity number"),
    ("联系电话13987654321", "13987654321", "a telephone"),
    ("存入账号6222021234567890123", "6222021234567890123", "a bank card"),
    ("驾驶云A·D3F52小型轿车", "云A·D3F52", "a car"),
    ("住址临江市青岩区柳树巷18号2单元", "柳树巷18号", "an address"),
    ("参见临青检刑诉〔2023〕88号起诉书", "〔2023〕88号", "a document's number"),
]


@pytest.mark.parametrize(("text", "name", "why"), GONE)
def test_what_names_a_person_goes(text: str, name: str, why: str) -> None:
    told = finding("CMP-006", message=text, evidence=[evidence("indictment", text)])
    assert name in json.dumps(told, ensure_ascii=False)
    shown = masked(result(told))
    assert name not in json.dumps(shown, ensure_ascii=False), why


def test_what_the_finding_says_stays() -> None:
    shown = masked(result(finding("CMP-006", message="起诉书指控韩立成盗窃8600元。")))
    assert shown["findings"][0]["message"] == "起诉书指控韩某盗窃8600元。"
    assert shown["findings"][0]["legal_basis"][0]["article"] == "第二百六十四条"
    assert shown["case"]["title"] == "韩某盗窃罪一案"
    assert shown["masked"] == NOTE


def test_two_of_one_surname_stay_two() -> None:
    told = finding("CMP-006", message="被告人韩立成与被告人韩小军共同盗窃，韩小军系从犯。")
    message = masked(result(told))["findings"][0]["message"]
    assert "韩某与" in message or "韩某2与" in message
    assert message.count("韩某2") in (1, 2)
    assert "立成" not in message
    assert "小军" not in message


def _signed(store: Store) -> tuple[str, str, str]:
    officer = person(store, "赵承办", UserRole.officer, "第一检察部")
    quality = person(store, "钱质管", UserRole.quality, "案件管理部")
    told = [finding("CMP-006"), finding("DATE-004", "minor"), finding("FMT-002", "minor")]
    case_id = case(store, officer, "一", *told)
    review.confirm(store, case_id, 1, quality.name)
    review.reject(store, case_id, 2, quality.name, "日期无误")
    review.reject(store, case_id, 3, quality.name, "格式无误")
    steps.ask(store, case_id, by=quality)
    one = objections.raise_objection(store, case_id, 1, "数额已补正", by=officer)
    objections.answer(store, case_id, one, "refused", "补正在判决之后", by=quality)
    steps.close(store, case_id, by=officer)
    with pytest.raises(NotSigned):
        exports.opinion(store, case_id, ".docx", "internal")
    grade = "basically_qualified"
    grades.propose(store, case_id, grade, by=quality, version=1)
    grades.settle(store, case_id, grade, by=quality, reason="检委会审定", version=1)
    grades.sign_off(store, case_id, by=quality, version=1)
    return case_id, officer.name, quality.name


def _words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def test_the_opinion_holds_confirmed_findings_and_both_sides(store: Store) -> None:
    case_id, officer, quality = _signed(store)
    whole = _words(exports.opinion(store, case_id, ".docx", "internal"))
    for word in (
        "韩立成",
        "CMP-006",
        "数额已补正",
        "补正在判决之后",
        "检委会审定",
        officer,
        quality,
    ):
        assert word in whole, word
    assert "经人确认的问题 1 项" in whole
    for word in ("DATE-004", "日期无误", "待确认（草稿", "程序共提出"):
        assert word not in whole, word
    outside = _words(exports.opinion(store, case_id, ".docx", "masked"))
    for word in ("韩立成", "数额已补正", officer, quality, "临青检刑诉〔2023〕88号", "起诉书.pdf"):
        assert word not in outside, word
    assert NOTE in outside
    assert "未读出" not in outside, "what was taken out was read"
    assert "CMP-006" in outside


def test_the_officers_own_signature_makes_no_opinion(store: Store) -> None:
    officer = person(store, "赵承办", UserRole.officer, "第一检察部")
    case_id = case(store, officer, "一", finding("FMT-002", "minor"))
    review.sign(store, case_id, officer.name)
    with pytest.raises(NotSigned):
        exports.opinion(store, case_id, ".docx", "internal")


def test_the_problem_list_holds_confirmed_findings_and_is_audited(store: Store) -> None:
    officer = person(store, "赵承办", UserRole.officer, "第一检察部")
    quality = person(store, "钱质管", UserRole.quality, "案件管理部")
    evil = finding("CMP-006", message='=HYPERLINK("http://10.0.0.1","点此")')
    case_id = case(store, officer, "一", evil, finding("FMT-002", "minor"))
    review.confirm(store, case_id, 1, quality.name)
    before = store.audit_head().seq
    sheet = load_workbook(io.BytesIO(problem_list(store, quality, Scope(), "internal"))).active
    assert store.audit_head().seq == before + 1
    assert [cell.value for cell in sheet[2]] == list(HEADERS)
    assert sheet.max_row == 3, "the draft is no result"
    assert sheet.cell(3, 9).value == """'=HYPERLINK("http://10.0.0.1","点此")"""
    assert sheet.cell(3, 15).value == "第一检察部"
    outside = load_workbook(io.BytesIO(problem_list(store, quality, Scope(), "masked"))).active
    assert outside.cell(3, 2).value == "韩某盗窃罪一案"
    assert outside.cell(3, 13).value in (None, "")


@hypothesis_settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=12), min_size=len(HEADERS), max_size=len(HEADERS)))
def test_no_cell_is_ever_a_formula(row: list[str]) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx([row], title="表", note="注"))).active
    for text, cell in zip(row, sheet[3], strict=True):
        assert cell.data_type != "f"
        assert not str(cell.value or "").lstrip().startswith(("=", "+", "-", "@"))
        assert (cell.value or "").replace("\r\n", "\n") == safe(text).replace("\r\n", "\n")
