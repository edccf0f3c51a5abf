"""One case reviewed at the terminal: each finding shown, one key a decision."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from assistant.findings import SEVERITY_NAMES, STATUS_NAMES, Status
from assistant.reports.findings import card, numbered
from assistant.reports.model import Card
from assistant.reports.wording import clean
from assistant.review.acts import Act, Confirm, Edit, Reject, Sign
from assistant.review.errors import ReviewRefused
from assistant.review.workflow import perform
from assistant.storage import Store

Ask = Callable[[str], str]
KEYS = "y 确认　e 修改　n 驳回　s 跳过　q 退出"
STYLES = {"serious": "bold red", "moderate": "yellow", "minor": "cyan"}


def review_case(store: Store, case_id: str, *, actor: str, console: Console, ask: Ask) -> None:
    """Go through the undecided findings, worst first, then offer to sign.

    `ask` shows a prompt and returns one line. Raises NoSuchCase.
    """
    record = store.case(case_id)
    console.print(Text(f"{record.title}　编号 {case_id}　第 {record.version} 版", "bold"))
    if record.signature:
        console.print(Text(f"已由 {record.signature.actor} 签署，不能再改。"))
        return
    waiting = [
        f for f in numbered(store.result(case_id)) if f["status"] in ("draft", "undecidable")
    ]
    for place, finding in enumerate(waiting, 1):
        console.print(_panel(card(finding), place, len(waiting)))
        if not _decide(store, case_id, finding["number"], record.version, actor, console, ask):
            return
    console.print(Text(_counts(store.case(case_id).counts)))
    wish = ask("全部看完。现在签署吗？签署后不能再改（输入“签署”确认，回车跳过）").strip()
    if wish == "签署" and _try(store, case_id, Sign(), record.version, actor, console):
        console.print(Text("已签署。", "green"))


def _decide(
    store: Store,
    case_id: str,
    number: int,
    version: int,
    actor: str,
    console: Console,
    ask: Ask,
) -> bool:
    """Ask until one decision is made or skipped; False when the person leaves."""
    while True:
        act: Act
        match ask(KEYS).strip().lower():
            case "y":
                act = Confirm(number)
            case "n":
                act = Reject(number, ask("驳回理由"))
            case "e":
                act = _ask_edit(number, ask)
            case "s":
                return True
            case "q":
                return False
            case _:
                continue
        if _try(store, case_id, act, version, actor, console):
            return True


def _ask_edit(number: int, ask: Ask) -> Edit:
    message = ask("问题改为（回车不改）")
    suggestion = ask("建议改为（回车不改）")
    names = {name: key for key, name in SEVERITY_NAMES.items()}
    severity = names.get(ask(f"严重程度改为（{'/'.join(names)}，回车不改）").strip())
    return Edit(
        number,
        message=message,
        suggestion=suggestion.strip() or None,
        severity=severity,
        reason=ask("修改理由（改变严重程度时必填）"),
    )


def _try(store: Store, case_id: str, act: Act, version: int, actor: str, console: Console) -> bool:
    try:
        perform(store, case_id, [act], actor=actor, version=version)
    except ReviewRefused as refusal:
        console.print(Text(str(refusal), "red"))
        return False
    return True


def _panel(shown: Card, place: int, total: int) -> Panel:
    text = Text()
    text.append(f"【{shown.severity_name}】", STYLES[shown.severity])
    text.append(f"{clean(shown.title)}\n", "bold")
    text.append(f"{clean(shown.message)}\n")
    for quote in shown.quotes:
        text.append(f"· {quote.place}：“{clean(quote.text)}”\n", "dim")
    for basis in shown.basis:
        text.append(clean(f"依据：{basis.place} {basis.text}".rstrip()) + "\n", "blue")
    if shown.suggestion:
        text.append(f"建议：{clean(shown.suggestion)}\n", "green")
    text.append(shown.facts, "dim")
    return Panel(text, title=f"第 {shown.number} 项（{place}/{total}）", title_align="left")


def _counts(counts: dict[Status, int]) -> str:
    return "，".join(f"{STATUS_NAMES[status]} {n} 项" for status, n in counts.items())
