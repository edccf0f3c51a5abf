"""The suite of similar cases: on a small invented folder, without an embedding; its parts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from eval_sets import ranking
from eval_sets.retrieval import baselines, data
from eval_sets.retrieval.fitting import Example, cross_fitted, fit, folds
from eval_sets.retrieval.vectors import KeptVectors
from eval_sets.suites import SUITES
from ingestion.errors import InputError
from knowledge_base.retrieval.features import FEATURES

DOCUMENTS = {
    "d1": ("被告人撬门入室盗窃金饰和现金，价值二万元，退赔取得谅解。", ["盗窃罪"]),
    "d2": ("被告人在车站扒窃手机一部，被当场抓获。", ["盗窃罪"]),
    "d3": ("被告人醉酒驾驶轿车被查获，血液酒精含量180mg/100ml。", ["危险驾驶罪"]),
    "d4": ("被告人酒后驾驶摩托车与路灯相撞，血液酒精含量150mg/100ml。", ["危险驾驶罪"]),
    "d5": ("被告人收购他人盗窃所得的手机二十部，转卖获利。", ["掩饰、隐瞒犯罪所得罪"]),
}
QUERIES = {
    "q1": ("被告人夜间翻窗入室盗窃金饰一批，价值三万元。", ["盗窃罪"]),
    "q2": ("被告人饮酒后驾驶轿车，血液酒精含量200mg/100ml。", ["危险驾驶罪"]),
}
LABELS = {"q1": {"d1": 3, "d2": 2, "d3": 0, "d5": 1}, "q2": {"d3": 3, "d4": 2, "d1": 0}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, texts in (("docs", DOCUMENTS), ("queries.own", QUERIES)):
        lines = (
            json.dumps({"id": i, "text": t, "charges": c}, ensure_ascii=False)
            for i, (t, c) in texts.items()
        )
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    rows = (f"{q} 0 {d} {n}" for q, labels in LABELS.items() for d, n in labels.items())
    (tmp_path / "qrels.own.trec").write_text("\n".join(rows), "utf-8")
    return tmp_path


def test_the_suite_ranks_by_the_product_s_search(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDING", str(tmp_path))  # holds no model
    result = SUITES["lecard"](folder)
    assert result["n"] == 2
    for mode in ("with_charge", "text_only"):
        assert set(result["metrics"][mode]) == set(ranking.MEASURES)
        assert result["metrics"][mode]["ndcg@10"] > 0.95
        low, high = result["intervals"][f"{mode}.map"]
        assert low <= result["metrics"][mode]["map"] <= high
    assert set(result["metrics"]["with_charge_gain"]) == {
        f"{way}.{measure}" for way in ("bm25", "tf_idf") for measure in ranking.MEASURES
    }
    assert result["weights"] == {"shipped": 2, "cross_fitted": 0}
    assert result["notes"]  # that words alone were searched is said


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("docs.jsonl", "{}", "docs.jsonl"),
        ("docs.jsonl", "", "应当含"),
        ("qrels.own.trec", "q1 d1 3", "qrels.own.trec"),
    ],
)
def test_a_folder_that_cannot_be_read_is_named(
    folder: Path, name: str, text: str, told: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=told):
        data.read(folder)


def test_the_plain_ways_find_the_same_words() -> None:
    texts = [text for text, _ in DOCUMENTS.values()]
    asked = [text for text, _ in QUERIES.values()]
    for scores in (baselines.bm25(texts, asked), baselines.tf_idf(texts, asked)):
        assert scores.shape == (2, 5)
        assert scores[0].argmax() == 0
        assert scores[1].argmax() in (2, 3)
    assert baselines.tf_idf(texts, texts).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


class _Lengths:
    """An embedder that notes what it is asked: the length of a text as its vector."""

    name, dimension = "lengths@1", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def passages(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)

    def query(self, text: str) -> np.ndarray:
        return self.passages([text])[0]


def test_vectors_are_made_once(tmp_path: Path) -> None:
    first = _Lengths()
    made = KeptVectors(first, tmp_path).passages(["甲", "乙乙", "甲"])
    later = _Lengths()
    kept = KeptVectors(later, tmp_path)
    assert np.array_equal(kept.passages(["乙乙", "丙丙丙", "甲"])[[2, 0, 2]], made)
    assert later.asked == ["丙丙丙"]
    assert kept.passages([]).shape == (0, 2)


def _example(query: str, seed: int) -> Example:
    """Labels that follow the first feature; the last is noise, and one speaks against."""
    draw = np.random.default_rng(seed)
    values = draw.random((40, len(FEATURES)))
    labels = {f"d{n}": int(values[n, 0] * 3.99) for n in range(30)}
    values[:, 1] = 1 - values[:, 0]
    return Example(query, [f"d{n}" for n in range(40)], values, labels)


def test_weights_follow_the_labels_and_are_never_negative() -> None:
    weights = fit([_example(f"q{n}", n) for n in range(6)])
    assert max(weights, key=lambda name: weights[name]) == FEATURES[0]
    assert weights[FEATURES[1]] == 0.0
    assert min(weights.values()) >= 0.0


def test_no_query_is_ranked_with_weights_it_taught() -> None:
    examples = [_example(f"q{n}", n) for n in range(10)]
    taught: list[set[str]] = []

    def spy(some: list[Example]) -> dict[str, float]:
        taught.append({one.query for one in some})
        return {"words": float(len(taught))}

    parts = folds([one.query for one in examples])
    found = cross_fitted(examples, parts, spy)
    assert sorted(found) == sorted(one.query for one in examples)
    for part, others in zip(parts, taught, strict=True):
        assert part
        assert not part & others
