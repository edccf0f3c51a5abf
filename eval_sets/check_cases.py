"""Gold cases for checks that have none, out of the texts their tests run on.

    python -m eval_sets.check_cases tests/assistant/test_checks*.py

Runs the tests, keeps the documents each check spoke and was silent on, and adds to
assistant/checks/gold the closest such pair for every code without a gold case. Only for
tests on own texts: tests marked `data` are left out.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import assistant.checks.gold as gold
from assistant.casefile import CaseFile
from assistant.checks import registry

HOME = Path(gold.__file__).parent
Texts = tuple[tuple[str, str], ...]
_CLAUSE = re.compile(r"[^，。；\n]*[，。；\n]|[^，。；\n]+")


class Seen(NamedTuple):
    """What a check spoke on (with the words it pointed at) and what it was silent on."""

    spoken: dict[Texts, str]
    silent: set[Texts]


def _texts(case: CaseFile) -> Texts:
    texts = {role: document.text for role, document in case.documents.items()}
    if case.card is not None:
        texts["card"] = json.dumps(case.card, ensure_ascii=False, indent=1)
    return tuple(sorted(texts.items()))


def record(paths: list[str]) -> dict[str, Seen]:
    """The documents of every check that the tests put to it."""
    seen: dict[str, Seen] = defaultdict(lambda: Seen({}, set()))
    results = registry.results

    def watched(code: str, case: CaseFile) -> Iterator[Any]:
        given = list(results(code, case))
        hits = [r for _, r in given if isinstance(r, registry.Hit)]
        if hits:
            seen[code].spoken.setdefault(_texts(case), hits[0].evidence[0].quote)
        elif not given:
            seen[code].silent.add(_texts(case))
        yield from given

    registry.results = watched
    try:
        pytest.main(["-q", "-m", "not data and not slow and not model", *paths])
    finally:
        registry.results = results
    return seen


def changes(right: str, wrong: str) -> list[list[str]] | None:
    """Replacements of whole clauses that make one text the other; None where none do."""
    a, b = _CLAUSE.findall(right), _CLAUSE.findall(wrong)
    found: list[list[str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        # A stretch that stands once: what is only added needs a clause to stand by.
        lead = 0
        while i - lead > 0 and right.count("".join(a[i - lead : j])) != 1:
            lead += 1
        found.append(["".join(a[i - lead : j]), "".join(a[i - lead : i] + b[k:m])])
    made = right
    for was, now in found:
        made = made.replace(was, now) if was else made
    return found if made == wrong else None


def _row(code: str, seen: Seen, often: Counter[Texts]) -> dict[str, Any] | None:
    """The gold case on the sample on which most other checks are silent too."""
    for silent in sorted(seen.silent, key=lambda texts: (-often[texts], texts)):
        found = []
        for spoken, quote in seen.spoken.items():
            if [role for role, _ in silent] != [role for role, _ in spoken]:
                continue
            pairs = zip(silent, spoken, strict=True)
            speaks = {role: changes(a, b) for (role, a), (_, b) in pairs if a != b}
            if None not in speaks.values():
                found.append((len(str(speaks)), speaks, quote))
        if found:
            _, speaks, quote = min(found, key=lambda one: one[0])
            names = {role: _sample(role, text) for role, text in silent}
            return {"code": code, "silent": names, "speaks": speaks, "points_at": quote[:24]}
    return None


def _sample(role: str, text: str) -> str:
    """The name under which a sample is kept, written where it is new."""
    suffix = "json" if role == "card" else "txt"
    for path in sorted((HOME / "samples").glob(f"*.{suffix}")):
        if dict(_texts(gold.case_of({role: path.read_text("utf-8")}))) == {role: text}:
            return path.stem
    name = f"{role}_{hashlib.sha256(text.encode()).hexdigest()[:6]}"
    (HOME / "samples" / f"{name}.{suffix}").write_text(text, "utf-8")
    return name


def main(paths: list[str]) -> None:
    """Add the missing gold cases; prints the codes for which the tests gave none."""
    seen = record(paths)
    often = Counter(texts for one in seen.values() for texts in one.silent)
    known = {case.code for case in gold.cases()}
    rows = []
    for code in sorted(set(registry.registered()) - known):
        row = _row(code, seen[code], often)
        if row is None:
            print("none:", code)
        else:
            rows.append(row)
    if rows:
        dumped = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=100)
        target = HOME / "cases.yaml"
        target.write_text(target.read_text("utf-8") + dumped, "utf-8")
    print(len(rows), "added")


if __name__ == "__main__":
    main(sys.argv[1:])
