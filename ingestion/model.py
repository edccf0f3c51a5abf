"""The document model: what every reader produces and every extractor fills.

Nouns only. A value that was read somewhere carries a `Span` into the document's
normalised text, so that a person can always look at the place it came from.

Units: money in integer fen (1 yuan = 100 fen); terms in whole months plus days;
offsets in characters of `SourceDocument.text`; boxes in PDF points, origin top left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic import Field as PydanticField

Role = Literal[
    "opinion",
    "indictment",
    "recommendation",
    "judgment",
    "non_prosecution",
    "plea",
    "report",
    "card",
]
DocumentType = Literal["opinion", "indictment", "recommendation", "judgment", "unknown"]
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
    "notice",
    "closing",
    "attachments",
    "appendix",
]
Box = tuple[float, float, float, float]

T = TypeVar("T")


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mutable(BaseModel):
    model_config = ConfigDict(extra="forbid")


# --------------------------------------------------------------------------- places


class Span(Frozen):
    """A stretch of a document's normalised text: `quote == text[start:end]`, always."""

    start: int
    end: int
    quote: str
    role: Role | None = None
    page: int | None = None
    boxes: tuple[Box, ...] = ()


class Run(Frozen):
    """Characters `start:end` stand in `box` on `page` (one line or word of a page)."""

    start: int
    end: int
    page: int
    box: Box


class Page(Frozen):
    """One page: `method` says how its text was obtained, `error` why it could not be."""

    number: int
    width: float
    height: float
    start: int
    end: int
    method: Literal["text", "ocr", "empty", "failed"]
    error: str | None = None


class Repair(Frozen):
    """A certain correction of the raw text, kept visible: `was` became `text[start:end]`."""

    start: int
    end: int
    was: str
    reason: str


class HiddenText(Frozen):
    """Text a reader of the page would not see (white, tiny, off-page, comment, zero-width)."""

    text: str
    reason: str
    page: int | None = None


def _advance(character: str) -> float:
    """Relative width of a character: wide (CJK, full-width) 1, narrow 0.5."""
    return 0.5 if character < "\u0300" else 1.0


class SourceDocument(Mutable):
    """A file's text with its places: what the readers give to the extractors.

    `pages` is None where the format has none (DOCX, TXT, HTML). Pages in equals pages
    listed, always: a page that could not be read stands here with method "failed".
    """

    file: str
    media_type: str
    sha256: str
    text: str
    pages: list[Page] | None = None
    runs: list[Run] = PydanticField(default_factory=list)
    repairs: list[Repair] = PydanticField(default_factory=list)
    hidden: list[HiddenText] = PydanticField(default_factory=list)

    @property
    def pages_failed(self) -> list[int]:
        return [p.number for p in self.pages or [] if p.method == "failed"]

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which the character at `offset` stands."""
        if not self.pages:
            return None
        index = bisect_right(self.pages, offset, key=lambda p: p.start) - 1
        return self.pages[max(index, 0)].number

    def runs_over(self, start: int, end: int) -> Iterator[Run]:
        index = max(bisect_right(self.runs, start, key=lambda r: r.start) - 1, 0)
        for run in self.runs[index:]:
            if run.start >= end:
                return
            if run.end > start:
                yield run

    def boxes_of(self, start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
        """Page of the first character and the boxes, on that page, that cover the stretch.

        A run's box is cut to the characters asked for by their relative widths.
        """
        page: int | None = None
        boxes: list[Box] = []
        for run in self.runs_over(start, end):
            if page is None:
                page = run.page
            elif run.page != page:
                break
            widths = [_advance(c) for c in self.text[run.start : run.end]]
            total = sum(widths) or 1.0
            before = sum(widths[: max(start - run.start, 0)])
            upto = sum(widths[: min(end, run.end) - run.start])
            x0, y0, x1, y1 = run.box
            boxes.append(
                (
                    round(x0 + (x1 - x0) * before / total, 2),
                    round(y0, 2),
                    round(x0 + (x1 - x0) * upto / total, 2),
                    round(y1, 2),
                )
            )
        return page if page is not None else self.page_at(start), tuple(boxes)

    def span(self, start: int, end: int, role: Role | None = None) -> Span:
        """The span `start:end` with its quote, page and boxes.

        Raises ValueError where the stretch is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such stretch: {start}:{end} of {len(self.text)}")
        page, boxes = self.boxes_of(start, end)
        return Span(
            start=start, end=end, quote=self.text[start:end], role=role, page=page, boxes=boxes
        )


class Field(Frozen, Generic[T]):
    """A value and where it was read. `source` "derived" means computed, not written there."""

    value: T
    span: Span
    source: Literal["text", "ocr", "derived"] = "text"
    confidence: float = 1.0


# --------------------------------------------------------------------------- values


