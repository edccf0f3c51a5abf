"""The engines against each other on random points: same hits for the same question.

The client's local mode is the oracle. With ASSISTANT_QDRANT_URL set, a real server is held
against it as well.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from qdrant_client import QdrantClient

from knowledge_base.vectors import (
    AnyOf,
    Between,
    Condition,
    Description,
    Entry,
    Hit,
    InUse,
    OtherModel,
    Unreachable,
    VectorError,
    VectorIndex,
    create_index,
    drop_index,
    open_index,
)
from knowledge_base.vectors.server import ServerIndex

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")
SERVER = os.environ.get("ASSISTANT_QDRANT_URL")
DIMENSION = 24
DESCRIPTION = Description({"charges": "keyword", "year": "integer"}, "model@1", DIMENSION)
CHARGES = ["盗窃罪", "诈骗罪", "故意伤害罪", "危险驾驶罪"]
QUESTIONS: list[tuple[Condition, ...]] = [
    (),  # no filter
    (AnyOf("charges", ("盗窃罪",)),),  # one value
    (AnyOf("charges", ("盗窃罪", "诈骗罪")), Between("year", 2015, 2019)),  # two conditions
    (AnyOf("charges", ("盗窃罪",)), AnyOf("charges", ("诈骗罪",))),  # both, not either
    (AnyOf("charges", ("故意伤害罪",), not_=True),),  # none of
    (Between("year", low=2021),),  # open bound
    (AnyOf("charges", ("走私罪",)),),  # nothing has it
    (AnyOf("year", (2012, 2016)),),  # numbers by value
]


def points(seed: int, numbers: range) -> list[Entry]:
    """Random points; every fifth has no dense vector, every seventh no fields."""
    random = np.random.default_rng(seed)
    made = []
    for number in numbers:
        dense = random.standard_normal(DIMENSION).astype(np.float32)
        words = random.choice(60, size=random.integers(1, 9), replace=False)
        fields = {
            "charges": random.choice(CHARGES, size=random.integers(1, 3), replace=False).tolist(),
            "year": int(random.integers(2010, 2024)),
        }
        made.append(
            Entry(
                number,
                {int(w): float(v) for w, v in zip(words, random.random(len(words)), strict=True)},
                dense / np.linalg.norm(dense) if number % 5 else None,
                fields if number % 7 else {},
            )
        )
    return made


@pytest.fixture
def oracle() -> ServerIndex:
    return ServerIndex.create(QdrantClient(":memory:"), "oracle", DESCRIPTION)


@pytest.fixture(params=[None, SERVER] if SERVER else [None])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorIndex]:
    url = request.param
    folder = tmp_path / f"test-{uuid.uuid4().hex}"
    made = create_index(folder, DESCRIPTION, url)
    yield made
    made.close()
    drop_index(folder, url)


def agree(found: list[Hit], expected: list[Hit], more: list[Hit]) -> None:
    """The same scores in the same order, and the same points but where scores are equal."""
    assert [h.score for h in found] == pytest.approx([h.score for h in expected], abs=1e-5)
    possible = {h.id: h.score for h in more}
    assert len({h.id for h in found}) == len(found)
    assert all(h.score == pytest.approx(possible[h.id], abs=1e-5) for h in found)


def compare(index: VectorIndex, oracle: VectorIndex, seed: int) -> None:
    random = np.random.default_rng(seed)
    for conditions in QUESTIONS:
        vector = random.standard_normal(DIMENSION).astype(np.float32)
        words = {int(w): float(random.random()) for w in random.choice(60, 6, replace=False)}
        assert index.count(conditions) == oracle.count(conditions)
        for k in (1, 10, 500):
            for ask in ("dense", "sparse"):
                question = vector if ask == "dense" else words
                found, expected, everything = (
                    getattr(engine, ask)(question, size, conditions)
                    for engine, size in ((index, k), (oracle, k), (oracle, 500))
                )
                agree(found, expected, everything)


@pytest.mark.parametrize("seed", [1, 2])
def test_same_hits_after_adding_changing_and_deleting(
    index: VectorIndex, oracle: ServerIndex, seed: int
) -> None:
    for engine in (index, oracle):
        engine.upsert(points(seed, range(1, 181)))
    compare(index, oracle, seed)
    for engine in (index, oracle):
        engine.delete([*range(3, 60), 9999])
        engine.upsert(points(seed + 10, range(40, 90)))
    compare(index, oracle, seed)


def test_an_empty_index_finds_nothing(index: VectorIndex) -> None:
    assert index.count() == 0
    assert index.dense(np.ones(DIMENSION, np.float32), 5) == []
    assert index.sparse({1: 1.0}, 5) == []
    assert index.sparse({}, 5) == []


def test_what_was_closed_is_there_when_opened(tmp_path: Path) -> None:
    index = create_index(tmp_path / "a", DESCRIPTION)
    index.upsert(points(3, range(1, 50)))
    before = index.dense(np.ones(DIMENSION, np.float32), 5)
    index.close()
    index = open_index(tmp_path / "a")
    assert index.description == DESCRIPTION
    assert index.dense(np.ones(DIMENSION, np.float32), 5) == before
    index.close()


def test_vectors_of_another_length_are_refused(index: VectorIndex, oracle: ServerIndex) -> None:
    for engine in (index, oracle):
        with pytest.raises(OtherModel, match="model@1"):
            engine.upsert([Entry(1, {1: 1.0}, np.ones(3, np.float32))])
        assert engine.count() == 0


def test_an_index_without_a_model_is_lexical(tmp_path: Path) -> None:
    description = Description({"year": "integer"})
    oracle = ServerIndex.create(QdrantClient(":memory:"), "oracle", description)
    index = create_index(tmp_path / "a", description)
    for engine in (index, oracle):
        engine.upsert([Entry(1, {7: 2.0}, None, {"year": 2020}), Entry(2, {8: 1.0})])
        assert engine.sparse({7: 1.5, 9: 1.0}, 5) == [Hit(1, 3.0)]
        with pytest.raises(OtherModel, match="没有向量"):
            engine.dense(np.ones(3, np.float32), 5)
        with pytest.raises(OtherModel, match="没有向量"):
            engine.upsert([Entry(3, {1: 1.0}, np.ones(3, np.float32))])
    index.close()


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    index = create_index(tmp_path / "a", DESCRIPTION)
    with pytest.raises(InUse, match="正被另一个程序使用"):
        open_index(tmp_path / "a")
    index.close()
    open_index(tmp_path / "a").close()


def test_a_folder_that_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(VectorError, match="打不开"):
        open_index(tmp_path / "nothing")
    (tmp_path / "index.json").write_text("{}")
    with pytest.raises(VectorError, match="打不开"):
        open_index(tmp_path)


def test_a_server_that_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="没有应答"):
        open_index(tmp_path / "a", "http://127.0.0.1:9")
