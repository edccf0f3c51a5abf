"""Command line `assistant` (also `python -m assistant`).

Exit code 0: ran. 2: bad input, one line of reason on standard error, nothing half-written.
3: a needed component is missing. Packages above this one (eval_sets, api) add their verbs
through the entry point group "assistant.commands".
"""

from __future__ import annotations

import sys
from getpass import getuser
from importlib.metadata import entry_points
from json import loads as load_json
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant import batch as batches
from assistant import cli_cases, cli_checks, cli_kb, cli_model, cli_review, cli_similar, extraction
from assistant.accounts import AccountError
from assistant.accounts import cli as cli_accounts
from assistant.analysis import SCHEMA, analyse, analyse_file
from assistant.audit import cli as cli_audit
from assistant.cards import read_card
from assistant.console import Stream, notes, progress_bar, show_result
from assistant.demo import run as run_demo
from assistant.files import line_writer, write_json
from assistant.intake import read_criminal, read_for_sentencing
from assistant.jobs import cli as cli_jobs
from assistant.model import ModelUnavailable
from assistant.reports import (
    ReportError,
    require_format,
    write_report,
    write_selfcheck,
    write_sentencing,
)
from assistant.review import ReviewRefused
from assistant.sentencing import work_out
from assistant.settings import SettingsError, load
from assistant.storage import StoreError, open_store
from assistant.storage import cli as cli_storage
from assistant.storage.trouble import disk_trouble
from assistant.versions import versions
from ingestion.errors import InputError
from ingestion.model import Role
from ingestion.output import document_json
from knowledge_base.casebank import BankError
from knowledge_base.embedding import EmbedderMissing
from knowledge_base.vectors import VectorError

app = typer.Typer(
    help="刑事案件文书检查与评查助手（本地、离线）", no_args_is_help=True, add_completion=False
)
app.add_typer(cli_model.app, name="model")
app.add_typer(cli_review.app, name="review")
app.add_typer(cli_audit.app, name="audit")
app.add_typer(cli_storage.app, name="storage")
app.add_typer(cli_accounts.app, name="users")
app.add_typer(cli_kb.app, name="kb")
app.add_typer(cli_checks.app, name="checks")
app.add_typer(cli_cases.app, name="cases")
app.command("similar")(cli_similar.similar)
app.command("worker")(cli_jobs.worker)

Json = Annotated[
    str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
]
NoModel = Annotated[bool, typer.Option("--no-model", help="只用规则，不问模型")]
Card = Annotated[
    Path | None, typer.Option("--card", help="案卡（JSON、XLSX 或 CSV，格式见 docs/case-card.md）")
]
Report = Annotated[
    Path | None, typer.Option("--report", help="另存评查报告（.docx、.pdf、.html 或 .json）")
]
Save = Annotated[bool, typer.Option("--save", help="存入案件库，供 assistant review 逐条确认")]


def _load_card(path: Path | None) -> dict[str, Any] | None:
    return read_card(path) if path else None


def _read_result(path: Path) -> dict[str, Any]:
    """A result written by `--json`. Raises InputError."""
    try:
        result = load_json(path.read_text(encoding="utf-8"))
        known = result["schema"] == SCHEMA
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"“{path.name}”不是检查结果，请用 --json 所存的文件。") from error
    if not known:
        raise InputError(f"“{path.name}”不是 {SCHEMA} 格式的检查结果。")
    return dict(result)


def _finish(
    result: dict[str, Any],
    target: str | None,
    report: Path | None,
    save: bool,
    stream: Stream | None = None,
) -> None:
    if save:
        with open_store(load()) as store:
            case_id = store.save_analysis(result, actor=getuser())
            result = store.result(case_id)
        notes.print(f"已存为案件 {case_id}，逐条确认请运行：assistant review {case_id}")
    if report:
        write_report(result, report)
    if target:
        write_json(target, result)
    if stream:
        stream.end(result)
    elif target != "-":
        show_result(result)
    if report:
        notes.print(f"报告：{report}")


@app.command()
def extract(
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR", help="文书，或存放文书的文件夹")],
    json: Json = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="结果文件夹（每份文书一个文件）；中断后再运行即续做"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="同时读取的文书数，默认按处理器核数")
    ] = None,
) -> None:
    """读出文书的要素（类型、当事人、罪名、法条、量刑……）；文件夹则读出其中全部文书。"""
    if path.is_dir():
        _extract_folder(path, json, out, jobs)
        return
    if out or jobs:
        raise InputError("--out 和 --jobs 只用于文件夹；一份文书的结果请用 --json 指定。")
    with progress_bar() as progress:
        document = read_criminal(path, progress)
    write_json(json or "-", {"document": document_json(document)})