class DateValue(Frozen):
    """A date as exact as the document gives it: a masked 1981年**月**日 has precision "year"."""

    date: date
    precision: Literal["day", "month", "year"] = "day"


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
    """An earlier conviction or administrative penalty as the document tells it."""

    kind: Literal["conviction", "administrative"]
    span: Span
    charge: str | None = None
    court: str | None = None
    date: DateValue | None = None
    penalty: str | None = None
    term: Term | None = None
    released: DateValue | None = None


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
    """A sum of money with its role in the story. `fuzzy` marks 余, 约, 左右, 许."""

    fen: int
    role: Literal[
        "total", "count", "person", "item", "gain", "returned", "compensated", "fine", "other"
    ]
    fuzzy: bool
    speaker: Speaker
    section: SectionKind
    span: Span


class FactCount(Frozen):
    """One count of the facts (第一起, 1、…) or the whole story where it is not numbered."""

    number: int
    span: Span
    date: DateValue | None = None
    speaker: Speaker = "prosecution"


class Argument(Frozen):
    """One point of the defence or the defendant, cut out of the defence section."""

    text: str
    span: Span
    by: Literal["counsel", "defendant"]


class Counsel(Frozen):
    name: str
    span: Span
    firm: str | None = None
    appointed: bool = False


class Defendant(Mutable):
    """One accused person (or unit) with all that the document says of him.

    `charges` are the document's own: accused in an indictment, convicted in a judgment.
    `accused_of` are the charges a judgment says were prosecuted. `verdicts` maps the
    convicted charge to its sentence, `further` holds the later sentences of a charge that
    stands more than once, `combined` is the 决定执行 of several.
    """

    name: Field[str]
    unit: bool = False
    aliases: list[Field[str]] = PydanticField(default_factory=list)
    sex: Field[str] | None = None
    birth: Field[DateValue] | None = None
    ethnicity: Field[str] | None = None
    education: Field[str] | None = None
    occupation: Field[str] | None = None
    residence: Field[str] | None = None
    household: Field[str] | None = None
    id_number: Field[str] | None = None
    measures: list[Measure] = PydanticField(default_factory=list)
    custody_place: Field[str] | None = None
    priors: list[Prior] = PydanticField(default_factory=list)
    counsel: list[Counsel] = PydanticField(default_factory=list)
    charges: list[Field[str]] = PydanticField(default_factory=list)
    accused_of: list[Field[str]] = PydanticField(default_factory=list)
    recommendations: list[Recommendation] = PydanticField(default_factory=list)
    verdicts: dict[str, Sentence] = PydanticField(default_factory=dict)
    further: dict[str, list[Sentence]] = PydanticField(default_factory=dict)
    combined: Sentence | None = None
    custody_dates: CustodyDates | None = None
    paragraph: Span | None = None

    @property
    def sentence(self) -> Sentence | None:
        """The sentence to be served: the combined one, else the only one."""
        if self.combined is not None:
            return self.combined
        return self.sentences[0] if len(self.sentences) == 1 else None

    @property
    def sentences(self) -> list[Sentence]:
        """Every single sentence, also those of a charge that stands more than once."""
        return [
            s for name, one in self.verdicts.items() for s in (one, *self.further.get(name, ()))
        ]


class Section(Frozen):
    """A part of the document with one function and one speaker."""

    kind: SectionKind
    speaker: Speaker
    span: Span


class CaseDocument(Mutable):
    """A recognised document of a criminal case: type, sections, typed fields.

    `dates` keys: issued, prosecuted (提起公诉), transferred (移送起诉), accepted, informed,
    offence (first act), trial. `cited_number` is the indictment's number as a judgment cites it.
    """

    type: DocumentType
    role: Role | None
    source: SourceDocument = PydanticField(repr=False)
    title: Field[str] | None = None
    number: Field[str] | None = None
    cited_number: Field[str] | None = None
    court: Field[str] | None = None
    procuratorate: Field[str] | None = None
    police: Field[str] | None = None
    instance: Literal["first", "second", "unknown"] = "unknown"
    procedure: Literal["ordinary", "summary", "fast_track"] | None = None
    plea_leniency: Field[bool] | None = None
    dates: dict[str, Field[DateValue]] = PydanticField(default_factory=dict)
    defendants: list[Defendant] = PydanticField(default_factory=list)
    statutes: list[Statute] = PydanticField(default_factory=list)
    circumstances: list[Circumstance] = PydanticField(default_factory=list)
    amounts: list[Amount] = PydanticField(default_factory=list)
    facts: list[FactCount] = PydanticField(default_factory=list)
    arguments: list[Argument] = PydanticField(default_factory=list)
    orders: list[Field[str]] = PydanticField(default_factory=list)
    sections: list[Section] = PydanticField(default_factory=list)

    @property
    def text(self) -> str:
        return self.source.text

    def section(self, kind: SectionKind) -> Section | None:
        """The first section of that kind."""
        return next((s for s in self.sections if s.kind == kind), None)

    def sections_of(self, *kinds: SectionKind) -> list[Section]:
        return [s for s in self.sections if s.kind in kinds]

    def defendant(self, name: str) -> Defendant | None:
        return next((d for d in self.defendants if d.name.value == name), None)

    def span(self, start: int, end: int) -> Span:
        """A span of this document, with its role."""
        return self.source.span(start, end, self.role)
