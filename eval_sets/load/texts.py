"""A different small case for every upload: no two documents of a run are the same."""

from __future__ import annotations

import itertools
import threading

from eval_sets.own.labels import FOLDER

_SURNAMES = "罗卢单顾聂简邵覃项莫"
_GIVEN = ("庆生", "承安", "卫东", "书言", "立新", "佩章", "长清", "文远", "思齐", "宏图")
_NAMES = [surname + given for surname in _SURNAMES for given in _GIVEN]


class Texts:
    """Indictments of one kind with another defendant and number each, and two slips in each."""

    def __init__(self) -> None:
        text = (FOLDER / "indictment_fasttrack_dui.txt").read_text(encoding="utf-8")
        self._text = text.replace("足以认定", "足已认定").replace(
            "第一百三十三条之一第一款第（二）项", "第一百三十三条第一款"
        )
        self._numbers = itertools.count(1000)
        self._lock = threading.Lock()

    def next(self) -> tuple[str, bytes]:
        """The number of the document, by which it is found again, and its content."""
        with self._lock:
            number = next(self._numbers)
        told = f"临清检刑诉〔2024〕{number}号"
        name = _NAMES[number % len(_NAMES)]
        text = self._text.replace("临清检刑诉〔2024〕33号", told).replace("单卫东", name)
        return told, text.encode()
