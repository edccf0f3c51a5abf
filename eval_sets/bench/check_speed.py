"""The pre-issue check of an indictment of 20 pages by rules alone: seconds, after the start.

Part of `python -m eval_sets.bench --data DATA check_speed` (the data are not read). The
indictment is our own fraud case told in many counts, as plain text and as the PDF its office
would print. A first, short document pays for what a program loads once; the least of several
runs counts, since other work on the machine can only slow a run down.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pymupdf

from assistant.analysis import analyse_file
from assistant.settings import Settings
from eval_sets.own.papers import write_pdf

PAGES = 20
RUNS = 3
_COUNTS = re.compile(r"(?<=具体事实如下：\n)1\..*?(?=综上)", re.S)
_RUSES = ("推荐“涨停牛股”", "“升级会员”", "“跟单操盘”", "缴纳“解冻保证金”", "购买“内部软件”")
_NAMES = "柏施万姜戚鲍褚邬戴滕"
_COUNT = (
    "{n}.2021年{month}月{day}日至{last}日，被告人翁德海指使被告人古月明、阿依古丽·买买提，在江城市南岭区"
    "云顶国际写字楼内冒充“证券分析师”，通过微信与被害人{name}某联系，以{ruse}为由，先后{times}次骗取其"
    "转入公司账户的服务费共计人民币{yuan}元。同月{last}日，{name}某要求退款，阿依古丽·买买提将其移出微信群。\n"
)


def _told(counts: int) -> Iterator[tuple[str, int]]:
    for n in range(1, counts + 1):
        yuan = 3000 + 170 * n
        yield (
            _COUNT.format(
                n=n,
                month=9 + n % 3,
                day=1 + n % 20,
                last=3 + n % 20,
                name=_NAMES[n % len(_NAMES)],
                ruse=_RUSES[n % len(_RUSES)],
                times="两三四"[n % 3],
                yuan=yuan,
            ),
            yuan,
        )


@cache
def long_indictment(counts: int) -> str:
    """The own fraud indictment with so many counts and its sums made to fit."""
    source = files("eval_sets") / "own" / "texts" / "indictment_fraud_group.txt"
    told = list(_told(counts))
    text = _COUNTS.sub("".join(count for count, _ in told), source.read_text(encoding="utf-8"))
    total = sum(yuan for _, yuan in told)
    return text.replace("28.9万元", f"{total}元").replace("16.4万元", f"{total}元")


def _pages(path: Path) -> int:
    with pymupdf.open(path) as document:
        return int(document.page_count)


def _paper(folder: Path) -> tuple[Path, Path]:
    """The text and the PDF of the least counts that fill the pages."""
    text, pdf = folder / "起诉书.txt", folder / "起诉书.pdf"
    counts = 10
    while _pages(write_pdf(long_indictment(counts), pdf)) < PAGES:
        counts += 2
    text.write_text(long_indictment(counts), encoding="utf-8")
    return text, pdf


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _check(path: Path, settings: Settings) -> dict[str, Any]:
    begun, spent = time.perf_counter(), _cpu()
    result = analyse_file(path, model=False, settings=settings)
    return {
        "cpu": round(_cpu() - spent, 3),
        "wall": round(time.perf_counter() - begun, 3),
        "steps": result["timing"],
        "findings": len(result["findings"]),
    }


def run(data: Path | None = None) -> dict[str, Any]:
    """`pages`, `characters`, and for `text` and `pdf` the run with the least CPU seconds.

    The PDF reader's own process is not in `cpu` (it lives on), but in `wall` and `steps.read`.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        settings = Settings(home=folder, cache=folder)
        text, pdf = _paper(folder)
        short = folder / "短.pdf"
        write_pdf(long_indictment(3), short)
        _check(short, settings)
        best = {
            kind: min((_check(path, settings) for _ in range(RUNS)), key=lambda r: float(r["cpu"]))
            for kind, path in (("text", text), ("pdf", pdf))
        }
        return {
            "pages": _pages(pdf),
            "characters": len(text.read_text(encoding="utf-8")),
            **best,
        }
