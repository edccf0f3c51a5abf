"""Where a line break ends a paragraph and where the line was merely full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from ingestion.furniture import PAGE_BREAK
from ingestion.offsets import Edit

_GAP = re.compile(r"[ \t\u3000\n\f]+")
_ENDED = re.compile(r"[。；：！？”」』…;:!?][）)」』】]?$|[）)】]。?$")
_OPEN = tuple("，、（《“‘〈「『〔,(")
_NEVER_FIRST = tuple("，。、；：？！）》”’〉」』〕")
# No gap parts a figure from 月 or 日, however the lines may stand.
_DATE_GOES_ON = re.compile(r"[年月][\d底初中]|日(?![期常])")
_STARTS = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、.．](?!\d)"
    r"|第[一二三四五六七八九十百]+[条节章][\u3000 ]"
    r"|(?:被告人|被告单位|犯罪嫌疑人|被害人)[^，。]{1,20}，(?:男|女|曾用名|绰号|又名|别名|住)"
    r"|(?:指定|委托)?辩护人[^，。]{2,6}，|公诉机关|此致|附[：:]|附件|本院认为|上述事实"
    r"|(?:代理?)?(?:审判长|审判员|人民陪审员|书记员|检察长|检察官|检察员)"
)
_HEADINGS = re.compile(
    r"[一-鿿]{2,24}(?:人民法院|人民检察院|公安局|公安分局)"
    r"|.{0,16}(?:起诉书|判决书|意见书|建议书|决定书|裁定书|通知书)"
    r"|.{0,16}[〔（(［\[]\d{4}[〕）)］\]].{0,16}号"
    r"|此致|附(?:件)?[：:]?"
    r"|(?:代理?)?(?:院长|检察长|审判长|审判员|人民陪审员|书记员|检察官|检察员|法官助理|检察官助理)"
    r"[ \u3000]*\S{0,5}"
    r"|[\d〇○零一二三四五六七八九十 ]{4,6}年[\d一二三四五六七八九十 ]{1,4}月"
    r"[\d一二三四五六七八九十 ]{1,4}日"
)
NARROWEST, WIDEST = 24, 110
"""Half-width units between which a text's longest lines look like a page's full lines."""
_OVER_THE_PAGE = 16
"""Characters a page's last line must have to go on over the page; headings are shorter."""


def width(text: str) -> int:
    """Display width in half-width units: wide characters are those of three bytes in UTF-8."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def paragraphs(text: str) -> Iterator[Edit]:
    """Edits that join soft breaks, reduce the others to one line feed and strip indents.

    A blank line, an indent or a line that ends a sentence is a paragraph's end; a line
    as long as the text's full lines, ended in the middle of a sentence, goes on.
    """
    widest = _Widest(text)
    start = 0
    breaks = [m.span() for m in _GAP.finditer(text) if "\n" in m[0] or PAGE_BREAK in m[0]]
    for index, (at, end) in enumerate(breaks):
        if at == 0 or end == len(text):
            yield at, end, ""
        else:
            gap = text[at:end]
            to = "\n"
            if text[at - 1].isdigit() and _DATE_GOES_ON.match(text, end):
                to = ""
            elif PAGE_BREAK in gap or gap.count("\n") == 1:
                stop = breaks[index + 1][0] if index + 1 < len(breaks) else len(text)
                before, after = text[start:at], text[end:stop]
                if _goes_on(before, after, gap, widest):
                    to = _joint(before, after)
            if gap != to:
                yield at, end, to
        start = end


def outer_blanks(text: str) -> Iterator[Edit]:
    """Blanks and breaks before the first and after the last character."""
    inner = len(text.rstrip())
    head = inner - len(text[:inner].lstrip())
    if head:
        yield 0, head, ""
    if inner < len(text):
        yield inner, len(text), ""


class _Widest:
    """The width of a text's full lines, worked out when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def width(self) -> int | None:
        """In half-width units; None where lines are paragraphs."""
        lines = (line.strip() for line in re.split(r"[\n\f]", self._text))
        widths = sorted(width(line) for line in lines if line)
        if len(widths) < 2:
            return None
        longest = widths[-1] if len(widths) < 20 else widths[int(len(widths) * 0.95)]
        return longest if NARROWEST <= longest <= WIDEST else None


def _goes_on(before: str, after: str, gap: str, widest: _Widest) -> bool:
    indent = gap[max(gap.rfind("\n"), gap.rfind(PAGE_BREAK)) + 1 :]
    if "\t" in before or "\t" in after or width(indent) >= 2:
        return False
    head = after[:40]
    if before.endswith(_OPEN) or head.startswith(_NEVER_FIRST):
        return True
    if _ENDED.search(before[-3:]) or _STARTS.match(head):
        return False
    if PAGE_BREAK in gap:
        return len(before) >= _OVER_THE_PAGE and not _HEADINGS.fullmatch(before.strip())
    full = widest.width
    if full is None:
        return False
    if len(before) <= 40 and _HEADINGS.fullmatch(before.strip()) and width(before) < 0.9 * full:
        return False
    return width(before.strip()) >= 0.8 * full


def _joint(before: str, after: str) -> str:
    latin = before[-1:].isascii() and before[-1:].isalpha()
    return " " if latin and after[:1].isascii() and after[:1].isalpha() else ""
