"""A bank of decided cases: a folder with a database and the index made from it.

The database is written first; the index follows and can always catch up. So a process killed
at any point has either stored a case wholly or not at all, and none is in the index twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from threading import RLock
from types import TracebackType

from knowledge_base.casebank.errors import NoCase
from knowledge_base.casebank.filters import FIELDS, Filters, fields_of
from knowledge_base.casebank.model import Outcome, PassageHit, Stats, StoredCase
from knowledge_base.casebank.store import Store
from knowledge_base.embedding import Embedder
from knowledge_base.vectors import (
    Condition,
    Description,
    Entry,
    Hit,
    OtherModel,
    Vector,
    VectorIndex,
    Weights,
    create_index,
    drop_index,
    open_index,
)
from knowledge_base.vectors.lock import hold

Progress = Callable[[int, int], None]
_AT_ONCE = 256
_UNWRITTEN = 2000
"""Passages that the index may hold in memory alone; their case is on disk all the same."""


def _weights(text: str) -> dict[int, float]:
    # Asked for late: what searches in banks stands in the same package and knows this one.
    from knowledge_base.retrieval.tokens import passage_weights

    return passage_weights(text)


class Bank:
    """The bank in `folder`. Its texts never leave the folder, which only its owner can enter.

    Without an embedder words alone find cases. The index belongs to one process at a time
    unless `url` names a Qdrant server; it is opened by the first search or change. Threads
    may share a bank.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder | None = None,
        *,
        url: str | None = None,
        create: bool = False,
    ) -> None:
        """Open the bank, or with `create` make an empty one. Raises NoBank, OSError."""
        if create:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.embedder = embedder
        self._url = url
        self._store = Store(folder, create=create)
        self._lock = RLock()
        self._index: VectorIndex | None = None
        self._generation = 0
        self._reached = 0
        self._unwritten = 0

    def __enter__(self) -> Bank:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._leave()
        self._store.close()

    @property
    def store(self) -> Store:
        """The database, for what copies and restores whole banks."""
        return self._store

    @property
    def model(self) -> str | None:
        """Name of the embedder whose vectors the index holds; None where it holds none."""
        return self._store.get("model") or None

    @property
    def passages(self) -> int:
        """How many passages the bank has."""
        return self._store.passages()

    @property
    def size(self) -> int:
        """How many cases the bank has."""
        return self._store.size()

    def having(self, terms: Sequence[int]) -> dict[int, int]:
        """How many passages have each of these words; those that none has are left out."""
        return self._store.having(terms)

    def case(self, number: int) -> StoredCase:
        """Raises NoCase."""
        return self.cases([number])[0]

    def cases(self, numbers: Sequence[int]) -> list[StoredCase]:
        """The cases of these numbers, in their order. Raises NoCase."""
        found = self._store.cases(numbers)
        for number in numbers:
            if number not in found:
                raise NoCase(f"案例库里没有编号为 {number} 的案例。")
        return [found[number] for number in numbers]

    def all_cases(self) -> Iterator[StoredCase]:
        """Every case in the order of the numbers."""
        return self._store.all_cases()

    def stats(self) -> Stats:
        """What is in the bank, counted now."""
        return self._store.stats(self.model or "")

    def seen(self, raw: str) -> int | None:
        """The case that input of this hash became, if it is still in the bank."""
        return self._store.seen(raw)

    def dense(self, vector: Vector, k: int, filters: Filters | None = None) -> list[PassageHit]:
        """The k passages nearest to a vector of the bank's embedder, best first.

        Raises OtherModel where the index was made with another embedder, or with none.
        """
        self._require_model()
        return self._placed(self._live().dense(vector, k, _conditions(filters)))

    def sparse(self, weights: Weights, k: int, filters: Filters | None = None) -> list[PassageHit]:
        """The k passages with the highest weight of common words, best first."""
        return self._placed(self._live().sparse(weights, k, _conditions(filters)))

    def _require_model(self) -> None:
        given = self.embedder.name if self.embedder else None
        if self.model is None:
            raise OtherModel("案例库的索引没有向量，请先运行 assistant cases reindex。")
        if given != self.model:
            raise OtherModel(
                f"案例库由“{self.model}”建立索引，现在用的是“{given or '无向量模型'}”，"
                "请先运行 assistant cases reindex。"
            )

    def _placed(self, hits: Sequence[Hit]) -> list[PassageHit]:
        places = self._store.places([hit.id for hit in hits])
        return [
            PassageHit(case=places[h.id][0], passage=places[h.id][1], score=h.score)
            for h in hits
            if h.id in places
        ]

    def add(
        self,
        cases: Sequence[StoredCase],
        raw: Sequence[str | None] | None = None,
        *,
        replace: bool = False,
    ) -> list[Outcome]:
        """Store cases; one whose text or case number is there already is not stored again.

        With `replace` a text of the same case number takes the other's place. `raw` are hashes
        of the input, so that `seen` knows them again. The vectors are made in one go: many
        cases at once are faster than one by one. Raises OtherModel before anything is stored.
        """
        index = self._live()
        if self.embedder and self.model:
            self._require_model()
        texts = [case.passage(n) for case in cases for n in range(len(case.passages))]
        vectors: Iterator[Vector] = iter(())
        if self.embedder and self.model:
            vectors = iter(self.embedder.passages(texts))
        outcomes = []
        with self._lock:
            with self._store.change():
                for case, mark in zip(cases, raw or [None] * len(cases), strict=True):
                    own = list(islice(vectors, len(case.passages)))
                    outcome = self._put(case, own, replace)
                    outcomes.append(outcome)
                    if mark and outcome.what != "same_number":
                        self._store.mark_seen(mark, outcome.id)
            self._catch_up(index)
        return outcomes

    def _put(self, case: StoredCase, vectors: Sequence[Vector], replace: bool) -> Outcome:
        same, named = self._store.find(case.hash, case.number)
        if same is not None:
            return Outcome(what="same_content", id=same)
        if named is not None and not replace:
            return Outcome(what="same_number", id=named)
        if named is not None:
            self._delete(named)
        number, passages = self._store.insert(case, _terms(case))
        if self.model:
            self._store.add_vectors(self.model, zip(passages, vectors, strict=False))
        return Outcome(what="added" if named is None else "replaced", id=number)

    def remove(self, number: int) -> None:
        """Take a case out, its text, its vectors and its points. Raises NoCase."""
        self.case(number)
        index = self._live()
        with self._lock:
            with self._store.change():
                self._delete(number)
            self._catch_up(index)

    def _delete(self, number: int) -> None:
        self._store.delete(number, _terms(self.case(number)))

    def _live(self) -> VectorIndex:
        """The index of the present generation, with all that the database has."""
        with self._lock:
            return self._opened()

    def _opened(self) -> VectorIndex:
        generation = int(self._store.get("generation"))
        if self._index is not None and generation == self._generation:
            return self._index
        self._leave()
        if generation == 0:
            generation = 1
            index = create_index(self._place(1), self._first(), self._url)
            with self._store.change():
                self._remember(1, index.description)
        else:
            index = open_index(self._place(generation), self._url)
        self._index, self._generation, self._reached = index, generation, 0
        self._catch_up(index)
        return index

    def _place(self, generation: int) -> Path:
        return self.folder / f"index-{self._store.get('id')}-{generation}"

    def _remember(self, generation: int, made: Description) -> None:
        self._store.set(
            generation=str(generation), model=made.model or "", dimension=str(made.dimension)
        )

    def _first(self) -> Description:
        """A restored bank has vectors already; the embedder of a new one is the one at hand."""
        if self.model is None:
            return self._description()
        return Description(FIELDS, self.model, int(self._store.get("dimension")))

    def _description(self) -> Description:
        if self.embedder is None:
            return Description(FIELDS)
        return Description(FIELDS, self.embedder.name, self.embedder.dimension)

    def _catch_up(self, index: VectorIndex) -> None:
        """Bring the index to where the database is: what is new, and what is gone."""
        gone = self._store.gone()
        if gone:
            index.delete(gone)
        before = self._reached
        self._reached = self._fill(index, self._generation, before)
        self._unwritten += self._reached - before
        if gone or self._unwritten >= _UNWRITTEN:
            self._write(index, gone)

    def _write(self, index: VectorIndex, gone: Sequence[int] = ()) -> None:
        """Only what the index has on disk is noted as indexed; the rest is put in again."""
        index.flush()
        with self._store.change():
            self._store.set_indexed(self._reached, self._generation)
            self._store.forget_gone(gone)
        self._unwritten = 0

    def _leave(self) -> None:
        if self._index is not None:
            if self._unwritten:
                self._write(self._index)
            self._index.close()
            self._index = None

    def _fill(
        self, index: VectorIndex, generation: int, last: int, progress: Progress | None = None
    ) -> int:
        """Put in every passage above `last` that an index of that generation lacks.

        Returns the number of the last one.
        """
        model, done = index.description.model or "", 0
        total = self._store.passages() if progress else 0
        while rows := self._store.unindexed(generation, last, _AT_ONCE):
            vectors = self._store.vectors(model, [row[0] for row in rows])
            cases = self._store.cases(sorted({row[1] for row in rows}))
            fields = {number: fields_of(case) for number, case in cases.items()}
            index.upsert(
                Entry(p, _weights(cases[case].passage(n)), vectors.get(p), fields[case])
                for p, case, n in rows
            )
            last = rows[-1][0]
            done += len(rows)
            if progress:
                progress(done, total)
        return last

    def reindex(self, progress: Progress | None = None) -> None:
        """Make the index anew with this bank's embedder, beside the live one, and switch.

        Without an embedder it is made from the vectors that are kept. Until the switch the
        old one answers. Killed, it goes on where it was when called again: vectors that were
        made are kept. Raises InUse, VectorError, OSError.
        """
        lock = hold(self.folder / "reindex.lock")
        try:
            self._make_vectors(progress)
            before = int(self._store.get("generation"))
            generation = before + 1
            description = self._description() if self.embedder else self._first()
            index = create_index(self._place(generation), description, self._url)
            try:
                last = self._fill(index, generation, 0, progress)
                index.flush()
                counted = Counter(t for c in self.all_cases() for own in _terms(c) for t in own)
                with self._lock, self._store.change():
                    self._remember(generation, description)
                    self._store.set_indexed(last, generation)
                    self._store.drop_vectors(description.model or "")
                    self._store.recount(counted)
            except BaseException:
                index.close()
                raise
            with self._lock:
                self._leave()
                self._index, self._generation, self._reached = index, generation, last
                # What was removed while the index was being made is in it still.
                self._catch_up(index)
            for number in range(max(1, before - 1), generation):
                # One more back: the process before may have been killed at this very place.
                drop_index(self._place(number), self._url)
        finally:
            lock.close()

    def _make_vectors(self, progress: Progress | None) -> None:
        """Vectors of all passages that have none of this embedder, kept batch by batch."""
        if self.embedder is None:
            return
        name, last, done = self.embedder.name, 0, 0
        total = self._store.passages()
        while rows := self._store.unembedded(name, last, _AT_ONCE):
            cases = self._store.cases(sorted({row[1] for row in rows}))
            vectors = self.embedder.passages([cases[case].passage(n) for _, case, n in rows])
            with self._store.change():
                self._store.add_vectors(
                    name, ((p, v) for (p, _, _), v in zip(rows, vectors, strict=True))
                )
            last = rows[-1][0]
            done += len(rows)
            if progress:
                progress(done, total)


def _terms(case: StoredCase) -> list[list[int]]:
    return [list(_weights(case.passage(n))) for n in range(len(case.passages))]


def _conditions(filters: Filters | None) -> list[Condition]:
    return filters.conditions() if filters else []
