"""The bank: what is stored is found, once; what is removed is gone; models never mix."""

from __future__ import annotations

import os
import sqlite3
import stat
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.casebank import (
    BadBackup,
    Bank,
    BankError,
    Filters,
    NoBank,
    NoCase,
    StoredCase,
    back_up,
    content_hash,
    read_filters,
    restore,
)
from knowledge_base.embedding import split_passages
from knowledge_base.retrieval.tokens import passage_weights
from knowledge_base.vectors import InUse, OtherModel, Vector, VectorError, drop_index


class Letters:
    """A small embedder of another kind: which characters a text has."""

    def __init__(self, name: str = "letters@1", dimension: int = 64) -> None:
        self.name, self.dimension = name, dimension

    def passages(self, texts: Sequence[str]) -> Vector:
        made = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for letter in text:
                made[row, ord(letter) % self.dimension] += 1
        return made / np.linalg.norm(made, axis=1, keepdims=True).clip(min=1e-9)

    def query(self, text: str) -> Vector:
        row: Vector = self.passages([text])[0]
        return row


LETTERS = Letters()
THEFT = "被告人翻窗进入居民住宅，窃取黄金手镯一只，经鉴定价值人民币三万元。"
DRUNK = "被告人饮酒后驾驶小型轿车上路行驶，被民警当场查获，血液酒精含量超过标准。"
FRAUD = "一、被告人虚构能代办入学的事实，骗取被害人人民币五万元。二、被告人又以借款为名骗取二万元。"


def case(facts: str, number: str | None = None, **more: object) -> StoredCase:
    return StoredCase.model_validate(
        {
            "hash": content_hash(facts),
            "source": "样例.txt",
            "number": number,
            "facts": facts,
            "passages": split_passages(facts),
            **more,
        }
    )


CASES = [
    case(THEFT, "（2021）江0102刑初15号", charges=["盗窃罪"], year=2021, tiers={"盗窃罪": 2}),
    case(
        DRUNK, "（2022）江0102刑初16号", charges=["危险驾驶罪"], year=2022, verdicts=["detention"]
    ),
    case(FRAUD, charges=["诈骗罪"], year=2021, circumstances=["surrender", "restitution"]),
]


SERVERS = [":memory:", *filter(None, [os.environ.get("ASSISTANT_QDRANT_URL")])]
pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    bank = Bank(tmp_path / "bank", LETTERS, create=True)
    assert [o.what for o in bank.add(CASES)] == ["added"] * 3
    return bank


def by_words(bank: Bank, text: str, filters: Filters | None = None) -> list[int]:
    return [hit.case for hit in bank.sparse(passage_weights(text), 10, filters)]


def by_vector(bank: Bank, text: str, filters: Filters | None = None) -> list[int]:
    return [hit.case for hit in bank.dense(LETTERS.query(text), 10, filters)]


def test_found_by_vector_and_by_words(bank: Bank) -> None:
    best = bank.dense(LETTERS.query("骗取二万元"), 1)[0]
    assert (best.case, best.passage) == (3, 1)
    assert bank.case(best.case).passage(best.passage).startswith("二、")
    assert by_words(bank, "窃取黄金手镯") == [1]
    assert bank.case(1) == CASES[0].model_copy(update={"id": 1})
    assert [c.id for c in bank.cases([3, 1])] == [3, 1]
    with pytest.raises(NoCase, match="没有编号为 9 的案例"):
        bank.case(9)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {1, 2, 3}),  # none
        ({"charges": ["盗窃罪", "诈骗罪"]}, {1, 3}),  # any of
        ({"charges": ["盗窃"]}, {1}),  # a charge by its short name
        ({"circumstances": ["自首"]}, {3}),  # a circumstance by its name
        ({"tiers": ["盗窃罪#2"]}, {1}),  # range of punishment
        ({"tiers": ["盗窃罪#1"]}, set()),  # another range
        ({"circumstances": ["surrender", "restitution"]}, {3}),  # all of
        ({"circumstances": ["surrender", "recidivist"]}, set()),  # not only one of them
        ({"without": ["surrender"]}, {1, 2}),  # none of
        ({"year_from": 2022}, {2}),  # years
        ({"verdicts": ["detention"], "charges": ["盗窃罪"]}, set()),  # both must hold
    ],
)
def test_filters(bank: Bank, filters: dict[str, object], found: set[int]) -> None:
    assert set(by_vector(bank, "被告人", read_filters(filters))) == found


@pytest.mark.parametrize("name", ["charge", "circumstances", "levels", "year_from"])
def test_a_filter_that_is_not_one(name: str) -> None:
    with pytest.raises(BankError, match=f"筛选条件“{name}”或其取值无法使用"):
        read_filters({name: ["没有这种"]})


