"""`assistant similar`: cases of the office's bank that are like a document or a text."""

from __future__ import annotations

from collections.abc import Iterator
from json import JSONDecodeError, loads
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.console import notes, progress_bar
from assistant.files import write_json
from assistant.reports import require_format, write_similar
from assistant.settings import load
from assistant.similar.table import MARK_NAMES
from assistant.similar.telling import distribution_text
from assistant.versions import versions
from ingestion.errors import InputError
from knowledge_base.casebank import Filters, read_filters


def similar(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="刑事案件文书")] = None,
    text: Annotated[str | None, typer.Option("--text", help="案情文字，代替文书")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="找几件")] = 5,
    filters: Annotated[
        str | None,
        typer.Option("--filters", metavar="JSON", help='筛选条件，例如 {"charges": ["盗窃罪"]}'),
    ] = None,
    bank: Annotated[
        Path | None,
        typer.Option("--bank", metavar="DIR", help="案例库文件夹，默认为本单位的案例库"),
    ] = None,
    json: Annotated[
        str | None, typer.Option("--json", metavar="PATH|-", help="把结果写成 JSON（- 为标准输出）")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="另存类案检索报告（.docx、.pdf、.html 或 .json）"),
    ] = None,
) -> None:
    """在案例库中找类案：理由、逐项比较、同类案件的刑期。"""
    if (file is None) == (not (text or "").strip()):
        raise InputError("请给出一份文书，或者用 --text 给出案情，二者取一。")
    if report:
        require_format(report)
    wanted = _filters(filters)
    # Searching brings numpy and the tables of words along: other verbs start without.
    from assistant.similar.lookup import look_up, opened
    from assistant.similar.office import reranker, standing
    from assistant.similar.query import of_file, of_text

    with progress_bar() as progress:
        query = of_file(file, progress) if file else of_text(text or "")
        if not query.case.passages:
            raise InputError("没有读出案情，无法检索类案。")
        progress("检索类案", 0, 0)
        settings = load()
        with opened(settings, bank) as found:
            told, far = look_up(found, query, k, wanted, reranker(settings), standing(settings))
    result = {"similar": told, "findings": [one.to_json() for one in far]}
    if report:
        write_similar(told, str(versions()["rules"]), report)
        notes.print(f"报告：{report}")
    if json:
        write_json(json, result)
    if json != "-":
        for line in _lines(result):
            typer.echo(line)


def _lines(result: dict[str, Any]) -> Iterator[str]:
    """The result for the terminal: each case with what is not the same, then the terms."""
    told = result["similar"]
    yield from told["notes"]
    for at, case in enumerate(told["cases"]):
        court = f"  {case['court']}" if case["court"] else ""
        sentence = f"  {case['sentence']}" if case["sentence"] else ""
        yield f"\n{case['rank']}. {case['title']}{court}{sentence}  〔库内编号 {case['id']}〕"
        yield f"   {case['reason']}"
        for mark, name in MARK_NAMES.items():
            rows = [r["name"] for r in told["table"] if r["cells"][at]["mark"] == mark]
            if rows:
                yield f"   {name}：{'、'.join(rows)}"
        if case["difference"]:
            yield f"   {case['difference']}"
    if told["distribution"]:
        yield f"\n{distribution_text(told['distribution'])}"
    yield from (f"\n【提示】{f['message']}{f['suggestion']}" for f in result["findings"])


def _filters(given: str | None) -> Filters | None:
    if given is None:
        return None
    try:
        data = loads(given)
    except JSONDecodeError as error:
        raise InputError("--filters 不是 JSON。") from error
    if not isinstance(data, dict):
        raise InputError("--filters 应当是一个 JSON 对象。")
    return read_filters(data)
