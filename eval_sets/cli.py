"""`assistant eval SUITE --data PATH`: run one suite and print its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.console import notes, progress_bar
from assistant.files import write_json
from assistant.settings import load
from eval_sets.suites import SUITES
from ingestion.errors import InputError, NotFound


def _lines(metrics: dict[str, Any], intervals: dict[str, Any], prefix: str = "") -> list[str]:
    lines = []
    for name, value in metrics.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            lines += _lines(value, intervals, f"{key}.")
        elif isinstance(value, float):
            low_high = intervals.get(key)
            span = f"  [{low_high[0]:.4f}, {low_high[1]:.4f}]" if low_high else ""
            lines.append(f"{key:<44}{value:.4f}{span}")
        else:
            lines.append(f"{key:<44}{value}")
    return lines


def _compare(
    models: list[str], data: Path | None, limit: int | None, answers: Path | None, json: str | None
) -> None:
    from eval_sets.compare import compare, table  # client libraries of the model: seconds

    if not models:
        raise InputError("请用 --model 给出要比较的模型，可以多次使用。")
    with progress_bar() as progress:
        compared = compare(
            models,
            data,
            load(),
            limit=limit,
            answers=answers,
            progress=lambda done, total: progress("比较模型", done, total),
        )
    if json:
        write_json(json, compared)
    if json != "-":
        for line in table(compared):
            typer.echo(line)


def evaluate(
    suite: str,
    data: Annotated[Path | None, typer.Option("--data", help="数据文件或文件夹")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="只取前几条")] = None,
    json: Annotated[str | None, typer.Option("--json", metavar="PATH|-")] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(
            "--model",
            help="compare：rules、default、GGUF、模型目录、地址#模型名；"
            "前加 product: 为只问程序会问的，naive: 为整篇直问",
        ),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="compare：存放模型回答的文件夹，中断后接着问"),
    ] = None,
) -> None:
    """运行一个评测集，或者用 compare 并排比较模型。"""
    if data is not None and not data.exists():
        raise NotFound(f"找不到评测数据“{data}”。")
    if suite == "compare":
        _compare(model or [], data, limit, answers, json)
        return
    if suite not in SUITES:
        raise InputError(f"没有名为“{suite}”的评测集；可用：{'、'.join(sorted(SUITES))}、compare。")
    if data is None:
        raise InputError("请用 --data 给出评测数据。")
    with progress_bar() as progress:
        result = SUITES[suite](
            data, limit, lambda done, total: progress(f"评测 {suite}", done, total)
        )
    if json:
        write_json(json, result)
    if json != "-":
        for line in _lines(result["metrics"], result.get("intervals", {})):
            typer.echo(line)
        for part, seen in result.get("trained_on", {}).items():
            if seen:
                notes.print(
                    f"注意：{part} 有 {seen} 条用于训练随程序发布的权重，其得分不是测量结果。"
                )
        notes.print(f"{suite}：{result['n']} 条，{result['seconds']:.1f} 秒")
