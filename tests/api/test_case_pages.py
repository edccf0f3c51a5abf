"""The officer's and the evaluator's pages over real documents: a PDF with pages, texts without."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from lxml import html
from PIL import Image, ImageChops
from samples import INDICTMENT, JUDGMENT, OPINION

from api import create_app
from api.pages.document_pages import DPI
from assistant.accounts import UserRole, add, open_session
from assistant.settings import Settings
from assistant.storage import open_store
from eval_sets.own.papers import write_pdf

LOW = INDICTMENT.replace("132.5mg", "32.5mg")
PAD = 3.0  # points around a box that its frame may take


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An officer's browser; one office for the module, as nothing here depends on its being empty."""
    home = tmp_path_factory.mktemp("office")
    settings = Settings(home=home, cache=home / "cache")
    with open_store(settings) as store, TestClient(create_app(settings)) as server:
        officer = add(
            store, "顾晓岚", "五只白鹭落在一片芦苇荡", UserRole.officer,
            unit="临江市青岩区人民检察院", department="第一检察部", by="root",
        )  # fmt: skip
        session = open_session(store, officer)
        yield TestClient(
            server.app,
            base_url="http://127.0.0.1:8600",
            cookies={"session": session.token},
            headers={"X-CSRF-Token": session.csrf},
        )


def _upload(browser: TestClient, files: dict[str, bytes], **fields: str) -> str:
    given = [("files", (name, content)) for name, content in files.items()]
    answered = browser.post("/api/v1/cases", files=given, data=fields)
    assert answered.status_code == 201, answered.text
    return str(answered.json()["id"])


