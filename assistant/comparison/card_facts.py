"""The case card against a document: persons, charges, dates, measures, the plea."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.cards import likelier
from assistant.cards.model import CaseCard, Entries, Entry
from assistant.casefile import ROLE_NAMES, CaseFile
from assistant.checks.card import card, who
from assistant.checks.identity import close_names
from assistant.checks.place import is_masked, issued, people, sole
from assistant.checks.registry import Hit, Undecided, check, hit
from assistant.comparison.matching import same_masked
from ingestion.model import CaseDocument, Defendant, Field, Measure, Span
from knowledge_base.charges import same_charge


def document_name(doc: CaseDocument) -> str:
    return ROLE_NAMES[doc.role] if doc.role else "文书"


def _called(person: Defendant, name: str, close: bool) -> bool:
    own = person.name.value
    if close:
        return close_names(own, name) or same_masked(own, name)
    return name in {own, *(alias.value for alias in person.aliases)}


def persons(held: CaseCard, doc: CaseDocument) -> Iterator[tuple[Entries, Defendant]]:
    """The persons that card and document both have."""
    left = list(people(doc))
    for person in held.people:
        named = [(d, close) for close in (False, True) for d in left]
        found = next((d for d, close in named if _called(d, who(person), close)), None)
        if found is not None:
            left.remove(found)
            yield person, found


def differ(
    entry: Entry, place: Span, doc: CaseDocument, *, written: str, why: str, name: str = "",
    cause: str | None = None,
) -> Hit:  # fmt: skip
    """A field in which card and document differ."""
    return hit(
        entry.span,
        place,
        values={"card": entry.text, doc.role or "": written},
        cause=cause,
        name=f"{name}的" if name else "",
        field=entry.field.name,
        card=entry.text,
        document=document_name(doc),
        written=written,
        likelier=why,
    )


@check("CARD-002")
def charges(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    key = "verdict_charges" if doc.role == "judgment" else "accused"
    matched = False
    for person, defendant in persons(held, doc):
        matched = True
        entry = person.get(key)
        if entry is None or not defendant.charges:
            continue
        wanted = [c.value for c in defendant.charges]
        same = all(any(same_charge(a, b) for b in wanted) for a in entry.items) and all(
            any(same_charge(a, b) for a in entry.items) for b in wanted
        )
        if not same:
            written = "、".join(wanted)
            yield differ(
                entry, defendant.charges[0].span, doc,
                written=written, why=likelier.of_text(entry, written, doc), name=who(person),
                cause=f"charge:{defendant.name.value}:{wanted[0]}",
            )  # fmt: skip
    if not matched:
        yield Undecided(f"无法判断：案卡人员与{document_name(doc)}中的被告人未能对应")


_DAYS: dict[str, tuple[tuple[str, str], ...]] = {
    "indictment": (
        ("transferred", "transferred"),
        ("accepted", "accepted"),
        ("informed", "informed"),
        ("indicted", "issued"),
    ),
    "judgment": (("judged", "issued"),),
    "non_prosecution": (("accepted", "accepted"), ("not_prosecuted", "issued")),
}


@check("CARD-003")
def days(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for key, step in _DAYS[doc.role or ""]:
        entry, field = held.case.get(key), doc.dates.get(step)
        written = field.value.date if field and field.value.precision == "day" else None
        if step == "issued":
            written = written or issued(doc)
        if entry is None or written is None:
            continue
        if entry.day is None:
            yield Undecided(f"无法判断：案卡{entry.field.name}“{entry.text}”不是日期")
        elif entry.day != written:
            place = field.span if field else doc.span(len(doc.text) - 1, len(doc.text))
            yield differ(
                entry, place, doc,
                written=written.isoformat(), why=likelier.of_day(step, entry, written, doc),
            )  # fmt: skip
    returns = [r.start.date for r in doc.returns if r.start and r.start.precision == "day"]
    for number, written in enumerate(returns[:2]):
        entry = held.case.get(f"return_{number + 1}")
        if entry is not None and entry.day is not None and entry.day != written:
            yield differ(
                entry, doc.returns[number].span, doc,
                written=written.isoformat(), why=likelier.of_day("", entry, written, doc),
            )  # fmt: skip


_MEASURES = (
    ("detained", "detention"),
    ("arrested", "arrest"),
    ("bailed", "bail"),
    ("watched", "residence"),
)


def _dated(person: Defendant, kind: str) -> list[Measure]:
    return [m for m in person.measures if m.kind == kind and m.date and m.date.precision == "day"]


@check("CARD-004")
def measures(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        for key, kind in _MEASURES:
            entry, told = person.get(key), _dated(defendant, kind)
            if entry is None or entry.day is None or not told:
                continue
            # A measure taken twice: the card holds one of the days.
            if all(m.date is None or m.date.date != entry.day for m in told):
                first = told[0]
                assert first.date is not None
                yield differ(
                    entry, first.span, doc, written=first.date.date.isoformat(),
                    why=likelier.of_day("", entry, first.date.date, doc), name=who(person),
                )  # fmt: skip


@check("CARD-005")
def plea(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        leniency, signed = person.get("leniency"), person.get("signed")
        if doc.role == "plea":
            if signed is not None and signed.flag is False:
                yield differ(
                    signed, defendant.name.span, doc,
                    written="已在卷", why=likelier.BY_HAND, name=who(person),
                )  # fmt: skip
            continue
        told = doc.plea_leniency
        if leniency is None or leniency.flag is None or told is None:
            continue
        # One statement for several accused may be meant of one of them only.
        if leniency.flag != told.value and len(people(doc)) == 1:
            yield differ(
                leniency, told.span, doc,
                written="认定认罪认罚" if told.value else "未认定认罪认罚",
                why=likelier.BY_HAND, name=who(person),
            )  # fmt: skip


def _alike(one: str, other: str) -> bool:
    """Whether two entries are one: one may say more (汉族 and 汉), or be made unrecognisable."""
    a, b = (text.replace(" ", "").removesuffix("族").removesuffix("文化") for text in (one, other))
    return a == b or a in b or b in a or is_masked(one) or is_masked(other)


@check("CARD-010")
def basics(case: CaseFile) -> Iterator[Hit | Undecided]:
    doc, held = sole(case), card(case)
    for person, defendant in persons(held, doc):
        name = defendant.name.value
        birth = person.get("birth")
        if birth is not None and birth.day is not None and defendant.birth is not None:
            value = defendant.birth.value
            if value.precision == "day" and value.date != birth.day:
                number = defendant.id_number.value if defendant.id_number else None
                yield differ(
                    birth, defendant.birth.span, doc, written=value.date.isoformat(),
                    why=likelier.of_birth(birth, value, number), name=name, cause=f"birth:{name}",
                )  # fmt: skip
        texts: tuple[tuple[str, Field[str] | None], ...] = (
            ("name", defendant.name),
            ("sex", defendant.sex),
            ("id_number", defendant.id_number),
            ("ethnicity", defendant.ethnicity),
            ("household", defendant.household),
        )
        for key, field in texts:
            entry = person.get(key)
            if entry is None or field is None or _alike(entry.text, field.value):
                continue
            yield differ(
                entry, field.span, doc, written=field.value, name=name,
                why=likelier.of_text(entry, field.value, doc),
                cause=f"{key}:{name}",
            )  # fmt: skip
        prior = person.get("prior")
        if prior is not None and prior.flag is False:
            convictions = [p for p in defendant.priors if p.kind == "conviction"]
            if convictions:
                yield differ(
                    prior, convictions[0].span, doc, written=convictions[0].span.quote[:40],
                    why="文书写明前科，案卡有误的可能大", name=name,
                )  # fmt: skip
