"""What a DOCX says about a run's looks and a paragraph's number, styles included."""

from __future__ import annotations

from typing import Any

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = f"{{{NS['w']}}}"

_OFF = ("0", "false", "off")
_NEAR_WHITE = 0xF0
_SMALLEST_HALF_POINTS = 4
_DIGITS = "零一二三四五六七八九"


def on(properties: Any, name: str) -> bool | None:
    """A toggle of a property list: None where it says nothing."""
    if properties is None:
        return None
    found = properties.find(f"w:{name}", NS)
    return None if found is None else found.get(W + "val", "1") not in _OFF


def _value(properties: Any, name: str, attribute: str = "val") -> str | None:
    if properties is None:
        return None
    found = properties.find(f"w:{name}", NS)
    value = None if found is None else found.get(W + attribute)
    return None if value is None else str(value)


class Styles:
    """Run properties by style, with what styles inherit."""

    def __init__(self, root: Any | None) -> None:
        found = [] if root is None else root.findall("w:style", NS)
        self._styles = {style.get(W + "styleId"): style for style in found}

    def _chain(self, style: str | None) -> list[Any]:
        chain: list[Any] = []
        while style in self._styles and len(chain) < 20:
            node = self._styles[style]
            chain.append(node)
            style = _value(node, "basedOn")
        return chain

    def _sources(self, run: Any, paragraph: Any) -> list[Any]:
        """Property lists that bear on a run, the nearest first."""
        own = run.find("w:rPr", NS)
        of_paragraph = _value(paragraph.find("w:pPr", NS), "pStyle")
        chain = self._chain(_value(own, "rStyle")) + self._chain(of_paragraph)
        lists = [own, *(style.find("w:rPr", NS) for style in chain)]
        return [entry for entry in lists if entry is not None]

    def why_unseen(self, run: Any, paragraph: Any) -> str | None:
        """The reason why a person does not see this run, None where he does."""
        sources = self._sources(run, paragraph)
        if next((v for s in sources for v in [on(s, "vanish")] if v is not None), False):
            return "隐藏文字"
        size = next((v for s in sources for v in [_value(s, "sz")] if v is not None), "")
        if size.isdigit() and int(size) < _SMALLEST_HALF_POINTS:
            return "极小字号文字"
        colour = next((v for s in sources for v in [_value(s, "color")] if v is not None), "")
        if _is_white(colour) and not self._on_ground(run, paragraph, sources):
            return "白色文字"
        return None

    def _on_ground(self, run: Any, paragraph: Any, sources: list[Any]) -> bool:
        """Whether white letters stand on a fill: highlight or shading of run, paragraph, cell."""
        if any(_value(s, "highlight") not in (None, "none", "white") for s in sources):
            return True
        holders = [*sources, paragraph.find("w:pPr", NS)]
        holders += [cell.find("w:tcPr", NS) for cell in paragraph.iterancestors(W + "tc")]
        fills = [_value(holder, "shd", "fill") for holder in holders]
        return any(fill not in (None, "auto") and not _is_white(fill) for fill in fills)

    def numbering(self, properties: Any) -> tuple[str, int] | None:
        """(list id, level) of a paragraph, from itself or its style."""
        chain = self._chain(_value(properties, "pStyle"))
        for source in [properties, *(style.find("w:pPr", NS) for style in chain)]:
            found = None if source is None else source.find("w:numPr", NS)
            number = _value(found, "numId")
            if number is not None:
                level = _value(found, "ilvl") or "0"
                return None if number == "0" else (number, int(level) if level.isdigit() else 0)
        return None


def _is_white(colour: str | None) -> bool:
    if colour is None or len(colour) != 6:
        return False
    try:
        value = int(colour, 16)
    except ValueError:
        return False
    return min(value >> 16, value >> 8 & 255, value & 255) >= _NEAR_WHITE


class Numbering:
    """Automatic numbers: Word shows them but does not write them into the text."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        kinds = {
            a.get(W + "abstractNumId"): {
                int(level.get(W + "ilvl", "0")): _level(level) for level in a.findall("w:lvl", NS)
            }
            for a in root.findall("w:abstractNum", NS)
        }
        for number in root.findall("w:num", NS):
            kind = _value(number, "abstractNumId")
            self._levels[number.get(W + "numId")] = kinds.get(kind, {})

    def label(self, place: tuple[str, int] | None) -> str:
        """The number to show before the next paragraph at `place`; advances the count."""
        if place is None:
            return ""
        number, level = place
        levels = self._levels.get(number, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(number, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        form, pattern, _ = levels[level]
        if form in ("bullet", "none"):
            return ""
        for upper in range(level + 1):
            if upper in levels:
                count = counts.get(upper, levels[upper][2])
                pattern = pattern.replace(f"%{upper + 1}", _written(count, levels[upper][0]))
        return pattern


def _level(level: Any) -> tuple[str, str, int]:
    start = _value(level, "start") or "1"
    return (
        _value(level, "numFmt") or "decimal",
        _value(level, "lvlText") or "",
        int(start) if start.isdigit() else 1,
    )


def _written(count: int, form: str) -> str:
    if (
        form.startswith(("chinese", "japanese", "taiwanese", "ideographTraditional"))
        and count < 100
    ):
        tens, ones = divmod(count, 10)
        head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
        return head + (_DIGITS[ones] if ones or not tens else "")
    if form == "decimalEnclosedCircle" and count <= 20:
        return chr(0x2460 + count - 1)
    if form in ("lowerLetter", "upperLetter") and count <= 26:
        return chr((97 if form == "lowerLetter" else 65) + count - 1)
    return str(count)
