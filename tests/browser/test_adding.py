"""What the program did not find is added by a person; what a notice told of is mended."""

from __future__ import annotations

import pytest
from browser.conftest import SignIn
from browser.papers import Papers
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PATIENT = 120_000
WORDS = "血液中乙醇含量为132.5mg/100ml"


def _uploaded(page: Page, *paths: object) -> str:
    page.locator("#files").set_input_files([str(path) for path in paths])
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url("**/cases/*", timeout=PATIENT)
    return page.url.split("?")[0].split("#")[0].split("/cases/")[1]


def _card(page: Page, words: str) -> Locator:
    return page.locator("article.card").filter(has_text=words).first


def _draw(page: Page, paper: object) -> str:
    """A box round some words of the page that is shown, as the mouse draws it; the words."""
    import pymupdf

    sheet = page.locator("svg.sheet")
    with pymupdf.open(paper) as document:
        shown = document[int(sheet.get_attribute("data-page") or 1) - 1]
        words = max(shown.get_text().splitlines(), key=len)[:8]
        place, width = shown.search_for(words)[0], shown.rect.width
    pane = page.locator("section.view")
    pane.evaluate("(pane, y) => { pane.scrollTop = y; }", place.y0 / 2)
    frame = sheet.bounding_box()
    assert frame
    scale = frame["width"] / width
    left, top = frame["x"] + (place.x0 - 2) * scale, frame["y"] + (place.y0 - 1) * scale
    right, bottom = frame["x"] + (place.x1 + 2) * scale, frame["y"] + (place.y1 + 1) * scale
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()
    return "".join(words.split())


def test_an_officer_adds_a_problem_and_mends_it_after_the_notice(
    sign_in: SignIn, papers: Papers
) -> None:
    officer = sign_in("officer")
    case_id = _uploaded(officer, papers.printed)
    officer.keyboard.press("a")
    form = officer.locator("#add form")
    expect(form.locator("[name=message]")).to_be_focused()
    drawn = _draw(officer, papers.printed)
    expect(form.locator("[name=quote]")).to_have_value(drawn)
    expect(form.locator("[name=role]")).to_have_value("indictment")
    form.locator("[name=message]").fill("未写明检验报告的文号。")
    form.locator("[name=severity]").select_option("moderate")
    form.get_by_role("button", name="添加并确认").click()
    added = _card(officer, "未写明检验报告的文号")
    expect(added).to_contain_text("来源：人工")
    expect(added).to_contain_text("提出并确认")
    expect(added).to_contain_text(drawn)
    expect(officer.locator("rect.chosen").first).to_be_visible()
    number = added.get_attribute("data-number")

    quality = sign_in("quality")
    quality.goto(f"/quality/cases/{case_id}")
    quality.get_by_label(f"问题 {number}", exact=True).check()
    quality.get_by_role("button", name="登记", exact=True).click()
    expect(quality.locator("main")).to_contain_text("待整改")

    officer.goto("/feedback")
    officer.locator(f"a[href='/cases/{case_id}/feedback#mending']").click()
    officer.get_by_label("整改情况").fill("已补写文号。")
    officer.get_by_role("button", name="反馈", exact=True).click()
    expect(officer.locator(".rectification")).to_contain_text("已反馈")

    quality.goto("/quality/rectifications?state=answered")
    mended = quality.locator("article").filter(has_text="未写明检验报告的文号")
    expect(mended).to_contain_text("已补写文号")
    mended.get_by_role("button", name="销号").click()
    quality.goto("/quality/rectifications?state=closed")
    expect(quality.locator("main")).to_contain_text("未写明检验报告的文号")


def test_words_selected_in_a_text_go_into_the_form(sign_in: SignIn, papers: Papers) -> None:
    page = sign_in("officer")
    _uploaded(page, papers.draft)
    page.keyboard.press("a")
    page.locator(".view .text").evaluate(
        """(text, words) => {
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
        }""",
        WORDS,
    )
    form = page.locator("#add form")
    expect(form.locator("[name=quote]")).to_have_value(WORDS)
    form.locator("[name=message]").fill("没有写明取血时间。")
    form.get_by_role("button", name="添加并确认").click()
    expect(_card(page, "没有写明取血时间")).to_contain_text(WORDS)


def test_without_scripts_the_form_is_there_and_the_batch_reads(
    sign_in: SignIn, known: dict[str, str]
) -> None:
    page = sign_in("officer", scripts=False)
    page.goto(f"/cases/{known['case_id']}")
    page.locator("#add summary").click()
    form = page.locator("#add form")
    form.locator("[name=message]").fill("案由写得不全。")
    form.get_by_role("button", name="添加并确认").click()
    expect(_card(page, "案由写得不全")).to_contain_text("来源：人工")
    page.goto(f"/batches/{known['batch_id']}")
    expect(page.locator("tbody tr")).to_have_count(2)


def test_a_batch_renews_the_rows_that_changed_and_leaves_the_others(
    sign_in: SignIn, papers: Papers
) -> None:
    page = sign_in("officer")
    page.goto("/batches")
    page.locator("#files").set_input_files([papers.draft, papers.scan])
    page.get_by_role("button", name="上传并逐件检查").click()
    page.wait_for_url("**/batches/*")
    page.evaluate("() => { window.neverReloaded = true; }")
    draft = page.locator("tbody tr").filter(has_text=papers.draft.stem)
    expect(draft).to_contain_text("已完成", timeout=PATIENT)
    draft.evaluate("(row) => { row.neverReplaced = true; row.querySelector('a').focus(); }")
    expect(page.get_by_role("status")).to_contain_text("全部 2 件", timeout=PATIENT)
    expect(page.locator("tbody tr .tag")).to_have_text(["已完成", "已完成"])
    assert draft.evaluate("(row) => row.neverReplaced && row.contains(document.activeElement)")
    assert page.evaluate("() => window.neverReloaded")
