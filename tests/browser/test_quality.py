"""The quality team's morning: the queue by keyboard, like points at once, a grade, a signature."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import SignIn
from browser.exports import assert_readable
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from results import finding, result

from assistant.accounts import person_named, save_held
from assistant.storage import Store
from eval_sets.workspace import Account

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def _points(name: str) -> dict[str, object]:
    """A result with a serious point, a doubtful one and a small one that other cases share."""
    told = result(
        finding("CMP-006", "serious"),
        finding("DATE-004", "moderate", category="date", dimension="procedure"),
        finding("LANG-001", "minor", category="wording", dimension="documents", title="错别字"),
    )
    told["case"] |= {"title": f"{name}盗窃罪一案", "defendants": [name]}
    for document in told["documents"]:
        document["sha256"] = f"{hash(name + document['role']) & (2**256 - 1):064x}"
    return told


@pytest.fixture(scope="module")
def theft(store: Store, accounts: dict[str, Account]) -> str:
    """The case to grade; two more of the same office have the same small point."""
    officer = person_named(store, accounts["officer"].name)
    for name in ("覃宏图", "莫长清"):
        save_held(store, _points(name), officer)
    return save_held(store, _points("卢承安"), officer)


def test_from_the_queue_to_the_signature(
    sign_in: SignIn, theft: str, downloaded: Callable[[Page, Locator], Path]
) -> None:
    page = sign_in("quality")
    page.get_by_role("link", name="质量队列").click()
    _by_keyboard(page, theft)
    _together(page)

    page.goto(f"/quality/cases/{theft}")
    expect(page.get_by_text("项待确认")).to_have_count(0)
    page.get_by_role("button", name="征求承办人意见").click()
    officer = sign_in("officer")
    officer.goto(f"/cases/{theft}/feedback")
    officer.get_by_role("button", name="没有（其他）异议").click()

    page.reload()
    grade = page.get_by_label("拟定等次")
    suggested = grade.input_value()
    grade.select_option(next(v for v in _values(grade) if v != suggested))
    row = page.locator("form", has=grade)
    row.get_by_role("textbox").fill("问题已在庭前更正，未影响裁判")
    row.get_by_role("button", name="登记拟定").click()
    expect(page.locator("main")).to_contain_text("未影响裁判")
    settled = page.locator("form", has=page.get_by_label("审定等次"))
    settled.get_by_role("textbox").fill("检察长批示同意")
    settled.get_by_role("button", name="登记审定").click()
    page.get_by_role("button", name="审签本版").click()
    expect(page.locator(".signed")).to_be_visible()

    opinion = page.locator("tr", has_text="评查意见书")
    for kind in ("DOCX", "PDF"):
        saved = downloaded(page, opinion.get_by_role("link", name=kind).first)
        assert_readable(saved, "评查意见书", "卢承安")
    notice = page.locator("tr", has_text="流程监控通知书").get_by_role("link", name="PDF").first
    assert_readable(downloaded(page, notice), "流程监控通知书")
    page.goto("/overview")
    book = load_workbook(downloaded(page, page.get_by_role("link", name="内部版")))
    rows = [[str(v) for v in row] for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert any("卢承安" in cell for row in rows for cell in row)


def _values(select: Locator) -> list[str]:
    return [o.get_attribute("value") or "" for o in select.locator("option").all()]


def _by_keyboard(page: Page, case_id: str) -> None:
    """Confirms the serious point of the case by one key, rejects the next with a reason."""
    page.goto(f"/quality?state=drafted&chosen={case_id}:1")
    expect(page.locator("#finding")).to_have_attribute("data-case", case_id)
    with page.expect_navigation():
        page.keyboard.press("c")
    page.goto(f"/quality?state=drafted&chosen={case_id}:2")
    page.keyboard.press("r")
    page.keyboard.type("日期以送达回证为准")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(f"/cases/{case_id}")
    expect(page.locator("#f1")).to_contain_text("确认")
    expect(page.locator("#f2")).to_contain_text("日期以送达回证为准")


def _together(page: Page) -> None:
    page.goto("/quality/together?code=LANG-001")
    count = page.get_by_role("checkbox").count()
    assert count >= 3
    # To leave before the answer would call the request off.
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="确认勾选的问题").click()
    page.goto("/quality/together?code=LANG-001")
    expect(page.get_by_role("checkbox")).to_have_count(0)
