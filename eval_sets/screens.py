"""Pictures of every page in both sizes as each role sees it: `python -m eval_sets.screens OUT`.

For eyes, no test: over the shipped demonstration case and some of the own documents.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page

from api import create_app
from assistant import demo
from assistant.settings import Settings
from eval_sets.browsing import LARGE, SMALL, chromium, pages, signed_in
from eval_sets.own.labels import FOLDER
from eval_sets.seeding import seeded
from eval_sets.workspace import Account, Workspace

PEOPLE = {"officer": "顾晓岚", "evaluator": "聂长青", "quality": "简书宁", "admin": "管理员甲"}


def main() -> None:
    """Write OUT/ROLE-PAGE-WIDTH.png, and the same for the sign-in page."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Workspace(Path(folder)) as workspace,
    ):
        accounts = {role: workspace.add(name, role) for role, name in PEOPLE.items()}
        taken = take(workspace, accounts, _seeded(workspace, accounts), out)
    sys.stdout.write(f"{taken} pictures in {out}\n")


def _seeded(workspace: Workspace, accounts: Mapping[str, Account]) -> dict[str, str]:
    folder = Path(demo.__file__).parent
    case = {
        role: (name, (folder / name).read_bytes())
        for role, name in (("indictment", "indictment.pdf"), ("judgment", "judgment.docx"))
    }
    names = ("indictment_fasttrack_dui", "indictment_injury", "indictment_fraud_group")
    batch = [(f"{name}.txt", (FOLDER / f"{name}.txt").read_bytes()) for name in names]
    return seeded(workspace, accounts, case, [*batch, ("通知.txt", "关于召开例会的通知".encode())])


def take(
    workspace: Workspace, accounts: Mapping[str, Account], known: Mapping[str, str], out: Path
) -> int:
    """The number of pictures taken."""
    addresses = pages(create_app(Settings(home=workspace.home)), known)
    taken = 0
    with chromium() as browser:
        context = browser.new_context(base_url=workspace.url, viewport=SMALL)
        taken += _both(context.new_page(), "/sign-in", "nobody", out)
        for role, account in accounts.items():
            page = signed_in(browser, workspace.url, account).pages[0]
            for address in addresses:
                answered = page.request.get(address)
                if answered.ok and answered.headers["content-type"].startswith("text/html"):
                    taken += _both(page, address, role, out)
    return taken


def _both(page: Page, address: str, role: str, out: Path) -> int:
    page.goto(address)
    name = re.sub(r"[^a-z0-9]+", "_", address.strip("/")) or "index"
    for size in (SMALL, LARGE):
        page.set_viewport_size(size)
        page.screenshot(path=out / f"{role}-{name}-{size['width']}.png")
    return 2


if __name__ == "__main__":
    main()
