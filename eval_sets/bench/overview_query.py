"""What the overview and the queue cost over many stored findings, against one plain count.

    python -m eval_sets.bench.overview_query [--findings 20000] [--database URL]

Cases are invented: five findings each, four of five decided, a fifth of them rejected, a third
of the cases signed; three events of the audit chain a case. They are written straight into
the tables of an empty database (a temporary SQLite file unless a URL is given). Milliseconds
at the median of the runs, by the clock and of the processor; `ratio` to `SELECT count(*)` over
the findings, each in a transaction of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import func, insert, select

from assistant.accounts import Person, UserRole
from assistant.accounts.schema import PartRow, UserRow
from assistant.overview.counts import counts
from assistant.overview.drill import sentences
from assistant.overview.outcomes import adoptions, inconsistencies
from assistant.overview.precision import precisions
from assistant.overview.scope import Scope
from assistant.quality.bulk import alike
from assistant.quality.notices import repeats
from assistant.quality.queue import Wanted, page
from assistant.settings import Settings
from assistant.storage import Store, open_store
from assistant.storage.register import ChargeRow, RecommendationRow, RegisterRow
from assistant.storage.schema import AnalysisRow, AuditRow, CaseRow, FindingRow, SignatureRow
from eval_sets.bench import machine

_RUNS = 9
_PER_CASE = 5
_EVENTS = 3
_AT_ONCE = 2000
_UNIT = "临江市青岩区人民检察院"
_AT = "2026-{month:02d}-10T08:00:00.000000+00:00"
_CODES = ("CMP-006", "CMP-015", "DATE-004", "FMT-002", "REAS-003", "SENT-001", "NAME-002")
_DIMENSIONS = ("law", "law", "procedure", "documents", "reasoning", "law", "facts")
_CHARGES = ("盗窃罪", "诈骗罪", "抢劫罪", "故意伤害罪", "危险驾驶罪")
_SEVERITIES = ("serious", "moderate", "minor", "minor")


def run(findings: int, database: str | None = None) -> dict[str, Any]:
    """Milliseconds and ratios by query, over so many findings."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(home=home, cache=home, database_url=database)
        with open_store(settings) as store:
            _fill(store, findings)
            person = Person(1, "何静", UserRole.quality, _UNIT, "案件管理部")
            return {"findings": findings, "runs": _RUNS} | _measured(store, person)


def _measured(store: Store, person: Person) -> dict[str, Any]:
    def plain() -> None:
        with store.reading() as session:
            session.scalar(select(func.count()).select_from(FindingRow))

    every, code = Scope(), Scope(code="CMP-015", month="2026-03")
    asked: dict[str, Callable[[], object]] = {
        "plain count": plain,
        "dashboard (4 queries)": lambda: counts(store, person, every),
        "dashboard of one check and month": lambda: counts(store, person, code),
        "drill-down, first 50": lambda: sentences(store, person, every),
        "inconsistencies": lambda: inconsistencies(store, person, every),
        "adoptions": lambda: adoptions(store, person, every),
        "precision": lambda: precisions(store, person, every),
        "repeats": lambda: repeats(store, person.unit),
        "queue, first 50": lambda: page(store, person, Wanted()),
        "queue, minor drafts": lambda: page(
            store, person, Wanted(severity="minor", state="drafted")
        ),
        "equal minor points": lambda: alike(store, person),
    }
    took = {name: _median(ask) for name, ask in asked.items()}
    clock, cpu = took["plain count"]
    return {
        name: {
            "ms": round(ms, 2),
            "ratio": round(ms / clock, 1),
            "cpu_ms": round(own, 2),
            "cpu_ratio": round(own / cpu, 1),
        }
        for name, (ms, own) in took.items()
    }