def test_nothing_is_stored_twice(bank: Bank) -> None:
    blanks = CASES[0].facts.replace("，", "，\n  ")
    again = bank.add([case(blanks), case(THEFT + "另查明。", "(2021)江0102刑初15 号"), case(FRAUD)])
    assert [(o.what, o.id) for o in again] == [
        ("same_content", 1),
        ("same_number", 1),
        ("same_content", 3),
    ]
    twins = bank.add([case("新的事实。", "（2023）江0102刑初1号")] * 2)
    assert [o.what for o in twins] == ["added", "same_content"]
    assert bank.stats().cases == 4


def test_replacing_takes_the_old_text_out(bank: Bank) -> None:
    changed = case("被告人在商场扒窃手机一部。", CASES[0].number, charges=["盗窃罪"])
    (outcome,) = bank.add([changed], replace=True)
    assert outcome.what == "replaced"
    assert by_words(bank, "黄金手镯") == []
    assert by_words(bank, "商场扒窃手机") == [outcome.id]
    assert bank.stats().cases == 3


def test_what_is_removed_is_gone(bank: Bank) -> None:
    words = list(passage_weights(THEFT))
    assert bank.having(words)
    bank.remove(1)
    assert by_words(bank, THEFT)
    assert 1 not in by_words(bank, THEFT)
    assert set(by_vector(bank, THEFT)) == {2, 3}
    rest = set(passage_weights(DRUNK)) | set(passage_weights(FRAUD))
    assert set(bank.having(words)) <= rest
    folder = bank.folder
    bank.close()
    for path in folder.rglob("*"):
        if path.is_file() and "index-" not in str(path):
            assert "黄金手镯".encode() not in path.read_bytes(), path


def test_stats(bank: Bank) -> None:
    stats = bank.stats()
    assert (stats.cases, stats.passages, stats.unembedded) == (3, 4, 0)
    assert (bank.size, bank.passages) == (3, 4)
    assert stats.model == "letters@1"
    assert stats.years == {2021: 2, 2022: 1}
    assert stats.charges["盗窃罪"] == 1
    assert stats.verdicts == {"detention": 1}


def test_input_is_known_again_until_it_is_removed(tmp_path: Path) -> None:
    with Bank(tmp_path, LETTERS, create=True) as bank:
        bank.add(CASES[:2], ["a", "b"])
        assert (bank.seen("a"), bank.seen("c")) == (1, None)
        bank.remove(1)
        assert (bank.seen("a"), bank.seen("b")) == (None, 2)


def test_only_the_owner_can_enter(bank: Bank) -> None:
    assert stat.S_IMODE(bank.folder.stat().st_mode) == 0o700


def test_there_is_no_bank_by_accident(tmp_path: Path) -> None:
    with pytest.raises(NoBank, match="assistant cases import"):
        Bank(tmp_path)
    (tmp_path / "bank.sqlite3").write_bytes(b"not a database")
    with pytest.raises(NoBank, match="打不开"):
        Bank(tmp_path)


def test_without_an_embedder_words_find_and_reindex_adds_vectors(tmp_path: Path) -> None:
    with Bank(tmp_path, create=True) as bank:
        bank.add(CASES)
        assert by_words(bank, "驾驶小型轿车") == [2]
        assert bank.stats().unembedded == 4
        with pytest.raises(OtherModel, match="reindex"):
            bank.dense(LETTERS.query("驾驶"), 3)
    with Bank(tmp_path, LETTERS) as bank:
        with pytest.raises(OtherModel, match="reindex"):
            bank.dense(LETTERS.query("驾驶"), 3)
        bank.reindex()
        assert bank.stats().unembedded == 0
        assert by_vector(bank, DRUNK)[0] == 2
        assert by_words(bank, "驾驶小型轿车") == [2]


def test_cases_without_vectors_are_found_by_words(bank: Bank) -> None:
    folder = bank.folder
    bank.close()
    with Bank(folder) as lexical:
        lexical.add([case("被告人非法持有枪支一支。")])
        assert by_words(lexical, "非法持有枪支") == [4]
    with Bank(folder, LETTERS) as bank:
        assert 4 not in by_vector(bank, "非法持有枪支")
        bank.reindex()
        assert by_vector(bank, "被告人非法持有枪支一支。")[0] == 4


def test_another_model_is_refused_until_reindexed(bank: Bank) -> None:
    folder, other = bank.folder, Letters("letters@2", 32)
    bank.close()
    with Bank(folder, other) as bank:
        with pytest.raises(OtherModel, match="letters@1"):
            bank.dense(other.query("驾驶"), 3)
        with pytest.raises(OtherModel, match="letters@1"):
            bank.add([case("新的事实。")])
        assert bank.stats().cases == 3
        bank.reindex()
        assert bank.model == "letters@2"
        assert bank.dense(other.query(DRUNK), 1)[0].case == 2
        assert [p.name for p in folder.glob("index-*")] == [
            p.name for p in folder.glob("index-*-2")
        ]


