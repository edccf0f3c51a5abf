"""Runs the checks of the catalogue over a case and turns their hits into findings.

A check is a generator over a view of the case: one document, or the two that are held
against each other. It yields a `Hit` for each defect and an `Undecided` where it lacks
what it needs; wording, severity and law come from the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, cast

from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks import basis
from assistant.checks.merging import Found, merged
from assistant.checks.place import issued, month_of_issue
from assistant.checks.standing import Standing, standings
from assistant.findings import Category, Dimension, Finding, NotChecked, Severity
from ingestion.model import CaseDocument, Role, Span
from knowledge_base.catalogue import CheckEntry, entries
from knowledge_base.expected_documents import expected

PACKAGES = ("assistant.checks", "assistant.comparison")
"""Every module in them may register checks: importing it is all it takes."""

CARD = "card"
ASKS_FOR_CARD = "CARD-002"
"""The check that says that the card is missing, for all checks of the card."""

Progress = Callable[[int, int, str], None]
"""Called with checks done, checks in all, and the name of the one that is next."""


@dataclass(frozen=True)
class Hit:
    """One defect: where it stands and the words that fill the catalogue's templates.

    Hits with the same `cause` (a wrong birth date seen by three checks) become one finding.
    """

    evidence: tuple[Span, ...]
    values: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    severity: Severity | None = None
    confidence: float | None = None
    category: Category | None = None
    cause: str | None = None


@dataclass(frozen=True)
class Undecided:
    """The check could not be decided; `reason` (Chinese) says what it lacks."""

    reason: str


Check = Callable[[CaseFile], Iterable[Hit | Undecided]]
_CHECKS: dict[str, Check] = {}


def hit(
    *evidence: Span,
    values: dict[str, Any] | None = None,
    severity: Severity | None = None,
    confidence: float | None = None,
    category: Category | None = None,
    cause: str | None = None,
    **fields: object,
) -> Hit:
    """A `Hit` whose keyword arguments are the template's fields."""
    return Hit(
        evidence=evidence,
        values=values or {},
        fields={name: str(value) for name, value in fields.items()},
        severity=severity,
        confidence=confidence,
        category=category,
        cause=cause,
    )


def check(code: str) -> Callable[[Check], Check]:
    """Registers a check under its code of the catalogue."""

    def register(function: Check) -> Check:
        if code in _CHECKS:
            raise ValueError(f"{code} is registered twice")
        _CHECKS[code] = function
        return function

    return register


def registered() -> dict[str, Check]:
    """Every check by its code, after importing the modules that hold them."""
    _import_all()
    return dict(_CHECKS)


@cache
def _import_all() -> None:
    for package in PACKAGES:
        for module in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")


def _given(case: CaseFile, names: tuple[str, ...]) -> CaseFile | None:
    """The case with these documents alone, the card among them; None where one is missing."""
    documents = {cast(Role, n): case.documents.get(cast(Role, n)) for n in names if n != CARD}
    present = {role: document for role, document in documents.items() if document is not None}
    if len(present) < len(documents) or (CARD in names and case.card is None):
        return None
    return CaseFile(present, case.card)


def _views(entry: CheckEntry, case: CaseFile) -> Iterator[CaseFile]:
    """The parts of the case a check looks at: two documents, else one of them."""
    paired: set[str] = set()
    for pair in entry.pairs:
        if (view := _given(case, pair)) is not None:
            paired.update(pair)
            yield view
    for name in entry.documents:
        if name not in paired and (view := _given(case, (name,))) is not None:
            yield view


def results(code: str, case: CaseFile) -> Iterator[tuple[CaseFile, Hit | Undecided]]:
    """What one check yields, with the view of the case on which it yielded it."""
    entry = entries()[code]
    for view in _views(entry, case):
        for result in registered()[code](view):
            yield view, result


