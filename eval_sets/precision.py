"""How often each check is right: its hits on development documents, as people judged them.

    python -m eval_sets.precision DATA            regenerate tables/check_precision.yaml
    python -m eval_sets.precision DATA --unread   show the hits that nobody has judged
    python -m eval_sets.precision DATA --read     the judgments read from first word to last

DATA is the folder of development data (judgments, indictments, clean planted pairs). Verdicts
stand in gold/check_hits.jsonl (`eval_sets/gold/hits.py`); one on a hit that the program no
longer gives is kept and not counted. To judge: run with --unread, read, set `right`, add the line.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import knowledge_base
from assistant.casefile import CaseFile
from assistant.checks import registry
from assistant.checks.standing import standings
from assistant.findings import Finding
from eval_sets.gold.hits import Key, key, verdicts
from eval_sets.gold.readings import at_first, now, readings
from eval_sets.suites.planted import read_pair
from ingestion.extract import parse
from ingestion.model import CaseDocument, Role
from ingestion.readers import source_from_text
from knowledge_base.catalogue import entries

TABLE = Path(knowledge_base.__file__).parent / "tables" / "check_precision.yaml"
_HEAD = """# 各项检查在开发样本上的命中，经人逐条阅读；由 python -m eval_sets.precision 重新生成，勿手改。
table: check_precision
version: {day}
defaults:
  source: 开发样本逐条阅读（eval_sets/gold/check_hits.jsonl）
rows:{empty}
"""


def _one(role: Role, text: str) -> CaseFile:
    document = parse(source_from_text(text))
    document.role = role
    return CaseFile({role: document})


def cases(data: Path) -> Iterator[tuple[str, CaseFile]]:
    """The documents whose hits are judged, with their names."""
    for line in (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row["text_id"], _one("judgment", row["fd"])
    for path in sorted((data / "indictments").glob("*.txt")):
        yield path.stem, _one("indictment", path.read_text("utf-8"))
    for line in (data / "planted" / "dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row["planted"]:
            yield row["id"], read_pair(row)


def hits(data: Path) -> Iterator[tuple[Key, Finding, CaseFile]]:
    """Every finding of every check, those that are off by default too.

    The indictments of planted pairs are made up: in them only the comparisons count.
    """
    all_on = {code: replace(standing, on=True) for code, standing in standings().items()}
    for identity, case in cases(data):
        for finding in registry.run(case, standing=all_on)[0]:
            if len(case.documents) == 1 or entries()[finding.code].pairs:
                yield key(identity, finding), finding, case


def table(given: list[Key], judged: dict[Key, bool], day: date) -> str:
    """The table's text: hits and right ones of each code, of those given and judged."""
    read, right = Counter[str](), Counter[str]()
    for one in dict.fromkeys(given):
        if one in judged:
            read[one.code] += 1
            right[one.code] += judged[one]
    rows = "".join(
        f"  - {{code: {code}, hits: {read[code]}, right: {right[code]}}}\n" for code in sorted(read)
    )
    return _HEAD.format(day=day.isoformat(), empty="" if rows else " []") + rows


def _show(one: Key, finding: Finding, case: CaseFile) -> None:
    print(json.dumps(one._asdict() | {"right": None}, ensure_ascii=False))
    print(f"   {finding.severity} {finding.message}")
    for span in finding.evidence[:2]:
        document = case.documents.get(span.role) if span.role else None
        text = document.text if document else ""
        before, after = text[max(0, span.start - 60) : span.start], text[span.end : span.end + 60]
        print(f"   …{before}【{span.quote[:120]}】{after}…".replace("\n", "/"))


def _looks(data: Path) -> Callable[[str], tuple[CaseDocument, list[Finding]]]:
    """A judgment of the data by its id, with the findings of the checks that are on."""
    lines = (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    texts = {row["text_id"]: row["fd"] for row in map(json.loads, lines)}

    def look(identity: str) -> tuple[CaseDocument, list[Finding]]:
        case = _one("judgment", texts[identity])
        assert case.judgment is not None
        return case.judgment, registry.run(case)[0]

    return look


def _readings(data: Path) -> None:
    read = readings()
    first, today = at_first(read), now(read, _looks(data))
    print(f"{len(read)} judgments read by eye")
    print("| | moderate or worse | right | precision | right, all | slips missed | open |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, one in (("first look", first), ("now", today)):
        print(
            f"| {name} | {one.grave} | {one.grave_right} | {one.precision:.2f} | {one.right} "
            f"| {one.slips - one.found} of {one.slips} | {', '.join(one.open)} |"
        )
    print(f"{today.unread} findings of today not judged")


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--unread", action="store_true")
    parser.add_argument("--read", action="store_true")
    given = parser.parse_args()
    if given.read:
        _readings(given.data)
        return
    judged = verdicts()
    keys, unread = [], 0
    for one, finding, case in hits(given.data):
        keys.append(one)
        if one not in judged:
            unread += 1
            if given.unread:
                _show(one, finding, case)
    if not given.unread:
        TABLE.write_text(table(keys, judged, date.today()), "utf-8")
    print(f"{len(keys)} hits, {unread} not judged")


if __name__ == "__main__":
    main()
