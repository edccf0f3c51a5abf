"""Markup and scripts in everything a document, a file, a person or the model can say: none runs."""

from __future__ import annotations

import pytest
from browser.conftest import SignIn
from playwright.sync_api import expect
from results import evidence, finding, result

from api import create_app
from assistant.accounts import person_named, save_held
from assistant.settings import Settings
from assistant.storage import Store
from eval_sets.browsing import pages
from eval_sets.visitor import Visitor
from eval_sets.workspace import Account, Workspace

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HOSTILE = (
    "<script>window.ran=1</script><img src=x onerror=window.ran=1><svg onload=window.ran=1>"
    "\"'><a href=javascript:window.ran=1>点</a>{{7*7}}${7*7}</textarea></title><iframe srcdoc="
    '"<script>parent.ran=1</script>">'
)


@pytest.fixture(scope="module")
def hostile_case(store: Store, accounts: dict[str, Account]) -> str:
    """A stored case in which every text is an attack, the model's finding included."""
    given = [
        finding(
            code,
            severity,
            source=source,
            title=HOSTILE,
            message=HOSTILE,
            suggestion=HOSTILE,
            legal_basis=[
                {"law": HOSTILE, "article": HOSTILE, "text": HOSTILE, "in_force_on": "2021-03-01"}
            ],
            evidence=[evidence("indictment", HOSTILE, 2), evidence("judgment", HOSTILE, None)],
        )
        for code, severity, source in (
            ("CMP-006", "serious", "rule"),
            ("REAS-001", "minor", "model"),
        )
    ]
    told = result(*given)
    told["case"] |= {"title": HOSTILE, "defendants": [HOSTILE], "charges": [HOSTILE]}
    for document in told["documents"]:
        document |= {"file": HOSTILE, "number": HOSTILE}
        document["hidden"] = [{"text": HOSTILE, "reason": HOSTILE, "page": 1}]
    told["not_checked"] = [{"code": "CARD-002", "reason": HOSTILE}]
    return save_held(store, told, person_named(store, accounts["officer"].name))


@pytest.fixture(scope="module")
def uploaded_case(workspace: Workspace, accounts: dict[str, Account]) -> str:
    """An attack on its way through the readers: in the text and in the file's name."""
    from browser.papers import DRAFT

    text = DRAFT.replace("罗庆生饮酒后", f"罗庆生{HOSTILE}饮酒后").replace(
        "罗庆生", "罗<b>生</b>", 1
    )
    with Visitor(workspace.url, accounts["officer"]) as officer:
        officer.sign_in()
        where = officer.upload(
            {"indictment": ('"><img src=x onerror=window.ran=1>.txt', text.encode())}
        )
        return officer.case_of(where)


@pytest.mark.parametrize("role", ["officer", "quality"])
def test_nothing_runs_on_any_page(
    sign_in: SignIn,
    workspace: Workspace,
    known: dict[str, str],
    hostile_case: str,
    uploaded_case: str,
    role: str,
) -> None:
    page = sign_in(role)
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    app = create_app(Settings(home=workspace.home))
    for case_id in (hostile_case, uploaded_case):
        for address in pages(app, known | {"case_id": case_id}):
            answered = page.request.get(address)
            if not answered.ok or not answered.headers["content-type"].startswith("text/html"):
                continue
            page.goto(address)
            assert page.evaluate("() => window.ran") is None, address
            assert page.locator("iframe, [onerror], [onload], a[href^='javascript:']").count() == 0


def test_a_reason_and_an_edit_are_shown_as_they_were_written(
    sign_in: SignIn, hostile_case: str
) -> None:
    page = sign_in("officer")
    page.goto(f"/cases/{hostile_case}")
    card = page.locator("#f1")
    card.get_by_label("理由").first.fill(HOSTILE)
    card.get_by_role("button", name="驳回").click()
    expect(page.locator("#f1")).to_contain_text("onerror=window.ran=1")
    assert page.evaluate("() => window.ran") is None


def test_a_name_that_is_markup_does_not_run(workspace: Workspace, sign_in: SignIn) -> None:
    """The sign-in page repeats the name that was given."""
    page = sign_in("officer")
    fresh = page.context.browser.new_context(base_url=workspace.url)  # type: ignore[union-attr]
    try:
        shown = fresh.new_page()
        shown.goto("/sign-in")
        shown.get_by_label("账号", exact=True).fill('"><img src=x onerror=window.ran=1>')
        shown.get_by_label("密码", exact=True).fill("不是密码的密码")
        shown.get_by_role("button", name="登录").click()
        shown.wait_for_load_state()
        assert shown.locator("img").count() == 0
        assert shown.evaluate("() => window.ran") is None
    finally:
        fresh.close()
