"""The version of a result that may leave the office (脱密): no names, no numbers of people.

Known persons (defendants, those named with their part: victim, witness, counsel) and whoever
decided or signed become 某; numbers of identity papers, telephones, bank cards and cars, the
documents' own numbers and file names, and what stands after 住址 go. What is left is to be
read by a person before it goes out: `NOTE` says so on the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from knowledge_base.wording import surnames

NOTE = "本件为脱密版：姓名、号码、住址已由程序隐去，对外提供前须由人核对"
_GONE = "（已隐去）"
_PARTS = (
    "被害人|证人|被告人|犯罪嫌疑人|辩护人|诉讼代理人|法定代理人|鉴定人|同案人|同案犯|被害单位负责人|"
    "近亲属|检察官助理|检察官|检察员|审判长|审判员|人民陪审员|书记员|举报人|报案人|被不起诉人"
)
_NAMED = re.compile(rf"(?:{_PARTS})[：:]?(?P<name>[\u4e00-\u9fff]{{2,4}})")
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)"), "（证件号码）"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "（电话号码）"),
    (re.compile(r"(?<!\d)\d{16,19}(?!\d)"), "（账号）"),
    (
        re.compile(r"[\u4e00-\u9fff][A-Z][·•]?(?=[A-Z0-9]*\d)[A-Z0-9]{5,6}(?![A-Za-z0-9])"),
        "（车牌号）",
    ),
    (
        re.compile(r"[\u4e00-\u9fff]{0,8}[〔（(\[](?:19|20)\d{2}[〕）)\]][^，。；\s]{0,12}?\d+号"),
        "（文书号）",
    ),
    (
        re.compile(r"(?P<kept>(?:住址|户籍地|户籍所在地|现住地?|住)[：:]?)[^，。；\n]{4,60}"),
        r"\g<kept>（住址）",
    ),
)
_NO_NAME_ENDS = "的和与及在被于对将把向称说陈供证又也即之等系是因为后前曾未已均亦并"


def masked(result: dict[str, Any]) -> dict[str, Any]:
    """A copy of a result of contract `findings/1` in which nobody is named."""
    told = _without_people(result)
    names = sorted(_names(told), key=lambda n: (-len(n), n))
    aliases = _aliases(names)

    def change(text: str) -> str:
        for name, alias in aliases.items():
            text = text.replace(name, alias)
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        return text

    changed = _each(told, change)
    assert isinstance(changed, dict)
    return changed | {"masked": NOTE}


def _without_people(result: dict[str, Any]) -> dict[str, Any]:
    """The result without those who worked on it, and without what names its papers."""
    case = dict(result.get("case") or {})
    case["numbers"] = dict.fromkeys(case.get("numbers") or {}, _GONE)
    documents = [{**d, "number": _GONE, "file": _GONE} for d in result["documents"]]
    findings = [{**f, "decision": None, "original": None} for f in result["findings"]]
    signature = result.get("signature")
    if signature:
        signature = {**signature, "actor": _GONE}
    grade = result.get("grade") or {}
    if "given" in grade:
        grade = {**grade, "given": [{**g, "name": _GONE} for g in grade["given"]]}
    return {
        **result,
        "case": case,
        "documents": documents,
        "findings": findings,
        "signature": signature,
        "grade": grade,
        # The back and forth within the office is not for others.
        "objections": None,
        "similar": None,
    }


def _names(result: dict[str, Any]) -> set[str]:
    """Whoever is known by name: from the fields that hold persons, and from the texts."""
    names = set(result["case"].get("defendants") or [])
    names |= {row["defendant"] for row in result.get("comparison") or []}
    names |= {opinion["person"] for opinion in result.get("sentencing") or []}
    texts: list[str] = []

    def note(text: str) -> str:
        texts.append(text)
        return text

    _each(result["findings"], note)
    _each(result.get("differences"), note)
    for match in _NAMED.finditer("\n".join(texts)):
        if name := _cut(match["name"]):
            names.add(name)
    return {name for name in names if len(name) >= 2 and "某" not in name}


def _cut(words: str) -> str | None:
    """The name that the words begin with: a known surname and what follows, to three letters."""
    double = words[:2] in surnames() and len(words) > 2
    if not double and words[:1] not in surnames():
        return None
    name = words[: 4 if double else 3]
    for at, letter in enumerate(name[1:], 1):
        if letter in _NO_NAME_ENDS:
            name = name[:at]
            break
    return name if len(name) > (2 if double else 1) else None


def _aliases(names: list[str]) -> dict[str, str]:
    """韩某, and 韩某2 for the second of that surname."""
    aliases: dict[str, str] = {}
    for name in names:
        surname = name[:2] if len(name) > 2 and name[:2] in surnames() else name[:1]
        number = sum(alias.startswith(f"{surname}某") for alias in aliases.values()) + 1
        aliases[name] = f"{surname}某{number if number > 1 else ''}"
    return aliases


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """The value with every text in it changed; names of fields stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(item, change) for item in value]
    if isinstance(value, dict):
        # Some tables have charges or persons as their keys.
        return {change(key): _each(item, change) for key, item in value.items()}
    return value
