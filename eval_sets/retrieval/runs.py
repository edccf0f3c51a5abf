"""Every query searched in a bank of the documents, by the way the product goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.settings import Settings
from assistant.similar import office
from assistant.similar.stored import case_of_facts
from eval_sets.retrieval.data import Collection, Text
from eval_sets.retrieval.fitting import Example, example
from eval_sets.retrieval.vectors import KeptVectors
from knowledge_base.casebank import Bank, StoredCase
from knowledge_base.embedding import Embedder, EmbedderMissing
from knowledge_base.retrieval.candidates import query_vector
from knowledge_base.retrieval.search import Candidate, candidates, ordered

_AT_ONCE = 128
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Searched:
    """One query: what its search found, by document id, and its labels."""

    query: str
    found: Sequence[Candidate]
    ids: Mapping[int, str]
    labels: Mapping[str, int]

    @property
    def example(self) -> Example:
        """The same as the fit of the weights takes it."""
        pairs = [(self.ids[one.case.id], one.features) for one in self.found]
        return example(self.query, pairs, self.labels)

    def ranking(self, weights: Mapping[str, float], documents: Sequence[str]) -> list[str]:
        """Every document once, in the product's order; what was not found comes last."""
        order = [self.ids[one.case.id] for _, one in ordered(self.found, weights)]
        known = set(order)
        return order + [document for document in documents if document not in known]


@dataclass(frozen=True)
class Filled:
    """A bank of the documents: their ids by the bank's numbers, and the cases as read."""

    bank: Bank
    ids: Mapping[int, str]
    cases: Sequence[StoredCase]


def embedder(settings: Settings) -> Embedder | None:
    """The product's embedder with kept vectors; None where there is none."""
    try:
        chosen = office.embedder(settings)
    except EmbedderMissing:
        return None
    return KeptVectors(chosen, settings.cache / "eval-vectors")


@contextmanager
def filled(
    documents: Sequence[Text], chosen: Embedder | None, progress: Progress | None = None
) -> Iterator[Filled]:
    """A bank in a temporary folder with all documents; of two with the same text, the first."""
    cases = [case_of_facts(d.text, d.charges, d.id) for d in documents]
    with (
        TemporaryDirectory() as folder,
        Bank(Path(folder) / "bank", chosen, create=True) as bank,
    ):
        ids: dict[int, str] = {}
        for start in range(0, len(cases), _AT_ONCE):
            some = documents[start : start + _AT_ONCE]
            outcomes = bank.add(cases[start : start + _AT_ONCE])
            for document, outcome in zip(some, outcomes, strict=True):
                ids.setdefault(outcome.id, document.id)
            if progress:
                progress(start + len(some), len(cases))
        yield Filled(bank, ids, cases)


def searched(
    full: Filled, data: Collection, with_charge: bool, progress: Progress | None = None
) -> list[Searched]:
    """Every query, with all documents that share a word with it or have a vector."""
    results = []
    for done, query in enumerate(data.queries, 1):
        asked = case_of_facts(query.text, query.charges if with_charge else (), query.id)
        vector = query_vector(full.bank, asked)
        found, _, _ = candidates(full.bank, asked, vector, full.bank.passages)
        results.append(Searched(query.id, found, full.ids, data.labels[query.id]))
        if progress:
            progress(done, len(data.queries))
    return results
