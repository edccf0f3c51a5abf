"""DOCX to SourceDocument: paragraphs and tables in body order, what is hidden kept apart.

Read from the parts' XML directly, because order, tracked changes, text boxes, footnotes and
hidden runs all live below what the usual library shows. The container has been checked by
`guard.check_docx` before; the parser resolves nothing all the same.

What counts as the document's text: the body with all insertions accepted and all deletions
made, as it would be printed; a text box after the paragraph that holds it; foot- and endnotes
at the end; a table row by row, a tab between cells, merged cells once. Kept apart as hidden:
deleted and moved text, comments, headers and footers, hidden, white and tiny runs.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from ingestion.errors import DamagedFile
from ingestion.model import HiddenText, SourceDocument
from ingestion.readers.docx_styles import NS, Numbering, Styles, W
from ingestion.readers.text import make_source

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BREAK = "\n\n"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CONTAINERS = frozenset(
    W + name
    for name in (
        "sdt",
        "sdtContent",
        "smartTag",
        "customXml",
        "ins",
        "moveTo",
        "hyperlink",
        "fldSimple",
        "dir",
        "bdo",
    )
)
_DELETED = frozenset((W + "del", W + "moveFrom"))
_DEEPEST = 200


def read_docx(data: bytes, file: str, sha256: str) -> SourceDocument:
    """Read a DOCX. It has no pages: offsets only.

    Raises DamagedFile or NoText.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            raw, hidden = _Reader(archive).read()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, OSError, RecursionError) as error:
        raise DamagedFile(
            f"「{file}」已损坏或不完整，无法打开，请用 Word 重新另存为 DOCX 后再上传。"
        ) from error
    return make_source(raw, file, MEDIA_TYPE, sha256, hidden)


def _parse(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


class _Reader:
    """One document's parts; collects the hidden text while the visible text is built."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._hidden: list[HiddenText] = []
        self._styles = Styles(self._part("word/styles.xml"))
        self._numbering = Numbering(self._part("word/numbering.xml"))

    def read(self) -> tuple[str, list[HiddenText]]:
        root = self._root("word/document.xml")
        body = root.find("w:body", NS)
        text = "" if body is None else self._blocks(body)
        for kind in ("footnotes", "endnotes"):
            text += self._footnotes(kind)
        self._aside()
        return text, self._hidden

    def _part(self, name: str) -> Any | None:
        return self._root(name) if name in self._names else None

    def _root(self, name: str) -> Any:
        return _parse(self._archive.read(name))

    def _hide(self, text: str, reason: str) -> None:
        if text.strip():
            self._hidden.append(HiddenText(text=text.strip(), reason=reason))

    # ------------------------------------------------------------------ the body

    def _blocks(self, parent: Any, depth: int = 0) -> str:
        if depth > _DEEPEST:
            raise RecursionError("nested too deep")
        parts: list[str] = []
        for child in parent:
            if child.tag == W + "p":
                parts.append(self._paragraph(child, depth) + BREAK)
            elif child.tag == W + "tbl":
                parts.append(self._table(child, depth) + BREAK)
            elif child.tag in _CONTAINERS:
                parts.append(self._blocks(child, depth + 1))
            elif child.tag in _DELETED:
                self._hide("".join(child.itertext()), "修订删除的文字")
        return "".join(parts)

    def _table(self, table: Any, depth: int) -> str:
        rows: list[str] = []
        for row in table.iterchildren(W + "tr", W + "sdt"):
            for real in [row] if row.tag == W + "tr" else row.iter(W + "tr"):
                cells = [
                    " ".join(self._blocks(cell, depth + 1).split("\n")).strip()
                    for cell in _cells(real)
                ]
                rows.append("\t".join(cells))
        return BREAK.join(rows)

    def _paragraph(self, paragraph: Any, depth: int) -> str:
        properties = paragraph.find("w:pPr", NS)
        boxes: list[str] = []
        text = "".join(self._inline(paragraph, paragraph, boxes, depth))
        label = self._numbering.label(self._styles.numbering(properties))
        mark = None if properties is None else properties.find("w:rPr", NS)
        if mark is not None and mark.find("w:del", NS) is not None and not text:
            return ""
        return BREAK.join([label + text if text.strip() else text, *boxes])

    def _inline(self, node: Any, paragraph: Any, boxes: list[str], depth: int) -> Iterator[str]:
        if depth > _DEEPEST:
            raise RecursionError("nested too deep")
        for child in node:
            if child.tag == W + "r":
                yield self._run(child, paragraph, boxes, depth)
            elif child.tag in _CONTAINERS:
                yield from self._inline(child, paragraph, boxes, depth + 1)
            elif child.tag in _DELETED:
                self._hide("".join(child.itertext()), "修订删除的文字")

    def _run(self, run: Any, paragraph: Any, boxes: list[str], depth: int) -> str:
        text = "".join(self._run_text(run, boxes, depth))
        reason = self._styles.why_unseen(run, paragraph)
        if reason is not None:
            self._hide(text, reason)
            return ""
        return text

    def _run_text(self, run: Any, boxes: list[str], depth: int) -> Iterator[str]:
        for child in run:
            match child.tag.removeprefix(W) if isinstance(child.tag, str) else "":
                case "t":
                    yield child.text or ""
                case "tab" | "ptab":
                    yield " "
                case "br" | "cr":
                    yield BREAK if child.get(W + "type") in ("page", "column") else "\n"
                case "noBreakHyphen":
                    yield "-"
                case "sym":
                    code = int(child.get(W + "char", "20"), 16)
                    yield chr(code) if code < 0xE000 else ""
                case "ruby":
                    base = child.find("w:rubyBase", NS)
                    for inner in () if base is None else base.iterchildren(W + "r"):
                        yield from self._run_text(inner, boxes, depth + 1)
                case "footnoteReference" | "endnoteReference":
                    continue
                case _:
                    for content in _text_boxes(child):
                        boxes.append(self._blocks(content, depth + 1).strip())

    # ------------------------------------------------------------------ beside the body

    def _footnotes(self, kind: str) -> str:
        root = self._part(f"word/{kind}.xml")
        if root is None:
            return ""
        notes = [n for n in root if n.get(W + "type") in (None, "normal")]
        return "".join(self._blocks(note) for note in notes)

    def _aside(self) -> None:
        """Comments, headers and footers: readable, but not the document's own words."""
        for name in sorted(self._names):
            folder, base = posixpath.split(name)
            if folder != "word" or not base.endswith(".xml"):
                continue
            if base == "comments.xml":
                for comment in self._root(name):
                    self._hide(" ".join(self._blocks(comment).split("\n")), "批注")
            elif base.startswith(("header", "footer")):
                self._hide(" ".join(self._blocks(self._root(name)).split()), "页眉/页脚")


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag in _CONTAINERS:
            yield from _cells(child)


def _text_boxes(node: Any) -> Iterator[Any]:
    """Text box contents below a drawing; of alternatives only the first is the document's."""
    if node.tag == W + "txbxContent":
        yield node
        return
    if node.tag == _MC + "AlternateContent":
        choice = node.find(_MC + "Choice")
        if choice is not None:
            yield from _text_boxes(choice)
            return
    for child in node:
        yield from _text_boxes(child)
