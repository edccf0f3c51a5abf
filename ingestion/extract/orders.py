"""What an operative part orders besides sentences: 追缴, 退赔, 没收, 发还, 驳回 …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingestion.model import CaseDocument, Field

_ORDERS = re.compile(
    r"追缴|退赔|退还|退缴|没收(?!(?:其)?(?:个人)?(?:全部|部分)?(?:个人)?财产)|发还|返还|销毁|责令|赔偿"
    r"|上缴国库|依法处理|依法处置|驳回|不得|禁止|从业|赔付|抵作|折抵罚金"
)
_SENTENCES = re.compile(
    r"(?<![主从罪累重初偶惯共])犯[^。；;，,]{1,60}?罪|判处(?:有期|拘役|管制|罚金|无期|死刑)|决定执行"
    r"|罚金[^。]{0,20}缴纳|缓刑考验"
)


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences and ；-clauses of `start:end`, blanks trimmed."""
    at = start
    for stop in [*(m.end() for m in re.finditer(r"[。；;\n]", text[start:end])), end - start]:
        stretch = text[at : start + stop]
        low = at + len(stretch) - len(stretch.lstrip())
        high = at + len(stretch.rstrip().rstrip("。；;，,"))
        if low < high:
            yield low, high
        at = start + stop


def read_orders(doc: CaseDocument, text: str, start: int, end: int) -> list[Field[str]]:
    """The orders of one item, a clause each; `text` has its bracketed remarks blanked."""
    return [
        Field(value=doc.text[low:high].strip(), span=doc.span(low, high))
        for low, high in _clauses(text, start, end)
        if _ORDERS.search(text, low, high) and not _SENTENCES.search(text, low, high)
    ]