def _extract_folder(folder: Path, json: str | None, out: Path | None, jobs: int | None) -> None:
    target = json or (None if out else "-")
    try:
        with progress_bar(at_once=False) as progress, line_writer(target) as line:
            summary = extraction.run(folder, out=out, jobs=jobs, progress=progress, line=line)
    except KeyboardInterrupt as stopped:
        kept = f"已完成的结果在 {out}，用同一命令可以续做。" if out else "没有写出任何文件。"
        notes.print(f"已停止。{kept}", soft_wrap=True)
        raise typer.Exit(130) from stopped
    for text in extraction.describe(summary):
        notes.print(text, markup=False, soft_wrap=True)


@app.command()
def check(
    file: Path,
    card: Card = None,
    no_model: NoModel = False,
    json: Json = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="另存自查记录（.docx、.pdf、.html 或 .json）")
    ] = None,
    earlier: Annotated[
        Path | None,
        typer.Option("--earlier", help="前稿的检查结果（--json 所存），自查记录写明哪些已改正"),
    ] = None,
    save: Save = False,
) -> None:
    """发出前检查一份文书。"""
    before = _read_result(earlier) if earlier else None
    if report:
        require_format(report)
    with progress_bar() as progress:
        stream = Stream(progress) if not no_model and json != "-" else None
        result = analyse_file(
            file, card=_load_card(card), model=not no_model, progress=progress, show=stream
        )
    _finish(result, json, None, save, stream)
    if report:
        write_selfcheck(result, report, before)
        notes.print(f"自查记录：{report}")


@app.command()
def compare(
    opinion: Annotated[Path | None, typer.Option(help="起诉意见书")] = None,
    indictment: Annotated[Path | None, typer.Option(help="起诉书")] = None,
    recommendation: Annotated[Path | None, typer.Option(help="量刑建议书")] = None,
    judgment: Annotated[Path | None, typer.Option(help="刑事判决书")] = None,
    card: Card = None,
    no_model: NoModel = False,
    json: Json = None,
    report: Report = None,
    save: Save = False,
) -> None:
    """比对同一案件的文书（任意两种以上）。"""
    if report:
        require_format(report)
    given: dict[Role, Path | None] = {
        "opinion": opinion,
        "indictment": indictment,
        "recommendation": recommendation,
        "judgment": judgment,
    }
    paths = {role: path for role, path in given.items() if path is not None}
    if len(paths) + (card is not None) < 2:
        raise InputError("请至少给出两份文书（例如 --indictment 起诉书 --judgment 判决书）。")
    with progress_bar() as progress:
        stream = Stream(progress) if not no_model and json != "-" else None
        result = analyse(
            paths, card=_load_card(card), model=not no_model, progress=progress, show=stream
        )
    _finish(result, json, report, save, stream)


@app.command()
def sentence(file: Path, json: Json = None, report: Report = None) -> None:
    """按法律和量刑指导意见逐步测算量刑。"""
    if report:
        require_format(report)
    with progress_bar() as progress:
        document = read_for_sentencing(file, progress)
    opinions = work_out(document, local=load().local_thresholds)
    told = [o.to_json() for o in opinions]
    if report:
        write_sentencing(told, document.source.file, str(versions()["rules"]), report)
        notes.print(f"报告：{report}")
    if json:
        write_json(json, {"sentencing": told})
    if json != "-":
        for opinion in opinions:
            typer.echo(opinion.to_text())


@app.command()
def batch(
    folder: Path,
    out: Annotated[Path, typer.Option("--out", help="结果文件夹；中断后用同一文件夹再运行即续做")],
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="同时处理的案件数")] = 1,
    no_model: NoModel = False,
    json: Json = None,
) -> None:
    """批量检查一个文件夹：每个子文件夹是一个案件。可中断、可续做。"""
    with progress_bar() as progress:
        summary = batches.run(folder, out, jobs=jobs, model=not no_model, progress=progress)
    if json:
        write_json(json, summary)
    if json != "-":
        for line in batches.describe(summary):
            typer.echo(line)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", help="报告写到哪个文件夹")] = Path("output"),
    no_model: NoModel = False,
) -> None:
    """用自带的示范案件走一遍：比对、起草、确认、出报告。"""
    run_demo(out, model=not no_model)


def _add_verbs_of_other_packages() -> None:
    for entry in sorted(entry_points(group="assistant.commands"), key=lambda e: e.name):
        loaded = entry.load()
        if isinstance(loaded, typer.Typer):
            app.add_typer(loaded, name=entry.name)
        else:
            app.command(name=entry.name)(loaded)


def main() -> None:
    """Run the command line; turn refusals into one line and an exit code."""
    _add_verbs_of_other_packages()
    try:
        app()
    except (
        AccountError,
        BankError,
        InputError,
        ReportError,
        ReviewRefused,
        SettingsError,
        StoreError,
        VectorError,
    ) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    except (EmbedderMissing, ModelUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(3)
    except OSError as error:
        trouble = disk_trouble(error)
        if trouble is None:
            raise
        sys.stderr.write(f"{trouble}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