def finding(entry: CheckEntry, result: Hit, case: CaseFile, standing: Standing) -> Finding:
    """The hit in the catalogue's words; `case` is the view on which it was found."""
    stated = entry.confidence if result.confidence is None else result.confidence
    return Finding(
        code=entry.code,
        title=entry.name,
        category=result.category or cast(Category, entry.category),
        dimension=cast(Dimension, entry.dimension),
        severity=standing.severity or result.severity or entry.severity,
        confidence=standing.confidence(stated),
        message=entry.message.format_map(result.fields),
        suggestion=entry.suggestion.format_map(result.fields),
        legal_basis=basis.of(entry, case),
        evidence=list(result.evidence),
        values=result.values,
    )


def _measured(standing: Standing, view: CaseFile) -> bool:
    """Whether the check is in force for every document of the view."""
    return all(standing.measures(_issued(document)) for document in view.documents.values())


def _issued(document: CaseDocument) -> date | None:
    """The day of the document; of one whose day is illegible the month's first."""
    day = issued(document)
    month = month_of_issue(document) if day is None and document.role == "judgment" else None
    return month[1] if month is not None else day


def _of_documents(here: Mapping[str, Standing]) -> list[tuple[str, CheckEntry]]:
    """The checks that are on and look at documents alone."""
    return [(c, e) for c, e in entries().items() if here[c].on and e.seen_in == "documents"]


def applied(case: CaseFile, standing: Mapping[str, Standing] | None = None) -> list[str]:
    """The codes of the checks that `run` puts to this case."""
    here = standing or standings()
    return [
        code
        for code, entry in _of_documents(here)
        if any(_measured(here[code], view) for view in _views(entry, case))
    ]


def _lacking(entry: CheckEntry, case: CaseFile) -> tuple[str, ...]:
    """The documents for want of which a comparison of several documents had nothing to compare:
    those only that the law asks for or that the case itself tells of.

    The card is asked for once, not by each of its checks.
    """
    if not entry.pairs or len(case.documents) < 2 or any(_views(entry, case)):
        return ()
    named = {name for pair in entry.pairs for name in pair}
    if CARD in named:
        return () if case.card is not None or entry.code != ASKS_FOR_CARD else (CARD,)
    present: set[str] = set(case.documents)
    text = "\n".join(document.text for document in case.documents.values())
    return tuple(n for n in sorted(named - present) if expected(n, present, text))


def _missing(rows: Iterable[CheckEntry], case: CaseFile) -> list[NotChecked]:
    """What could not be compared, one row for all the checks that lack the same documents."""
    waiting: dict[tuple[str, ...], list[CheckEntry]] = {}
    for entry in rows:
        if lacking := _lacking(entry, case):
            waiting.setdefault(lacking, []).append(entry)
    found = []
    for lacking, entries_ in waiting.items():
        names = "、".join(ROLE_NAMES[cast(Role, name)] for name in lacking)
        checks = "；".join(f"{one.code}{one.name}" for one in entries_)
        more = f"，未能检查：{checks}" if len(entries_) > 1 else ""
        found.append(NotChecked(code=entries_[0].code, reason=f"无法判断：缺{names}{more}"))
    return found


def run(
    case: CaseFile,
    *,
    standing: Mapping[str, Standing] | None = None,
    progress: Progress | None = None,
) -> tuple[list[Finding], list[NotChecked]]:
    """Runs every check that is on here and whose documents are present.

    Returns the findings, worst first, and the checks that could not be decided. A check
    that fails does not stop the others: it is listed as undecided.
    """
    here = standing or standings()
    rows = [entry for _, entry in _of_documents(here)]
    found: list[Found] = []
    undecided = {(row.code, row.reason): row for row in _missing(rows, case)}
    for done, entry in enumerate(rows):
        if progress is not None:
            progress(done, len(rows), entry.name)
        outcomes: list[NotChecked] = []
        try:
            for view, result in results(entry.code, case):
                if not _measured(here[entry.code], view):
                    continue
                if isinstance(result, Undecided):
                    outcomes.append(NotChecked(code=entry.code, reason=result.reason))
                else:
                    told = finding(entry, result, view, here[entry.code])
                    found.append(Found(told, result.cause))
        except Exception as error:
            reason = f"检查未能完成（程序出错：{type(error).__name__}：{error}）"
            outcomes.append(NotChecked(code=entry.code, reason=reason))
        for outcome in outcomes:
            undecided[outcome.code, outcome.reason] = outcome
    return merged(found), list(undecided.values())
