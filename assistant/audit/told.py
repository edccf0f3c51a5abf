"""One pass over the events: are they linked and unchanged, and what do they tell?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Session

from assistant.audit.problem import Problem
from assistant.storage.anchor import Anchor
from assistant.storage.canonical import canonical
from assistant.storage.chain import GENESIS, link
from assistant.storage.erasing import ERASED
from assistant.storage.records import FINAL
from assistant.storage.schema import AuditRow
from assistant.storage.state import ADDED, CONTENT

BATCH = 2000
Version = tuple[str, int]
Signed = tuple[str, int, str]


@dataclass(frozen=True)
class Recorded:
    """The event that recorded a result or a signature, and the hash it gave."""

    seq: int
    sha256: str


@dataclass
class Told:
    """What the events say; states are canonical JSON, hashed to keep a million of them."""

    hashes: dict[int, str] = field(default_factory=dict)
    saved: dict[Version, Recorded] = field(default_factory=dict)
    signed: dict[Signed, Recorded] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)
    last: dict[int, int] = field(default_factory=dict)
    """The last event of each finding."""
    states: dict[int, int] = field(default_factory=dict)
    """What came of each event on a finding: the hash of its state, of this process only."""
    automated: set[int] = field(default_factory=set)
    added: set[tuple[str, str]] = field(default_factory=set)
    """Case and hash of each finding that a person wrote."""


def state_hash(state: dict[str, Any]) -> int:
    return hash(canonical(state))


def read_events(session: Session, told: Told) -> Iterator[Problem]:
    """Check every event in order, and fill `told`."""
    seq, previous, at = 0, GENESIS, ""
    for row in session.connection().execute(_query(), execution_options={"yield_per": BATCH}):
        number, when, actor, action, automated, case_id, finding_id = row[:7]
        before, after = _spelled(row[7]), _spelled(row[8])
        reason, linked, known = row[9:]
        if number != seq + 1:
            yield Problem("gap", number, f"审计记录第 {seq + 1} 条至第 {number - 1} 条缺失。")
        if linked != previous:
            yield Problem("link", number, f"审计记录第 {number} 条与前一条不衔接。")
        found = link(
            linked, number, when, action, actor, automated, case_id, finding_id,
            before, after, reason,
        )  # fmt: skip
        if found != known:
            yield Problem("hash", number, f"审计记录第 {number} 条的内容被改动过。")
        if when < at:
            yield Problem("clock", number, f"审计记录第 {number} 条的时间早于前一条。")
        seq, previous, at = number, known, when
        told.hashes[number] = known
        if finding_id is not None:
            told.last[finding_id] = number
            told.states[number] = hash(_state(told, action, case_id, after))
            if automated:
                told.automated.add(number)
        elif action in ("analysis.saved", "case.signed"):
            _note(told, number, action, case_id, json.loads(after))
        elif action == ERASED:
            told.erased.add(case_id)


def _state(told: Told, action: str, case_id: str, after: str) -> str:
    """The state that an event on a finding tells; the hash of what a person wrote is noted."""
    if action != ADDED:
        return after
    state = json.loads(after)
    told.added.add((case_id, state.pop(CONTENT, "")))
    return canonical(state)


def _query() -> Select[Any]:
    """The columns as they lie there: JSON as text, so that each state is spelled only once."""
    own = AuditRow.__table__.c
    return select(
        own.seq, own.at, own.actor, own.action, own.automated, own.case_id, own.finding_id,
        cast(own.before, Text), cast(own.after, Text), own.reason, own.previous, own.hash,
    ).order_by(own.seq)  # fmt: skip


def _spelled(text: str | None) -> str:
    return "null" if text is None else canonical(json.loads(text))


def _note(told: Told, seq: int, action: str, case_id: str, after: dict[str, Any] | None) -> None:
    if after is None:
        return
    recorded = Recorded(seq, after.get("result_sha256", ""))
    version = after.get("version", 0)
    if action == "analysis.saved":
        told.saved.setdefault((case_id, version), recorded)
    else:
        # Before the stages were told apart there was the sign-off alone.
        told.signed.setdefault((case_id, version, after.get("stage", FINAL)), recorded)


def check_anchor(anchor: Anchor, hashes: dict[int, str]) -> Iterator[Problem]:
    """Every committed head is still there, and every event was prepared."""
    last = max(hashes, default=0)
    prepared = bytearray(last + 1)
    for mark in anchor.marks():
        seq = mark.head.seq
        known = hashes.get(seq) == mark.head.hash
        if mark.kind == "prepare":
            if known and mark.before < seq:
                prepared[mark.before + 1 : seq + 1] = b"\1" * (seq - mark.before)
        elif seq > last:
            yield Problem("truncated", seq, f"审计记录末尾被截去：锚点记有第 {seq} 条，库中没有。")
        elif not known:
            yield Problem("rewritten", seq, f"审计记录第 {seq} 条与锚点所记不符，链条被重写过。")
    strangers = [seq for seq in hashes if not prepared[seq]]
    if strangers:
        yield Problem(
            "unanchored",
            min(strangers),
            f"有 {len(strangers)} 条审计记录（自第 {min(strangers)} 条起）在锚点中没有登记。",
        )
