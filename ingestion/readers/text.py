"""Plain text and HTML in the encodings Chinese offices write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import charset_normalizer
from lxml import etree, html

from ingestion.errors import DamagedFile, NoText
from ingestion.glyphs import invisible_stretches
from ingestion.model import HiddenText, Repair, SourceDocument
from ingestion.mojibake import restored
from ingestion.normalise import Normalised, normalise

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_CJK = re.compile(r"[㐀-䶿一-鿿]")
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# Save the signs that honest Chinese text is full of: 张×, 马·阿里, 38°.
_ODD = re.compile(r"(?![×·°±÷§])[\ufffd\x80-\u02af\ue000-\uf8ff]")
_FEW = 12
_COMMON_SHARE = 0.55
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "tfoot"),
        *("thead", "title", "tr", "ul"),
    )
)
_SKIPPED = frozenset(("script", "style", "template", "noscript", "head", "svg", "iframe", "object"))
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)"
    r"|font-size\s*:\s*[01](?:\.\d+)?\s*(?:px|pt|em)?\s*(?:;|$)"
    r"|(?<![-\w])color\s*:\s*(?:white|#fff(?:fff)?|rgb\(255,\s*255,\s*255\))\b",
    re.IGNORECASE,
)


def make_source(
    raw: str, file: str, media_type: str, sha256: str, hidden: list[HiddenText]
) -> SourceDocument:
    """A source document without pages out of raw text; spoilt lines are restored on record.

    Raises NoText where nothing is left after normalisation, DamagedFile where some lines
    were spoilt beyond repair.
    """
    raw, restorations = restored(raw)
    if restorations and not all(plausible(line) for line in raw.split("\n")):
        raise _garbled(file)
    text = normalise(raw)
    if not text.text:
        raise NoText(f"「{file}」中没有可读的文字，请确认是否上传了正确的文件。")
    unseen = [HiddenText(text=t, reason="不可见字符") for t in invisible_stretches(raw)]
    return SourceDocument(
        file=file,
        media_type=media_type,
        sha256=sha256,
        text=text.text,
        repairs=text.repairs + list(_as_repairs(text, restorations)),
        hidden=hidden + unseen,
    )


def _as_repairs(text: Normalised, restorations: list[tuple[int, int, str]]) -> Iterator[Repair]:
    for start, end, was in restorations:
        a, b = text.from_raw(start), min(text.from_raw(end), len(text.text))
        if a < b:
            yield Repair(start=a, end=b, was=was, reason="乱码还原：UTF-8 文字曾按其他编码读取")


def decode(data: bytes, file: str) -> str:
    """The text of `data`: by its mark, else UTF-8, UTF-16, GB18030, else the likeliest.

    Raises DamagedFile where every reading is rubbish.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try(data[len(mark) :], encoding)
            if text is not None and plausible(text):
                return text
            raise _garbled(file)
    candidates: list[str] = []
    declared = _META.search(data[:2048])
    zeros_even, zeros_odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if zeros_even or zeros_odd:
        candidates.append("utf-16-le" if zeros_odd > zeros_even else "utf-16-be")
    candidates.append("utf-8")
    if declared is not None:
        candidates.append(declared.group(1).decode("ascii"))
    candidates.append("gb18030")
    for encoding in candidates:
        text = _try(data, encoding)
        if text is not None and "\x00" not in text:
            if plausible(text):
                return text
            if encoding == "utf-8":
                if plausible(restored(text)[0]):
                    return text
                # Valid UTF-8 is never chance: what it holds was spoilt before it was saved.
                raise _garbled(file)
    guess = charset_normalizer.from_bytes(data[:200_000]).best()
    text = None if guess is None else _try(data, guess.encoding)
    if text is not None and plausible(text) and _CJK.search(text):
        return text
    raise _garbled(file)


def _garbled(file: str) -> DamagedFile:
    return DamagedFile(f"「{file}」的文字编码无法识别（乱码），请另存为 UTF-8 编码后再上传。")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def plausible(text: str) -> bool:
    """Whether `text` reads as writing rather than as bytes in the wrong encoding.

    Of real Chinese nearly every character is in the common half of GB 2312 (or, written in
    traditional characters, in the common half of Big5); wrongly decoded bytes scatter.
    """
    sample = text[:20_000]
    if not sample.strip():
        return True
    odd = len(_ODD.findall(sample))
    if odd > 0.02 * len(sample) + 2:
        return False
    cjk = _CJK.findall(sample)
    if len(cjk) < _FEW:
        return True
    simple = sum(1 for c in cjk if 0xB0 <= _lead(c, "gb2312") <= 0xD7)
    traditional = sum(1 for c in cjk if 0xA4 <= _lead(c, "big5") <= 0xC6)
    return max(simple, traditional) >= _COMMON_SHARE * len(cjk)


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0


def read_text(data: bytes, file: str, sha256: str) -> SourceDocument:
    return make_source(decode(data, file), file, "text/plain", sha256, [])


def read_html(data: bytes, file: str, sha256: str) -> SourceDocument:
    """Visible text of a page; what its styles hide is kept apart.

    Raises DamagedFile or NoText.
    """
    text = decode(data, file)
    parser = html.HTMLParser(no_network=True, remove_comments=False, huge_tree=False)
    try:
        # The declaration would contradict the text, which is decoded already.
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(
            f"「{file}」不是完整的网页，无法读取，请另存为 DOCX 或 PDF 后再上传。"
        ) from error
    parts: list[str] = []
    hidden: list[HiddenText] = []
    _walk(root, parts.append, hidden)
    return make_source("".join(parts), file, "text/html", sha256, hidden)


def _walk(root: Any, emit: Callable[[str], None], hidden: list[HiddenText]) -> None:
    """Document order without recursion: a page may nest deeper than Python does."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        name = node.tag if isinstance(node.tag, str) else None
        if done:
            emit("\n\n" if name in _BLOCKS else "\t" if name in ("td", "th") else "")
            emit(_flat(node.tail))
            continue
        if name is None:
            content = (node.text or "").strip()
            if isinstance(node, html.HtmlComment) and content:
                hidden.append(HiddenText(text=content, reason="网页注释"))
            emit(_flat(node.tail))
            continue
        if name in _SKIPPED:
            emit(_flat(node.tail))
            continue
        if node.get("hidden") is not None or _UNSEEN.search(node.get("style") or ""):
            content = " ".join("".join(node.itertext()).split())
            if content:
                hidden.append(HiddenText(text=content, reason="网页中隐藏的文字"))
            emit(_flat(node.tail))
            continue
        if name in _BLOCKS:
            emit("\n\n")
        emit(node.text or "" if name == "pre" else _flat(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))


def _flat(text: str | None) -> str:
    """Line breaks inside running HTML are blanks, and between Chinese characters nothing."""
    if not text:
        return ""
    joined = re.sub(r"(?<=[^\x00-\x7f])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\x7f])", "", text)
    return re.sub(r"[\r\n]+", " ", joined)
