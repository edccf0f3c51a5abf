"""The converted default model against the vectors of the engine it was packed for."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval_sets.gold.embedding import FILE
from knowledge_base.casebank import Bank, StoredCase
from knowledge_base.embedding import Embedder, EmbedderMissing, default_embedder
from knowledge_base.embedding.convert import NAME, default_folder
from knowledge_base.embedding.directory import DirectoryEmbedder, fingerprint, prompts
from knowledge_base.embedding.e5 import E5Embedder
from knowledge_base.embedding.made import is_whole, make_once

Stored = dict[str, np.ndarray[Any, Any]]
THEFT = "被告人趁店员不备盗走香烟四条。"
OTHERS = ("被告人酒后驾驶小型轿车。", "被告人虚构投资项目骗取存款。")


@pytest.fixture(scope="module")
def stored() -> Stored:
    with np.load(FILE) as found:
        return dict(found)


def test_same_vectors_as_the_original_engine(embedder: Embedder, stored: Stored) -> None:
    texts = stored["texts"].tolist()
    passages = embedder.passages(texts)
    queries = np.stack([embedder.query(text) for text in texts[-4:]])
    assert passages.shape == (len(texts), embedder.dimension)
    assert (passages * stored["passages"]).sum(1).min() > 0.999
    assert (queries * stored["queries"][-4:]).sum(1).min() > 0.999


def test_rows_are_of_length_one_and_in_the_order_of_the_texts(embedder: Embedder) -> None:
    """Texts are passed by length, results are not."""
    texts = [THEFT * 5, THEFT, *OTHERS, "", THEFT * 10]
    together = embedder.passages(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert embedder.passages([text])[0] @ vector > 0.9999


def test_no_texts_no_vectors(embedder: Embedder) -> None:
    assert embedder.passages([]).shape == (0, embedder.dimension)


def test_a_query_finds_its_like(embedder: Embedder) -> None:
    scores = embedder.passages([*OTHERS, THEFT]) @ embedder.query("盗窃超市商品")
    assert scores.argmax() == 2


def test_a_bank_of_its_vectors(embedder: Embedder, tmp_path: Path) -> None:
    texts = [*OTHERS, THEFT]
    with Bank(tmp_path, embedder, create=True) as bank:
        bank.add(
            [StoredCase(hash=t, source="样例", facts=t, passages=((0, len(t)),)) for t in texts]
        )
        assert bank.dense(embedder.query("盗窃超市商品"), 1)[0].case == 3


def test_bfloat16_keeps_the_vectors(model_folder: Path, stored: Stored) -> None:
    texts = stored["texts"].tolist()[:4]
    rough = E5Embedder(model_folder, NAME, bfloat16=True).passages(texts)
    assert (rough * stored["passages"][:4]).sum(1).min() > 0.99


@pytest.mark.slow
def test_the_folder_is_a_sentence_transformers_folder(
    embedder: Embedder, model_folder: Path
) -> None:
    """The same weights through the library that offices bring their own models in."""
    other = DirectoryEmbedder(model_folder)
    assert other.dimension == embedder.dimension
    assert other.name.startswith(model_folder.name)
    assert (other.passages(OTHERS) * embedder.passages(OTHERS)).sum(1).min() > 0.999
    assert other.query(THEFT) @ embedder.query(THEFT) > 0.999


@pytest.mark.parametrize(
    ("stated", "folder", "query"),
    [
        ({"query": "", "document": ""}, "multilingual-e5-large", "query: "),  # states none
        ({"query": "问：", "document": ""}, "office-e5", "问："),  # its own
        ({"query": "", "document": ""}, "bge-m3", ""),  # trained without
    ],
)
def test_prefixes_of_a_model(stated: dict[str, str], folder: str, query: str) -> None:
    assert prompts(stated, folder)["query"] == query


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(bytes(100_000))
    before = fingerprint(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\1" * 100_000)
    assert fingerprint(tmp_path) != before


def test_a_folder_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderMissing, match="不是 sentence-transformers 模型文件夹"):
        default_embedder(tmp_path)


def test_a_file_of_another_content_is_never_converted(tmp_path: Path) -> None:
    wrong = tmp_path / "e5-small-q4.bin"
    wrong.write_bytes(b"E5S1 but another model")
    with pytest.raises(EmbedderMissing, match="校验值不对"):
        default_folder(tmp_path / "cache", wrong)
    assert not (tmp_path / "cache").exists()


def _make(folder: str, said: str) -> None:
    def write(made: Path) -> None:
        (made / "model.safetensors").write_text(said)
        (made / "second").mkdir()

    make_once(Path(folder), write)


@pytest.mark.timeout(60)
def test_two_processes_make_one_folder_and_a_spoilt_one_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_make, args=(str(folder), f"worker {n}")) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert is_whole(folder)
    (folder / "model.safetensors").write_text("cut")
    assert not is_whole(folder)
    _make(str(folder), "again")
    assert is_whole(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["model"]
