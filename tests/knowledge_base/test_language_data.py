"""The counts behind proofreading: what they hold, and that no text can be read out of them."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from eval_sets.training import language_counts
from knowledge_base.language_data import ORDER, encode, keys, language_data, pack

STORED = files("knowledge_base") / "data" / "language.npz"


def test_only_numbers_and_syllables_are_stored() -> None:
    with np.load(Path(str(STORED))) as stored:
        assert {name for name in stored.files if stored[name].dtype.kind not in "u"} == {
            "syllables"
        }
        assert max(map(len, stored["syllables"].tolist())) <= 6
        assert all(stored[f"grams{n}"].shape[0] == n <= ORDER for n in range(1, ORDER + 1))
    assert Path(str(STORED)).stat().st_size < 5_000_000


@pytest.mark.data
@pytest.mark.parametrize("length", [3, ORDER])
def test_no_turn_of_fewer_than_three_cases_is_kept(length: int, development_data: Path) -> None:
    public = keys(encode("\n" + "\n\n".join(language_counts.articles()) + "\n"), length)
    shared, _ = language_counts.counted(language_counts.cases(development_data), length, 3)
    kept, _ = language_data().grams[length - 1]
    assert len(kept) > 100_000
    assert np.isin(kept, np.union1d(public, shared)).all()


def test_names_of_one_text_fall_out() -> None:
    told = ["被告人卢承安窃得财物。卢承安、卢承安、卢承安到案。"] * 2 + ["被告人到案。"]
    kept, counts = language_counts.counted(told, 3, least=3)
    shared = [keys(encode(turn), 3)[0] for turn in ("\n被告", "被告人", "到案。", "案。\n")]
    assert sorted(kept) == sorted(shared)
    assert counts.tolist() == [3.0] * 4


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("判2", [ord("判"), ord("0")]),  # digits are one and the same
        ("Ｋ粉", [ord("A"), ord("粉")]),  # wide letters are letters
        ("\U00020bb7　。", [0xFFFD, ord("\n"), ord("。")]),  # one code a character, always
    ],
)
def test_codes(text: str, codes: list[int]) -> None:
    assert encode(text).tolist() == codes


def test_counts_keep_their_size_within_five_per_cent() -> None:
    grams, counts = keys(encode("甲乙丙丁"), 2), np.array([3.0, 77.0, 12345.0])
    _, packed = pack(grams, counts, 2)
    assert np.allclose(np.exp2(packed / 8), counts, rtol=0.05)


def test_common_words_and_their_frequency() -> None:
    grams, counts = language_data().grams[2]
    at = np.searchsorted(grams, keys(encode("被告人"), 3)[0])
    assert counts[at] > 1000
    words, _ = language_data().words
    assert keys(encode("合同"), 2)[0] in words
