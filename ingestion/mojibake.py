"""Text that was read in the wrong encoding before it reached us, and the certain way back.

The bytes of UTF-8 obey strict rules: characters that, written back in the encoding they were
wrongly read in, give valid UTF-8 with Chinese in it were UTF-8. Where a byte was lost on the
way there is no way back, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

_LATER = {
    character: byte
    for byte in range(0x80, 0xA0)
    for character in bytes([byte]).decode("cp1252", "ignore")
}
# Latin letters in a row, or what the bytes of 的, ，, 。, 在, 是 and others look like in GBK.
_SIGNS = re.compile(
    r"[\x80-\xff\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{3}|[锛銆鐨鍦鏄鍒浠]"
)
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_FEWEST = 4
"""Ideographs that must come out of one line at least: less could be chance."""


def restored(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text with its spoilt lines restored, and (start, end, what stood there) of each.

    >>> restored("鍒ゅ喅涔︽枃")
    ('判决书文', [(0, 4, '鍒ゅ喅涔︽枃')])
    """
    if _SIGNS.search(text) is None:
        return text, []
    # Only at line feeds: other marks of line ends may be bytes of a spoilt character.
    lines = text.split("\n")
    if not any(_restored(line, _FEWEST) for line in lines):
        return text, []
    parts: list[str] = []
    changes: list[tuple[int, int, str]] = []
    at = 0
    for line in lines:
        # Beside lines that were certainly spoilt, a signature of two letters was too.
        better = _restored(line, 1)
        if better is not None:
            changes.append((at, at + len(better), line))
        parts.append(line if better is None else better)
        at += len(parts[-1]) + 1
    return "\n".join(parts), changes


def _restored(line: str, fewest: int) -> str | None:
    if line.isascii():
        return None
    for data in _as_bytes(line):
        try:
            found = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if len(_HAN.findall(found)) < fewest or found == line:
            continue
        return found
    return None


def _as_bytes(line: str) -> Iterator[bytes]:
    """The line in the encodings in which UTF-8 is usually misread."""
    with suppress(UnicodeEncodeError):
        yield line.encode("gb18030")
    codes = [_LATER.get(character, ord(character)) for character in line]
    if max(codes, default=256) < 256:
        yield bytes(codes)
