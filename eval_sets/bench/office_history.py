"""What it costs to verify a long history, and to move an office to another machine.

    python -m eval_sets.bench.office_history [--events 1000000] [--documents 10000]

The office is made up: cases of two small documents and five findings each, all decided, with
one event for each act and two lines in the anchor for each transaction. Seconds by the clock
and of the processor. `restored` counts originals that read as they were kept, after a backup
was restored into an empty folder; `problems` is what verification says of either office.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

from sqlalchemy import insert

from assistant.audit import verify
from assistant.settings import Settings
from assistant.storage import Store, open_store, originals
from assistant.storage.backup import backup, restore
from assistant.storage.canonical import digest
from assistant.storage.chain import GENESIS, Event, Head, event_hash
from assistant.storage.identity import case_id
from assistant.storage.keys import key_path
from assistant.storage.schema import AnalysisRow, AuditRow, CaseRow, FindingRow
from eval_sets.bench import machine

T = TypeVar("T")
_FINDINGS = 5
_CASES_AT_ONCE = 500
_AT = "2026-03-02T09:00:00.000000+00:00"
_MESSAGES = (
    "起诉书认定的被盗手机价值与价格认定结论书不一致，相差一千二百元。",
    "判决书引用的条文没有写明款项。",
    "审查起诉期限届满前未见延长审查起诉期限的记载。",
    "量刑建议的罚金数额未在起诉书中写明。",
    "被告人前科的判决日期与释放日期先后颠倒。",
)


class _Chain:
    """Rows of the chain and lines of its anchor, linked as the program links them."""

    def __init__(self, lines: list[str]) -> None:
        self.head = Head(0, GENESIS)
        self.rows: list[dict[str, Any]] = []
        self._lines = lines

    def add(self, event: Event) -> int:
        before, seq = self.head, self.head.seq + 1
        self.head = Head(seq, event_hash(seq, _AT, event, before.hash))
        row = {"seq": seq, "at": _AT, "previous": before.hash, "hash": self.head.hash}
        self.rows.append(row | vars(event))
        for kind in ("prepare", "commit"):
            self._lines.append(f"{kind} {before.seq} {seq} {self.head.hash}\n")
        return seq


def _finding(number: int) -> dict[str, Any]:
    return {
        "code": "CMP-006",
        "dimension": "facts",
        "source": "rule",
        "message": _MESSAGES[number % len(_MESSAGES)],
        "suggestion": "请核对原件后统一。",
        "severity": "moderate",
        "status": "draft",
    }


def fill(store: Store, cases: int, sha256: Callable[[int], str]) -> None:
    """Cases with all their findings confirmed; `sha256` names the originals by number."""
    with store.anchor.path.open("a", encoding="ascii") as anchor:
        lines: list[str] = []
        chain = _Chain(lines)
        for first in range(0, cases, _CASES_AT_ONCE):
            made: dict[type, list[dict[str, Any]]] = {
                CaseRow: [], AnalysisRow: [], FindingRow: [], AuditRow: chain.rows
            }  # fmt: skip
            for number in range(first, min(first + _CASES_AT_ONCE, cases)):
                _one(number, chain, made, sha256)
            with store.restoring() as connection:
                for kind in (AuditRow, CaseRow, AnalysisRow, FindingRow):
                    connection.execute(insert(kind), made[kind])
            chain.rows.clear()
            anchor.writelines(lines)
            lines.clear()


def _one(
    number: int,
    chain: _Chain,
    made: dict[type, list[dict[str, Any]]],
    sha256: Callable[[int], str],
) -> None:
    documents = [
        {"role": role, "file": f"{role}.txt", "sha256": sha256(2 * number + place)}
        for place, role in enumerate(("indictment", "judgment"))
    ]
    findings = [_finding(number + n) for n in range(_FINDINGS)]
    result = {"schema": "findings/1", "documents": documents, "findings": findings}
    key = digest(documents)
    found_id, sha = case_id(f"{key}{number}", 0), digest(result)
    made[CaseRow].append(
        {"id": found_id, "documents_key": key, "title": f"第{number}号案件", "created_at": _AT}
    )
    made[AnalysisRow].append(
        {"id": number + 1, "case_id": found_id, "version": 1, "created_at": _AT, "actor": "李敏"}
        | {"content_key": key, "result_sha256": sha, "result": result}
    )
    saved = {"version": 1, "result_sha256": sha, "findings": _FINDINGS}
    chain.add(Event("analysis.saved", "李敏", found_id, after=saved))
    for place, told in enumerate(findings, 1):
        row_id = number * _FINDINGS + place
        state = {n: told[n] for n in ("status", "message", "suggestion", "severity")}
        after = state | {"status": "confirmed"}
        seq = chain.add(Event("finding.confirmed", "李敏", found_id, row_id, state, after))
        made[FindingRow].append(
            {"id": row_id, "analysis_id": number + 1, "number": place, "status": "confirmed"}
            | {"fingerprint": digest(row_id), "decision_seq": seq, "decided_on": _AT[:10]}
            | {"current": {n: told[n] for n in ("message", "suggestion", "severity")}}
            | {n: told[n] for n in ("code", "dimension", "source", "severity")}
        )


def _timed(act: Callable[[], T]) -> tuple[T, dict[str, float]]:
    clock, processor = perf_counter(), process_time()
    done = act()
    spent = {"clock_s": perf_counter() - clock, "cpu_s": process_time() - processor}
    return done, {name: round(value, 1) for name, value in spent.items()}


def verification(home: Path, events: int) -> dict[str, Any]:
    """Verify a history of so many events (a case has one more than findings)."""
    with open_store(Settings(home=home)) as store:
        fill(store, events // (_FINDINGS + 1), lambda number: f"{number:064x}")
        problems, spent = _timed(lambda: verify(store))
        return {"events": store.audit_head().seq, "problems": len(problems), **spent}


def moving(home: Path, documents: int) -> dict[str, Any]:
    """Back up an office with so many originals, restore it elsewhere, and verify it there."""
    here = Settings(home=home / "here")
    there = Settings(home=home / "there", key_file=key_path(here))
    kept = list(_kept(here, documents))
    archive = home / "office.backup"
    with open_store(here) as store:
        fill(store, documents // 2, kept.__getitem__)
        _, saved = _timed(lambda: backup(store, here, archive))
    with open_store(there) as store:
        _, restored = _timed(lambda: restore(store, there, archive))
        problems, _ = _timed(lambda: verify(store))
        damaged, read = _timed(lambda: list(originals.damaged(there)))
    return {
        "documents": len(kept),
        "archive_mib": round(archive.stat().st_size / 2**20, 1),
        "backup": saved,
        "restore": restored,
        "read_all": read,
        "restored": len(originals.every(there)) - len(damaged),
        "problems": len(problems),
    }


def _kept(settings: Settings, count: int) -> Iterator[str]:
    source = settings.home / "incoming" / "文书.txt"
    source.parent.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        source.write_text(f"第{number}号文书。" + "".join(_MESSAGES) * 8, encoding="utf-8")
        yield originals.keep(settings, source).name.split(".", 1)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    told: dict[str, Any] = {"machine": machine.facts()}
    for name, measure, size in (
        ("verification", verification, asked.events),
        ("moving", moving, asked.documents),
    ):
        with tempfile.TemporaryDirectory() as folder:
            told[name] = measure(Path(folder), size)
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
