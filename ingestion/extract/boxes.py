"""Forms with boxes: only what is ticked is said (☑简易程序 □普通程序)."""

from __future__ import annotations

import re

_TICKED = "☑☒√✓✔■"
_EMPTY = "□☐▢"
_OPTION = re.compile(rf"[{_EMPTY}][^{_EMPTY}{_TICKED}；;。\n]*")


def ticked(text: str) -> str:
    """The text without the options whose boxes are empty, line by line where one is ticked.

    >>> ticked("程序：□速裁程序 ☑简易程序")
    '程序：☑简易程序'
    """
    lines = text.split("\n")
    return "\n".join(
        _OPTION.sub("", line) if any(mark in line for mark in _TICKED) else line for line in lines
    )
