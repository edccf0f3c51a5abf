"""The shipped demonstration case and its walk: compare, store, decide, report.

The files are built by `eval_sets.demo_case`; everybody and everything in them is invented.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.console import Console

from assistant.analysis import analyse
from assistant.console import notes, progress_bar, show_result
from assistant.model import install
from assistant.reports import write_report
from assistant.review import Act, Confirm, Edit, Reject, perform
from assistant.settings import Settings, load
from assistant.storage import open_store
from ingestion.model import Role

FOLDER = Path(__file__).resolve().parent
FILES: dict[Role, Path] = {
    "indictment": FOLDER / "indictment.pdf",
    "judgment": FOLDER / "judgment.docx",
}
ACTOR = "示范评查员"
REPORT = "示范案件评查报告"


def _decisions(findings: list[dict[str, Any]]) -> list[Act]:
    """What the demonstration's evaluator decides, to show each of the three decisions.

    Findings come worst first: four are confirmed, the next is edited, the last rejected; the
    rest stay drafts.
    """
    acts: list[Act] = [Confirm(number) for number in range(1, min(len(findings), 4) + 1)]
    if len(findings) > 4:
        message = findings[4]["message"].rstrip("。") + "，已与承办人核实。"
        acts.append(Edit(5, message, None, None, "补充核实情况"))
    if len(findings) > 5:
        acts.append(Reject(len(findings), "系表述习惯，不作为问题"))
    return acts


def run(out: Path, *, model: bool, settings: Settings | None = None) -> dict[str, Any]:
    """Do the whole job on the shipped case, print it, write DOCX and HTML into `out`.

    Returns the stored result. The decisions are a script's, made under the name 示范评查员
    and said to be so; in earnest a person makes them with `assistant review`.
    """
    settings = settings or load()
    screen = Console(highlight=False)
    shipped = settings.backend == "llama_cpp" and settings.model_path is None
    if model and shipped and not install.is_installed(settings):
        notes.print("首次运行：下载并校验默认模型（约 1.1 GB）……")
        with progress_bar() as progress:
            install.install(settings, progress)
    with progress_bar() as progress:
        result = analyse(FILES, model=model, progress=progress, settings=settings)
    screen.rule("比对结果（草稿，待人确认）")
    show_result(result, screen)

    with open_store(settings) as store:
        case_id = store.save_analysis(result, actor="assistant demo")
        draft = [f for f in store.result(case_id)["findings"] if f["status"] == "draft"]
        if len(draft) == len(result["findings"]):
            perform(store, case_id, _decisions(result["findings"]), actor=ACTOR)
        final = store.result(case_id)
    screen.rule("人的决定")
    screen.print(f"示范中由脚本以“{ACTOR}”的名义作出；真实使用时由人逐条决定：")
    screen.print(f"  assistant review {case_id}")
    for name in ("confirmed", "edited", "rejected", "draft"):
        numbers = [f["number"] for f in final["findings"] if f["status"] == name]
        label = {"confirmed": "确认", "edited": "修改", "rejected": "驳回", "draft": "待确认"}[name]
        screen.print(f"  {label}：{'、'.join(map(str, numbers)) or '无'}")
    for suffix in (".docx", ".html"):
        path = out / f"{REPORT}{suffix}"
        write_report(final, path)
        screen.print(f"报告：{path}")
    timing = result["timing"]
    asked = result["model"]
    used = f"，模型 {asked['calls']} 次、{asked['seconds']:.0f} 秒" if asked else ""
    screen.print(f"用时 {timing['total']:.1f} 秒（读取 {timing['read']:.1f} 秒{used}）")
    return final
