"""An evaluator reads four documents side by side, tries what-ifs, and writes; with the real model."""

from __future__ import annotations

import pytest
from browser.conftest import SignIn
from browser.papers import Papers
from playwright.sync_api import Page, expect

from assistant.accounts import assign, person_named
from assistant.storage import Store
from eval_sets.workspace import Account

pytestmark = [pytest.mark.slow, pytest.mark.model, pytest.mark.timeout(600)]

MODEL_MS = 300_000


@pytest.mark.usefixtures("installed_model")
def test_opinion_indictment_judgment_to_a_draft(
    sign_in: SignIn, papers: Papers, store: Store, accounts: dict[str, Account]
) -> None:
    page = sign_in("officer")
    page.goto("/")
    page.locator("#files").set_input_files([papers.opinion, papers.draft, papers.judgment])
    page.get_by_label("同时使用本地模型").check()
    page.get_by_role("button", name="上传并检查").click()
    # The rules' findings are there while the model still thinks.
    page.wait_for_url("**/jobs/*", timeout=60_000)
    expect(page.locator("#findings article").first).to_be_visible(timeout=60_000)
    page.wait_for_url("**/cases/*", timeout=MODEL_MS)
    case = page.url.split("?")[0].split("#")[0]

    evaluator = person_named(store, accounts["evaluator"].name)
    with store.writing() as session:
        assign(session, case.rsplit("/", 1)[-1], evaluator, by=accounts["quality"].name)
    page = sign_in("evaluator")
    _compared(page, case)
    _what_if(page, case)
    page.goto(f"{case}/similar")
    expect(page.locator("table tbody tr").first).to_be_visible()
    expect(page.locator("svg").first).to_be_visible()
    page.goto(f"{case}/reasoning")
    expect(page.locator("h1")).to_have_text("释法说理")
    expect(page.locator("table")).not_to_have_count(0)
    _written(page, case)


def _compared(page: Page, case: str) -> None:
    """Columns for three documents; the filter leaves fewer lines, all of them differences."""
    page.goto(f"{case}/compare")
    heads = page.locator("table.columns thead th")
    expect(heads).to_contain_text(["事项", "起诉意见书", "起诉书", "判决书", "关系"])
    rows = page.locator("table.columns tbody tr")
    before = rows.count()
    page.get_by_role("link", name="只看差异").click()
    after = page.locator("table.columns tbody tr:visible")
    expect(after).not_to_have_count(before)
    assert page.locator("table.columns tr.same:visible").count() == 0


def _what_if(page: Page, case: str) -> None:
    """One circumstance less: the outcome is worked out again, at once, on the same page."""
    page.goto(f"{case}/sentencing")
    outcome = page.locator("#outcome")
    before = outcome.inner_text()
    page.locator("form[data-switches] input[name=on]").first.uncheck()
    expect(outcome).to_contain_text("不成立")
    assert outcome.inner_text() != before
    assert page.url == f"{case}/sentencing"


def _written(page: Page, case: str) -> None:
    """A confirmed point comes into the drafted opinion; a passage is put in the evaluator's words."""
    page.goto(case)
    page.locator("article.card").first.get_by_role("button", name="确认").click()
    page.goto(f"{case}/opinion")
    passage = page.locator("section.passage", has=page.get_by_label("改写")).first
    words = "本案所引分则条文与认定罪名不符，建议核对原卷后更正。"
    passage.get_by_label("改写").fill(words)
    passage.get_by_role("button", name="保存这一段").click()
    expect(page.locator("section.passage", has_text="已改写").first).to_contain_text(words)