def test_a_reindex_that_was_killed_goes_on(bank: Bank) -> None:
    """The vectors made before the end are kept; the old index answers until the switch."""
    folder = bank.folder
    bank.close()

    class Killed(Exception):
        pass

    def kill(done: int, total: int) -> None:
        raise Killed

    other = Letters("letters@2")
    with Bank(folder, other) as bank, pytest.raises(Killed):
        bank.reindex(kill)
    with Bank(folder, LETTERS) as bank:
        assert by_vector(bank, DRUNK)[0] == 2
    with Bank(folder, other) as bank:
        bank.reindex()
        assert bank.stats().unembedded == 0
        assert bank.dense(other.query(DRUNK), 1)[0].case == 2


def test_the_index_catches_up_with_the_database(bank: Bank) -> None:
    """A process killed between the two leaves cases that the index has not heard of."""
    folder = bank.folder
    bank.close()
    with sqlite3.connect(folder / "bank.sqlite3") as sql:
        sql.execute("UPDATE passage SET indexed = 0 WHERE stored = 2")
        sql.execute("INSERT INTO gone VALUES (1)")
    with Bank(folder, LETTERS) as bank:
        assert set(by_vector(bank, "被告人")) == {2, 3}
        assert len(bank.dense(LETTERS.query("被告人"), 10)) == 3


def test_threads_share_a_bank(bank: Bank) -> None:
    folder = bank.folder
    bank.close()

    def ask(number: int) -> list[int]:
        if number % 4 == 0:
            shared.add([case(f"第{number}名被告人非法捕捞水产品若干。")])
        return by_words(shared, "窃取黄金手镯") + by_vector(shared, DRUNK)[:1]

    with Bank(folder, LETTERS) as shared, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(16))) == [[1, 2]] * 16
        assert shared.stats().cases == 7


def test_a_lost_index_is_made_again(bank: Bank) -> None:
    folder = bank.folder
    bank.close()
    (index,) = folder.glob("index-*")
    (index / "index.json").unlink()
    with Bank(folder, LETTERS) as bank:
        with pytest.raises(VectorError, match="reindex"):
            by_words(bank, "驾驶")
        bank.reindex()
        assert by_vector(bank, DRUNK)[0] == 2


def test_the_index_is_held_by_one_but_cases_can_be_read(bank: Bank) -> None:
    with Bank(bank.folder, LETTERS) as second:
        assert second.stats().cases == 3
        with pytest.raises(InUse):
            by_words(second, "驾驶")


def test_backup_and_restore(bank: Bank, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.zip", tmp_path / "other"
    back_up(bank, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restore(file, other)
    assert stat.S_IMODE(other.stat().st_mode) == 0o700
    with Bank(other) as restored:
        assert restored.model == "letters@1"
        assert by_words(restored, "驾驶小型轿车") == [2]
        assert restored.cases([1, 2, 3]) == bank.cases([1, 2, 3])
    with Bank(other, LETTERS) as restored:
        assert by_vector(restored, DRUNK) == by_vector(bank, DRUNK)
    with pytest.raises(BankError, match="--replace"):
        restore(file, other)
    with pytest.raises(InUse):
        restore(file, bank.folder, replace=True)
    restore(file, other, replace=True)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backup.zip", "bank", "other"]


def test_a_backup_that_was_changed_is_refused(bank: Bank, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    back_up(bank, good)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data if name.endswith(".json") else data[:-1] + b"\xff")
    (tmp_path / "text.zip").write_text("no archive")
    for name in ("bad.zip", "text.zip"):
        with pytest.raises(BadBackup, match="不是案例库备份"):
            restore(tmp_path / name, tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("url", SERVERS)
def test_the_index_on_a_server(tmp_path: Path, url: str) -> None:
    """The same bank with its index as a collection; the client's local mode is one without URL."""
    folder, other = tmp_path / "bank", Letters("letters@2")
    with Bank(folder, LETTERS, url=url, create=True) as bank:
        bank.add(CASES)
        assert by_words(bank, "窃取黄金手镯") == [1]
        assert by_vector(bank, DRUNK, read_filters({"year_from": 2022})) == [2]
        bank.remove(1)
        assert set(by_vector(bank, "被告人")) == {2, 3}
    with Bank(folder, other, url=url) as bank:
        bank.reindex()
    with Bank(folder, other, url=url) as bank:
        assert bank.dense(other.query(DRUNK), 1)[0].case == 2
        drop_index(folder / f"index-{bank.store.get('id')}-2", url)
    with Bank(folder, other, url=url) as bank:
        with pytest.raises(VectorError, match=r"没有索引.*reindex"):
            by_words(bank, "驾驶")
        bank.reindex()
        assert by_words(bank, "驾驶小型轿车") == [2]
        drop_index(folder / f"index-{bank.store.get('id')}-3", url)
    assert not list(folder.glob("index-*"))
