"""`assistant eval SUITE --data PATH`: run one suite and print its numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.console import notes, progress_bar
from assistant.files import write_json
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


def evaluate(
    suite: str,
    data: Annotated[Path, typer.Option("--data", help="数据文件或文件夹")],
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="只取前几条")] = None,
    json: Annotated[str | None, typer.Option("--json", metavar="PATH|-")] = None,
) -> None:
    """运行一个评测集。"""
    if suite not in SUITES:
        raise InputError(f"没有名为“{suite}”的评测集；可用：{'、'.join(sorted(SUITES))}。")
    if not data.exists():
        raise NotFound(f"找不到评测数据“{data}”。")
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