@pytest.fixture(scope="module")
def paper(browser: TestClient, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An indictment with pages; its blood alcohol is below the limit."""
    path = write_pdf(LOW, tmp_path_factory.mktemp("paper") / "起诉书.pdf")
    return _upload(browser, {"起诉书.pdf": path.read_bytes()})


@pytest.fixture(scope="module")
def texts(browser: TestClient) -> str:
    """Opinion, indictment and judgment as plain texts."""
    return _upload(
        browser,
        {"意见.txt": OPINION.encode(), "起诉书.txt": LOW.encode(), "判决.txt": JUDGMENT.encode()},
    )


def _page(browser: TestClient, path: str) -> Any:
    answered = browser.get(path)
    assert answered.status_code == 200, path
    return html.fromstring(answered.text)


def _finding(browser: TestClient, case_id: str, code: str) -> dict[str, Any]:
    found = browser.get(f"/api/v1/cases/{case_id}/findings").json()
    return next(f for f in found if f["code"] == code)


def test_a_person_adds_what_the_program_did_not_find(browser: TestClient, paper: str) -> None:
    """By a form, as without scripts; the words are found in the document, or it is refused."""
    before = len(browser.get(f"/api/v1/cases/{paper}/findings").json())
    form = _page(browser, f"/cases/{paper}").get_element_by_id("add").find("form")
    fields = dict(form.form_values()) | {"message": "没有写明检验报告的文号。"}
    fields |= {"role": "indictment", "quote": "血液中乙醇含量为 32.5mg/100ml", "code": "OTH-000"}
    refused = browser.post(form.action, data=fields | {"quote": "文书里没有的话"})
    assert refused.status_code == 422
    assert "文书中没有这些文字" in refused.text
    shown = browser.post(form.action, data=fields)
    assert shown.status_code == 200, shown.text
    added = browser.get(f"/api/v1/cases/{paper}/findings").json()[before:]
    assert [(f["source"], f["status"], f["message"]) for f in added] == [
        ("person", "confirmed", "没有写明检验报告的文号。")
    ]
    place = added[0]["evidence"][0]
    assert (place["quote"], place["page"]) == ("血液中乙醇含量为32.5mg/100ml", 1)
    assert place["boxes"], "the words can be shown on the page"
    card = html.fromstring(shown.text).get_element_by_id(f"f{before + 1}").text_content()
    assert "来源：人工" in card
    assert "把握" not in card
    assert browser.post(form.action, data=fields).status_code == 409, "sent twice"
    x0, y0, x1, y1 = place["boxes"][0]
    asked = "&".join(f"box={point}" for point in (x0, y0, x1, y1))
    address = f"/api/v1/cases/{paper}/documents/indictment/pages/1/words"
    told = browser.get(f"{address}?{asked}").json()
    assert told == {"quote": place["quote"], "start": place["start"]}, "as drawn on the page"
    assert browser.get(f"{address}?box=0&box=0&box=1&box=1").json()["quote"] == ""
    assert browser.get(f"{address}?box=0&box=nan&box=1&box=1").status_code == 422


def _yellow(picture: Image.Image, x: float, y: float) -> bool:
    red, _, blue = picture.getpixel((round(x), round(y)))  # type: ignore[misc]
    return bool(red - blue > 40)


def test_the_picture_is_marked_where_the_quote_stands_and_nowhere_else(
    browser: TestClient, paper: str
) -> None:
    finding = _finding(browser, paper, "CHG-010")
    (span,) = finding["evidence"]
    where = f"/cases/{paper}/documents/indictment/pages/{span['page']}.png"
    sent = browser.get(f"{where}?finding={finding['number']}")
    assert sent.headers["content-type"] == "image/png"
    assert sent.headers["cache-control"] == "no-store", (
        "no picture of a case stays on the office's PC"
    )
    marked = Image.open(io.BytesIO(sent.content)).convert("RGB")
    plain = Image.open(io.BytesIO(browser.get(where).content)).convert("RGB")
    scale = DPI / 72
    for x0, y0, x1, y1 in span["boxes"]:
        corners = [(x, y) for x in (x0 + 1, (x0 + x1) / 2, x1 - 1) for y in (y0 + 1, y1 - 1)]
        assert all(_yellow(marked, x * scale, y * scale) for x, y in corners)
    for x0, y0, x1, y1 in span["boxes"]:
        frame = [(x0 - PAD) * scale, (y0 - PAD) * scale, (x1 + PAD) * scale, (y1 + PAD) * scale]
        for picture in (marked, plain):
            picture.paste("white", [round(v) for v in frame])
    assert ImageChops.difference(marked, plain).getbbox() is None


def test_the_worst_finding_is_open_at_its_page_and_each_box_leads_to_its_finding(
    browser: TestClient, paper: str
) -> None:
    page = _page(browser, f"/cases/{paper}")
    severities = [c.xpath("string(.//h3/a/span)") for c in page.xpath("//article")]
    order = ["【严重】", "【较重】", "【轻微】"]
    assert severities == sorted(severities, key=order.index)
    chosen = page.xpath("//article[contains(@class, 'chosen')]/@data-number")
    assert chosen == [page.xpath("//article/@data-number")[0]]
    image = page.xpath("//*[local-name()='image']/@href")[0]
    assert browser.get(image).status_code == 200
    numbers = set(page.xpath("//article/@data-number"))
    spots = page.xpath("//*[@class='spot']/../@data-finding")
    assert spots
    assert set(spots) <= numbers
    finding = _finding(browser, paper, "CHG-010")
    x0, y0, *_ = finding["evidence"][0]["boxes"][0]
    assert page.xpath(f"//*[@data-finding='{finding['number']}']/*[@x='{x0}' and @y='{y0}']")


def test_a_text_without_pages_is_shown_with_its_words_marked(
    browser: TestClient, texts: str
) -> None:
    number = _finding(browser, texts, "CHG-010")["number"]
    page = _page(browser, f"/cases/{texts}?finding={number}")
    assert page.xpath("string(//mark[@id='here'])") == "32.5mg/100ml"
    shown = page.xpath("string(//p[@class='text'])")
    assert shown.strip().startswith("临江市青岩区人民检察院")
    part = browser.get(f"/cases/{texts}/documents/judgment?finding={number}&part=true")
    assert "<html" not in part.text
    assert "刑事判决书" in html.fromstring(part.text).text_content().replace(" ", "")


def test_a_statute_is_quoted_beside_the_finding(browser: TestClient, paper: str) -> None:
    page = _page(browser, f"/cases/{paper}")
    law = page.xpath("//article//details[contains(summary, '中华人民共和国刑法')]/p")
    assert law
    assert len(law[0].text_content()) > 20


MISSING = [
    ("documents/judgment", "the case has no judgment"),
    ("documents/indictment?number=99", "no such page"),
    ("documents/indictment/pages/99.png", "no such page"),
    ("documents/nothing", "no such kind of document"),
    ("compare", "one document alone"),
    ("similar", "no bank was asked"),
    ("sentencing?number=99", "no such working out"),
]


@pytest.mark.parametrize(("path", "why"), MISSING)
def test_what_is_not_there_is_said(browser: TestClient, paper: str, path: str, why: str) -> None:
    answered = browser.get(f"/cases/{paper}/{path}")
    assert answered.status_code in (404, 422), why
    assert "返回" in answered.text


def test_three_documents_stand_in_columns_and_classes_are_chosen(
    browser: TestClient, texts: str
) -> None:
    page = _page(browser, f"/cases/{texts}/compare")
    heads = page.xpath("//table[1]/thead//th/text()")
    assert heads == ["事项", "起诉意见书", "起诉书", "判决书", "关系"]
    every = page.xpath("//tr/@data-relation")
    only = _page(browser, f"/cases/{texts}/compare?show=contradictory").xpath("//tr/@data-relation")
    assert set(only) == {"contradictory"}
    assert len(only) == every.count("contradictory") < len(every)
    link = page.xpath("//tr[@data-relation='contradictory']//a[contains(., '132.5mg')]/@href")[0]
    shown = _page(browser, link)
    assert "132.5mg" in "".join(shown.xpath("//mark[@class='chosen']//text()"))


def test_a_switch_works_out_the_sentence_without_the_circumstance(
    browser: TestClient, texts: str
) -> None:
    page = _page(browser, f"/cases/{texts}/sentencing")
    known = page.xpath("//input[@name='known']/@value")
    assert "plea_leniency" in known
    assert not page.xpath("//input[@name='on' and not(@checked)]")
    query = "&".join(
        [*(f"known={key}" for key in known), *(f"on={k}" for k in known if k != "plea_leniency")]
    )
    off = _page(browser, f"/cases/{texts}/sentencing?{query}")
    assert "假定认罪认罚不成立" in off.text_content()
    assert off.xpath("//input[@name='on' and not(@checked)]/@value") == ["plea_leniency"]
    part = browser.get(f"/cases/{texts}/sentencing?{query}&part=true").text
    assert "<html" not in part
    assert "假定后" in part


def test_the_scorecard_quotes_the_judgment(browser: TestClient, texts: str) -> None:
    page = _page(browser, f"/cases/{texts}/reasoning")
    quotes = page.xpath("//td/a[contains(@href, '/documents/judgment')]")
    assert quotes
    shown = _page(browser, quotes[0].get("href"))
    assert shown.xpath("//mark[@class='chosen']")


def test_the_opinion_is_rewritten_on_its_page(browser: TestClient, paper: str) -> None:
    number = _finding(browser, paper, "CHG-010")["number"]
    path = f"/cases/{paper}/findings/{number}"
    browser.post(path, data={"act": "confirm", "version": "1"})
    page = _page(browser, f"/cases/{paper}/opinion")
    form = page.xpath("//form[contains(@action, '/opinion')]")[0]
    fields = {i.get("name"): i.get("value") for i in form.xpath(".//input")}
    words = "经查，血液酒精含量为32.5毫克，另有2018年的前科。"
    done = browser.post(f"/cases/{paper}/opinion", data={**fields, "text": words})
    told = html.fromstring(done.text).text_content()
    assert "已改写" in told
    assert "2018年" in told.split("不在来源中")[1][:12]


def test_a_mended_draft_shows_what_is_solved(browser: TestClient, texts: str) -> None:
    mended = LOW.replace("32.5mg", "132.5mg")
    later = _upload(browser, {"起诉书.txt": mended.encode()}, follows=texts)
    page = _page(browser, f"/cases/{later}")
    rows = {
        row.xpath("string(td[2])"): row.xpath("string(td[1])")
        for row in page.xpath("//details[@class='redraft']//tbody/tr")
    }
    assert rows["不构成犯罪的可能"] == "已解决"
    assert "本稿未查" in rows.values(), "the opinion and the judgment were not handed in again"
    assert f"/cases/{later}" in _page(browser, f"/cases/{texts}").xpath("//a/@href")
    strange = browser.post(
        "/api/v1/cases",
        files=[("files", ("起诉书.txt", LOW.encode()))],
        data={"follows": "aaaaaaaa"},
    )
    assert strange.status_code == 404


def test_the_first_finding_is_one_upload_away(browser: TestClient) -> None:
    """Sign-in leads to the first page: choose the file, send it, and the finding is there."""
    page = _page(browser, "/")
    form = page.xpath("//form[@data-drop]")[0]
    assert form.xpath(".//input[@type='file' and @name='files' and @multiple]")
    done = browser.post(form.get("action"), files=[("files", ("稿.txt", LOW.encode()))])
    assert done.url.path.startswith(("/cases/", "/jobs/"))


def test_cases_are_found_by_name(browser: TestClient, paper: str) -> None:
    assert paper in browser.get("/?query=罗庆生").text
    assert "没有符合" in browser.get("/?query=不存在的人").text
