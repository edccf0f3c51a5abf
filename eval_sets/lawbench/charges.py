"""LawBench 3-3: facts → charges, in the benchmark's own (older, compound) names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from eval_sets.lawbench.task import Task
from eval_sets.metrics import set_f1
from knowledge_base import charge_inference

_ANSWER = re.compile(r"\[罪名\](.*?)(?:<eoa>|$)", re.DOTALL)

# The benchmark took its names from a corpus of 2018 and splits some charges in two.
LABELS: Mapping[str, tuple[str, ...]] = {
    "强制猥亵、侮辱罪": ("强制猥亵、侮辱妇女",),
    "侵犯公民个人信息罪": ("非法获取公民个人信息",),
    "危害国家重点保护植物罪": ("非法采伐、毁坏国家重点保护植物",),
    "危害珍贵、濒危野生动物罪": ("非法猎捕、杀害珍贵、濒危野生动物",),
    "生产、销售、提供假药罪": ("生产、销售假药",),
    "盗窃、侮辱、故意毁坏尸体、尸骨、骨灰罪": ("盗窃、侮辱尸体",),
    "非法生产、销售专用间谍器材、窃听、窃照专用器材罪": ("非法生产、销售间谍专用器材",),
    "非法生产、买卖、运输制毒物品、走私制毒物品罪": ("非法买卖制毒物品",),
    "隐匿、故意销毁会计凭证、会计账簿、财务会计报告罪": (
        "隐匿、故意销毁会计凭证、会计帐簿、财务会计报告",
    ),
    "引诱、容留、介绍卖淫罪": (
        "组织、强迫、引诱、容留、介绍卖淫",
        "引诱、容留、介绍卖淫",
    ),
    "传播淫秽物品罪": ("制造、贩卖、传播淫秽物品", "传播淫秽物品"),
    "制作、复制、出版、贩卖、传播淫秽物品牟利罪": (
        "制造、贩卖、传播淫秽物品",
        "制作、复制、出版、贩卖、传播淫秽物品牟利",
    ),
}


def labels(charge: str) -> tuple[str, ...]:
    """The benchmark's names of a charge, without 罪."""
    return LABELS.get(charge, (charge.removesuffix("罪"),))


def _answer(text: str, instruction: str) -> str:
    guesses = charge_inference.infer(text.removeprefix("事实:"))
    names = [label for guess in guesses for label in labels(guess.charge)]
    return f"[罪名]{';'.join(dict.fromkeys(names))}<eoa>" if names else ""


def _names(text: str) -> set[str]:
    found = _ANSWER.search(text)
    listed = found[1] if found else text.removeprefix("罪名:")
    return {name.strip() for name in re.split(r"[;；]", listed) if name.strip()}


def charge_f1(predictions: Sequence[str], references: Sequence[str]) -> list[float]:
    """F1 of the set of charges an item."""
    return [
        set_f1(_names(given), _names(expected))
        for given, expected in zip(predictions, references, strict=True)
    ]


TASKS = {"3-3": Task("3-3", _answer, charge_f1)}
