"""The document model: what every reader produces and every extractor fills.

Nouns only. A value that was read somewhere carries a `Span` into the document's
normalised text, so that a person can always look at the place it came from.

Units: money in integer fen (1 yuan = 100 fen); terms in whole months plus days;
offsets in characters of `SourceDocument.text`; boxes in PDF points, origin top left.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field as PydanticField

from ingestion.source import (
    Box,
    Field,
    Frozen,
    HiddenText,
    Margin,
    Mutable,
    Page,
    Repair,
    Role,
    Run,
    SourceDocument,
    Span,
)
from ingestion.values import (
    Amount,
    Answer,
    Appeal,
    Argument,
    Circumstance,
    Contact,
    Counsel,
    CustodyDates,
    DateValue,
    Disposition,
    FactCount,
    Interval,
    MainPenalty,
    Measure,
    NonProsecution,
    Prior,
    Proposal,
    Quantity,
    Recommendation,
    SectionKind,
    Sentence,
    Signatory,
    Speaker,
    Statute,
    Term,
)

__all__ = [
    "Amount",
    "Answer",
    "Appeal",
    "Argument",
    "Box",
    "CaseDocument",
    "Circumstance",
    "Contact",
    "Counsel",
    "CustodyDates",
    "DateValue",
    "Defendant",
    "Disposition",
    "DocumentType",
    "FactCount",
    "Field",
    "Frozen",
    "HiddenText",
    "Interval",
    "MainPenalty",
    "Margin",
    "Measure",
    "Mutable",
    "NonProsecution",
    "Page",
    "Prior",
    "Proposal",
    "Quantity",
    "Recommendation",
    "Repair",
    "Role",
    "Run",
    "Section",
    "SectionKind",
    "Sentence",
    "Signatory",
    "SourceDocument",
    "Span",
    "Speaker",
    "Statute",
    "Term",
]

DocumentType = Literal[
    "opinion",
    "indictment",
    "recommendation",
    "judgment",
    "non_prosecution",
    "plea",
    "report",
    "ruling",
    "indictment_change",
    "civil_indictment",
    "unknown",
]


class Defendant(Mutable):
    """One accused person (or unit) with all that the document says of him.

    `charges` are the document's own: accused in an indictment, convicted in a judgment.
    `accused_of` are the charges a judgment says were prosecuted. `verdicts` maps the
    convicted charge to its sentence, `further` holds the later sentences of a charge that
    stands more than once, `combined` is the 决定执行 of several. What an appeal or retrial
    recites of the judgment before is `original` and `original_combined`. The registration
    number and the representatives are a unit's.
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
    original: dict[str, Sentence] = PydanticField(default_factory=dict)
    original_combined: Sentence | None = None
    registration: Field[str] | None = None
    legal_representative: Field[str] | None = None
    litigation_representative: Field[str] | None = None
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
    offence (first act), trial. `cited_number`: the indictment's, as a later document cites it.
    `impossible_dates` are days as written that the calendar does not have (2月30日).
    `stage` and `proposal` are a review report's: what is reviewed, what its author proposes.
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
    instance: Literal["first", "second", "retrial", "unknown"] = "unknown"
    procedure: Literal["ordinary", "summary", "fast_track"] | None = None
    plea_leniency: Field[bool] | None = None
    dates: dict[str, Field[DateValue]] = PydanticField(default_factory=dict)
    defendants: list[Defendant] = PydanticField(default_factory=list)
    statutes: list[Statute] = PydanticField(default_factory=list)
    circumstances: list[Circumstance] = PydanticField(default_factory=list)
    amounts: list[Amount] = PydanticField(default_factory=list)
    quantities: list[Quantity] = PydanticField(default_factory=list)
    impossible_dates: list[Field[str]] = PydanticField(default_factory=list)
    facts: list[FactCount] = PydanticField(default_factory=list)
    arguments: list[Argument] = PydanticField(default_factory=list)
    answers: list[Answer] = PydanticField(default_factory=list)
    orders: list[Field[str]] = PydanticField(default_factory=list)
    stage: Literal["arrest", "prosecution"] | None = None
    proposal: Field[Proposal] | None = None
    non_prosecution: NonProsecution | None = None
    disposition: Field[Disposition] | None = None
    appeal: Appeal | None = None
    returns: list[Interval] = PydanticField(default_factory=list)
    extensions: list[Interval] = PydanticField(default_factory=list)
    informed: list[Contact] = PydanticField(default_factory=list)
    heard: list[Contact] = PydanticField(default_factory=list)
    addressee: Field[str] | None = None
    signatories: list[Signatory] = PydanticField(default_factory=list)
    attachments: list[Field[str]] = PydanticField(default_factory=list)
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
