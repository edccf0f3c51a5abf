"""An officer's afternoon: a draft and a scan are dropped, looked at, decided on, mended, recorded."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.conftest import SignIn
from browser.exports import assert_readable
from browser.papers import Papers
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PATIENT = 120_000
# Slack in pixels between where a quote is printed and where its box is drawn.
NEAR = 4.0


class Clicks:
    """Counts what a newcomer has to click."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        self.count += 1
        target.click()


def _dropped(page: Page, *paths: Path) -> None:
    """Files let go over the area that asks for them, as a browser reports it."""
    files = [{"name": p.name, "bytes": b64encode(p.read_bytes()).decode()} for p in paths]
    data = page.evaluate_handle(
        """files => { const all = new DataTransfer();
          for (const f of files) all.items.add(new File([Uint8Array.from(atob(f.bytes), c => c.charCodeAt(0))], f.name));
          return all; }""",
        files,
    )
    page.locator(".drop").first.dispatch_event("drop", {"dataTransfer": data})


def _finding(page: Page, title: str) -> Locator:
    return page.locator("article.card").filter(has_text=title).first


def test_the_whole_way_of_a_draft(
    sign_in: SignIn, papers: Papers, tmp_path: Path, downloaded: Callable[[Page, Locator], Path]
) -> None:
    page = sign_in("officer")
    click = Clicks()
    _dropped(page, papers.scan, papers.printed)
    expect(page.locator(".drop li")).to_have_text([papers.scan.name, papers.printed.name])
    click(page.get_by_role("button", name="上传并检查"))

    # The scan takes its time: what is being done is told, step by step, then the case is there.
    page.wait_for_url("**/jobs/*")
    expect(page.get_by_role("status")).to_contain_text("检查")
    expect(page.locator("#steps li").first).to_be_visible(timeout=PATIENT)
    page.wait_for_url("**/cases/*", timeout=PATIENT)

    click(_finding(page, "罪名与条文不符").locator("a[data-finding]").first)
    chosen = page.locator("rect.chosen")
    expect(chosen.first).to_be_visible()
    assert click.count <= 3, "a newcomer's first finding"
    _assert_on_the_words(page, papers.printed, "第一百三十三条第一款")

    _highlight_follows_the_keyboard(page)
    _highlight_leads_back(page)

    case = page.url.split("?")[0].split("#")[0]
    typo = _finding(page, "错别字")
    typo.get_by_text("修改", exact=True).click()
    typo.get_by_label("建议").fill("第二页倒数第三行“足已认定”改为“足以认定”。")
    typo.get_by_role("button", name="保存修改").click()
    expect(_finding(page, "错别字")).to_contain_text("倒数第三行")
    doubtful = _finding(page, "证件号码校验错误")
    doubtful.get_by_label("理由").fill("已与户籍证明核对")
    doubtful.get_by_role("button", name="驳回").click()
    expect(_finding(page, "证件号码校验错误")).to_contain_text("已与户籍证明核对")

    record = page.get_by_text("自查记录：").first
    for kind in ("DOCX", "PDF"):
        saved = downloaded(page, record.get_by_role("link", name=kind))
        assert_readable(saved, "自查", "罗庆生", "第一百三十三条第一款", "倒数第三行")

    page.locator("form.again input[type=file]").set_input_files([papers.opinion, papers.mended])
    page.get_by_role("button", name="上传改稿并检查").click()
    page.wait_for_url(lambda url: "/cases/" in url and not url.startswith(case), timeout=PATIENT)
    rows = page.locator(".redraft tbody tr")
    expect(rows.filter(has_text="已解决").filter(has_text="错别字")).to_have_count(1)
    expect(rows.filter(has_text="已解决").filter(has_text="证件号码校验错误")).to_have_count(1)
    expect(rows.filter(has_text="仍在").filter(has_text="罪名与条文不符")).to_have_count(1)
    expect(rows.filter(has_text="新出现").filter(has_text="条文版本错误")).to_have_count(1)


def _highlight_follows_the_keyboard(page: Page) -> None:
    page.keyboard.press("j")
    expect(page.locator("article.chosen")).to_have_id("f2")
    expect(page.locator("rect.chosen").first).to_be_visible()
    page.keyboard.press("k")
    expect(page.locator("article.chosen")).to_have_id("f1")


def _highlight_leads_back(page: Page) -> None:
    """A click on another marked place of the page chooses the finding that it belongs to."""
    spot = page.locator("svg a[data-finding]:not([data-finding='1'])").first
    number = spot.get_attribute("data-finding")
    spot.locator("rect").dispatch_event("click", {"bubbles": True})
    expect(page.locator("article.chosen")).to_have_id(f"f{number}")


def _assert_on_the_words(page: Page, printed: Path, quote: str) -> None:
    """The box on the screen lies over the words in the file, and the picture is marked there."""
    import pymupdf

    sheet = page.locator("svg.sheet")
    number = int(sheet.locator("image").get_attribute("href").split("/")[-1].split(".")[0])
    with pymupdf.open(printed) as document:
        paper = document[number - 1]
        # A quote may be broken into lines; its first characters stand together.
        places = paper.search_for(quote) or paper.search_for(quote[:4])
        width = paper.rect.width
    assert places, f"{quote} is not on page {number}"
    shown = sheet.bounding_box()
    boxes = [b for r in page.locator("rect.chosen").all() if (b := r.bounding_box())]
    scale = shown["width"] / width
    for place in places:
        x, y = shown["x"] + place.x0 * scale, shown["y"] + (place.y0 + place.y1) / 2 * scale
        if any(
            b["x"] - NEAR <= x <= b["x"] + b["width"] + NEAR
            and b["y"] - NEAR <= y <= b["y"] + b["height"] + NEAR
            for b in boxes
        ):
            return
    pytest.fail(f"no box on {quote}: boxes {boxes}, words {places} at scale {scale:.2f}")
