"""What is read out of documents: dates, terms, sentences, provisions, sums, signatures.

Units: money in integer fen (1 yuan = 100 fen); terms in whole months plus days.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from ingestion.source import Field, Frozen, Span

Speaker = Literal["police", "prosecution", "defence", "court"]
SectionKind = Literal[
    "heading",
    "parties",
    "procedure",
    "accusation",
    "defence",
    "facts",
    "evidence",
    "reasoning",
    "statutes",
    "operative",
    "claims",
    "notice",
    "closing",
    "attachments",
    "appendix",
]


class DateValue(Frozen):
    """A date as exact as the document gives it: a masked 1981年**月**日 has precision "year".

    `derived` marks a date that is not written but computed from one before it (同月19日, 次日).
    The same day is equal to itself, whichever way it was read.
    """

    date: date
    precision: Literal["day", "month", "year"] = "day"
    derived: bool = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DateValue):
            return NotImplemented
        return (self.date, self.precision) == (other.date, other.precision)

    def __hash__(self) -> int:
        return hash((self.date, self.precision))


class Term(Frozen):
    """A length of sentence: whole months plus days (一年六个月 is 18 months, 0 days)."""

    months: int = 0
    days: int = 0

    def __lt__(self, other: Term) -> bool:
        return (self.months, self.days) < (other.months, other.days)

    def __le__(self, other: Term) -> bool:
        return (self.months, self.days) <= (other.months, other.days)


MainPenalty = Literal["imprisonment", "detention", "control", "life", "death"]


class Sentence(Frozen):
    """What one person gets for one charge, or combined for all: main and accessory penalties.

    `main` None means no main penalty: acquitted, exempt, or a fine alone (`fine_only`).
    `death_reprieve` is 死刑缓期二年执行; `probation` the 缓刑考验期, None where none was granted.
    """

    span: Span
    main: MainPenalty | None = None
    term: Term = Term()
    death_reprieve: bool = False
    probation: Term | None = None
    fine_fen: int | None = None
    fine_only: bool = False
    confiscation_fen: int | None = None
    confiscate_all: bool = False
    deprivation: Term | None = None
    deprivation_life: bool = False
    deportation: bool = False
    exempt: bool = False
    acquitted: bool = False


class CustodyDates(Frozen):
    """刑期起止 as written in the judgment, and the days it says were credited."""

    start: DateValue
    end: DateValue
    span: Span
    credited_days: int | None = None


class Statute(Frozen):
    """One cited provision: `sub` is the 之一 of 第一百三十三条之一; law is the full title."""

    law: str
    article: int
    sub: int | None = None
    paragraph: int | None = None
    item: int | None = None
    span: Span
    speaker: Speaker
    section: SectionKind


class Measure(Frozen):
    """One coercive measure or custody event (拘留, 逮捕, 取保候审, 监视居住, 抓获, 留置 …)."""

    kind: Literal[
        "seized", "summoned", "detention", "arrest", "bail", "residence", "liuzhi", "release"
    ]
    date: DateValue | None
    authority: str | None
    span: Span


class Prior(Frozen):
    """An earlier conviction or administrative penalty as the document tells it.

    `released` is the day the person came free (刑满释放, 假释); `term_end` and `probation_end`
    are the ends of 刑期 and 缓刑考验期 where they are written. `juvenile`: committed under 18,
    as the document says. `authority` is the organ of an administrative penalty.
    """

    kind: Literal["conviction", "administrative"]
    span: Span
    charge: str | None = None
    court: str | None = None
    date: DateValue | None = None
    penalty: str | None = None
    term: Term | None = None
    released: DateValue | None = None
    probation: Term | None = None
    probation_end: DateValue | None = None
    term_end: DateValue | None = None
    juvenile: bool = False
    authority: str | None = None


class Recommendation(Frozen):
    """A sentencing recommendation: a range (low..high) or fixed (low == high), per person.

    A bound that the text does not state is None. `charge` None means for all charges.
    """

    person: str | None
    charge: str | None
    span: Span
    speaker: Speaker
    main: MainPenalty | None = None
    high_main: MainPenalty | None = None
    low: Term | None = None
    high: Term | None = None
    probation: bool | None = None
    probation_low: Term | None = None
    probation_high: Term | None = None
    fine: bool = False
    fine_low_fen: int | None = None
    fine_high_fen: int | None = None


class Circumstance(Frozen):
    """A circumstance of sentencing as somebody speaks of it.

    `key` is a key of knowledge_base/tables/circumstances.yaml. `polarity`: affirmed (系自首),
    denied (不构成自首). `persons` empty means: not said of whom, or of all.
    """

    key: str
    polarity: Literal["affirmed", "denied"]
    speaker: Speaker
    section: SectionKind
    persons: tuple[str, ...]
    span: Span


class Amount(Frozen):
    """A sum of money with its role in the story. `fuzzy` marks 余, 约, 左右, 许.

    `fen` are hundredths of `currency` (ISO code); sums of other currencies are kept, never
    added to yuan. `persons` are the accused whose sum it is, where the text names them;
    `fact` the number of the count of facts, of the same speaker, in which it stands.
    """

    fen: int
    role: Literal[
        "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
    ]
    fuzzy: bool
    speaker: Speaker
    section: SectionKind
    span: Span
    currency: str = "CNY"
    persons: tuple[str, ...] = ()
    fact: int | None = None


class Quantity(Frozen):
    """A measured quantity. `fuzzy` marks 约, 余, 左右.

    Drugs and other goods are in 克 up to the kilogram, alcohol in 毫克/100毫升, the rest in
    the unit as written (吨, 支, 发, 枚, 粒, 株, 立方米, 亩, 人次 …). `name` is the drug's name
    in the law's table, 呼气 or 血液 of alcohol, else the word that tells the kind.
    """

    value: float
    unit: str
    what: Literal["drug", "alcohol", "weapon", "forest", "people", "goods"]
    name: str | None
    fuzzy: bool
    speaker: Speaker
    section: SectionKind
    span: Span
    fact: int | None = None


class FactCount(Frozen):
    """One count of the facts (第一起, 1、…) or the whole story where it is not numbered.

    `adopted`: told by the prosecution, and found so by the court without an account of its own.
    """

    number: int
    span: Span
    date: DateValue | None = None
    speaker: Speaker = "prosecution"
    adopted: bool = False


class Argument(Frozen):
    """One point of the defence or the defendant, cut out of the defence section.

    `number` is the speaker's own (第二点), where he numbers them.
    """

    text: str
    span: Span
    by: Literal["counsel", "defendant"]
    number: int | None = None


class Answer(Frozen):
    """A sentence in which the court answers the point `CaseDocument.arguments[argument]`."""

    argument: int
    span: Span


class Counsel(Frozen):
    name: str
    span: Span
    firm: str | None = None
    appointed: bool = False


class Signatory(Frozen):
    """Who signed, in which capacity as written (检察官, 审判长, 辩护人 …), and when."""

    title: str
    name: str | None
    span: Span
    date: DateValue | None = None


class Interval(Frozen):
    """A return for supplementary investigation, or an extension of the time for review.

    `end`: sent back again, or the new limit. `times` is above 1 where the text only counts.
    """

    span: Span
    start: DateValue | None = None
    end: DateValue | None = None
    times: int = 1


class Contact(Frozen):
    """Somebody who was told of his rights, or heard: the capacity as written (被害人 …)."""

    whom: str
    span: Span
    date: DateValue | None = None


class NonProsecution(Frozen):
    """The decision not to prosecute: its kind, the words that decide, the provisions named.

    `kind` None where neither provision nor words tell it. `notified` are those who are told
    how to contest it: 被不起诉人 and 被害人 as written. `probation` is the 考验期 of a
    conditional one.
    """

    kind: (
        Literal["statutory", "discretionary", "insufficient", "conditional", "fulfilled", "special"]
        | None
    )
    span: Span
    provisions: tuple[Statute, ...] = ()
    notified: tuple[Field[str], ...] = ()
    property: Field[str] | None = None
    probation: Field[Term] | None = None


Proposal = Literal["arrest", "no_arrest", "prosecute", "no_prosecution", "conditional", "return"]
Disposition = Literal[
    "upheld",
    "changed",
    "remanded",
    "appeal_withdrawn",
    "protest_withdrawn",
    "prosecution_withdrawn",
    "dismissed",
    "terminated",
    "suspended",
    "corrected",
    "commuted",
    "paroled",
    "approved",
]


class Appeal(Frozen):
    """What an appeal or a retrial is about: the judgment attacked, and who attacks it."""

    original_court: Field[str] | None = None
    original_number: Field[str] | None = None
    appellants: tuple[Field[str], ...] = ()
    protest: Field[str] | None = None