def _median(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of this process (all of SQLite's, none of a server's)."""
    ask()
    times = []
    for _ in range(_RUNS):
        began, own = perf_counter(), process_time()
        ask()
        times.append((1000 * (perf_counter() - began), 1000 * (process_time() - own)))
    return median(t for t, _ in times), median(t for _, t in times)


def _fill(store: Store, findings: int) -> None:
    random = Random(7)
    rows: dict[Any, list[dict[str, Any]]] = {
        table: []
        for table in (
            UserRow, CaseRow, AnalysisRow, AuditRow, FindingRow, SignatureRow, RegisterRow,
            ChargeRow, RecommendationRow, PartRow,
        )
    }  # fmt: skip
    rows[UserRow] = [
        {
            "id": n, "name": f"某{n}", "role": "officer", "unit": _UNIT, "disabled": False,
            "department": f"第{n % 4}检察部", "password": "", "created_at": _AT.format(month=1),
        }
        for n in range(1, 21)
    ]  # fmt: skip
    for place in range(findings // _PER_CASE):
        _case(rows, place, random)
    with store.writing() as session:
        for table, told in rows.items():
            for at in range(0, len(told), _AT_ONCE):
                session.execute(insert(table), told[at : at + _AT_ONCE])


def _case(rows: dict[Any, list[dict[str, Any]]], place: int, random: Random) -> None:
    """One case, its findings, and what goes with them; ids count from 1."""
    case_id, analysis_id, seq = f"c{place:07d}", place + 1, place * _EVENTS + 1
    at, charge = _AT.format(month=random.randint(1, 12)), random.choice(_CHARGES)
    told = [_finding(n, random) for n in range(_PER_CASE)]
    result: dict[str, Any] = {"findings": told}
    rows[CaseRow].append(
        {"id": case_id, "documents_key": case_id, "title": f"某{charge}一案", "created_at": at}
    )
    rows[AnalysisRow].append(
        {
            "id": analysis_id, "case_id": case_id, "version": 1, "created_at": at, "actor": "某",
            "content_key": "", "result_sha256": "", "result": result,
        }
    )  # fmt: skip
    rows[AuditRow] += [
        {
            "seq": seq + n, "at": at, "actor": "某", "action": "finding.confirmed",
            "automated": False, "case_id": case_id, "finding_id": None, "before": None,
            "after": None, "reason": None, "previous": "", "hash": "",
        }
        for n in range(_EVENTS)
    ]  # fmt: skip
    for number, finding in enumerate(told, 1):
        decided = random.random() < 0.8
        status = ("rejected" if random.random() < 0.2 else "confirmed") if decided else "draft"
        rows[FindingRow].append(
            {
                "id": place * _PER_CASE + number, "analysis_id": analysis_id, "number": number,
                "fingerprint": f"{place}:{number}", "code": finding["code"],
                "current": {k: finding[k] for k in ("message", "suggestion", "severity")},
                "status": status, "decision_seq": seq if decided else None,
                "dimension": finding["dimension"], "source": finding["source"],
                "severity": finding["severity"], "decided_on": at[:10] if decided else None,
            }
        )  # fmt: skip
    if place % 3 == 0:
        rows[SignatureRow].append(
            {
                "analysis_id": analysis_id, "actor": "某", "at": at, "result_sha256": "",
                "result": {},
            }
        )  # fmt: skip
    rows[RegisterRow].append({"case_id": case_id, "analysis_id": analysis_id, "objections": 0})
    rows[ChargeRow].append({"case_id": case_id, "charge": charge})
    months = random.choice((0.0, 0.0, -2.0, 3.0))
    rows[RecommendationRow].append(
        {
            "case_id": case_id, "place": 0, "person": "某", "charge": charge,
            "main": "not_adopted" if months else "adopted", "accessory": "adopted",
            "execution": "adopted", "months": months,
        }
    )  # fmt: skip
    holder = random.randint(1, 20)
    rows[PartRow].append(
        {
            "case_id": case_id, "user_id": holder, "part": "holder", "unit": _UNIT,
            "department": f"第{holder % 4}检察部", "at": at,
        }
    )  # fmt: skip


def _finding(place: int, random: Random) -> dict[str, Any]:
    kind = random.randrange(len(_CODES))
    quote = f"经依法审查查明，第{place + 1}起事实涉案财物价值人民币{random.randint(3000, 9000)}元"
    return {
        "code": _CODES[kind],
        "dimension": _DIMENSIONS[kind],
        "severity": random.choice(_SEVERITIES),
        "source": "model" if _CODES[kind].startswith("REAS") else "rule",
        "message": f"起诉书与判决书对该事实的认定不一致，判决的刑期低于建议：{quote}。",
        "suggestion": "核对鉴定意见，查明变化的原因。",
        "evidence": [{"role": "indictment", "quote": quote, "start": 0, "end": len(quote)}],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=20_000)
    parser.add_argument("--database", help="URL of an empty database; its tables are filled")
    asked = parser.parse_args()
    if asked.findings < _PER_CASE:
        parser.error(f"at least {_PER_CASE} findings")
    told = {"machine": machine.facts(), "overview_query": run(asked.findings, asked.database)}
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
