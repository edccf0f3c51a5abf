"""Counts the n-grams, words and sounds that proofreading works with.

    python -m eval_sets.training.language_counts ../shared/data

writes `knowledge_base/data/language.npz`. Of judgments and case summaries only n-grams are kept
that stand in `LEAST` of them or more, so names, places and turns of a single case fall out; of
the statutes, which are public, all but the four-character ones of a single article. Nothing
longer than four characters is kept at all.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from knowledge_base import language_data, statute_db
from knowledge_base.language_data import Keys, Numbers, encode, keys, pack

LEAST = 3
_LEAST_FREQUENCY = 10
_CHINESE = range(0x4E00, 0xA000)
_BATCH = 2000
TARGET = Path(language_data.__file__).parent / "data" / "language.npz"


def articles() -> list[str]:
    """The text of every article of the statute database."""
    address = f"{statute_db.path().as_uri()}?mode=ro&immutable=1"
    with sqlite3.connect(address, uri=True) as connection:
        return [row[0] for row in connection.execute("SELECT article_text FROM articles")]


def cases(data: Path) -> list[str]:
    """Judgments of JuDGE and case texts of LeCaRD in the development data."""
    found: list[str] = []
    for name, field in (
        ("judgments/dev.jsonl", "fd"),
        ("lecard/docs.jsonl", "text"),
        ("lecard/queries.dev.jsonl", "text"),
    ):
        lines = (data / name).read_text("utf-8").splitlines()
        found += [json.loads(line)[field] for line in lines]
    return found


def counted(texts: Iterable[str], length: int, least: int) -> tuple[Keys, Numbers]:
    """N-grams that stand in `least` texts or more, sorted, and how often each occurs."""
    grams: list[Keys] = []
    counts: list[Numbers] = []
    for text in texts:
        found, count = np.unique(keys(encode(f"\n{text}\n"), length), return_counts=True)
        grams.append(found)
        counts.append(count.astype(np.float64))
    kinds, place, spread = np.unique(np.concatenate(grams), return_inverse=True, return_counts=True)
    totals = np.bincount(place, weights=np.concatenate(counts))
    kept = spread >= least
    return kinds[kept], totals[kept].astype(np.float64)


def added(one: tuple[Keys, Numbers], other: tuple[Keys, Numbers]) -> tuple[Keys, Numbers]:
    """The counts of both."""
    kinds, place = np.unique(np.concatenate([one[0], other[0]]), return_inverse=True)
    return kinds, np.bincount(place, np.concatenate([one[1], other[1]])).astype(np.float64)


def words() -> tuple[Keys, Numbers]:
    """Words of one to four Chinese characters of jieba's list, with their frequency."""
    import jieba

    found: dict[int, float] = {}
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        chinese = all(ord(character) in _CHINESE for character in word)
        if chinese and len(word) <= language_data.ORDER and int(frequency) >= _LEAST_FREQUENCY:
            found[int(keys(encode(word), len(word))[0])] = float(frequency)
    sorted_keys = np.array(sorted(found), np.uint64)
    return sorted_keys, np.array([found[int(key)] for key in sorted_keys])


def readings() -> tuple[list[int], list[int], list[str]]:
    """(character, index of syllable) pairs, and the syllables, without tone."""
    from pypinyin import Style, pinyin

    pairs: list[tuple[int, str]] = []
    for code in _CHINESE:
        heard = pinyin(chr(code), style=Style.NORMAL, heteronym=True, errors="ignore")
        pairs += [(code, syllable) for syllable in dict.fromkeys(heard[0] if heard else [])]
    syllables = sorted({syllable for _, syllable in pairs})
    index = {syllable: at for at, syllable in enumerate(syllables)}
    return [code for code, _ in pairs], [index[syllable] for _, syllable in pairs], syllables


def build(laws: list[str], told: list[str], target: Path) -> None:
    arrays: dict[str, object] = {}
    for length in range(1, language_data.ORDER + 1):
        of_laws = counted(laws, length, 2 if length == language_data.ORDER else 1)
        both = added(of_laws, counted(told, length, LEAST))
        arrays[f"grams{length}"], arrays[f"counts{length}"] = pack(*both, length)
    arrays["words"], arrays["frequencies"] = pack(*words(), language_data.ORDER)
    characters, sounds, syllables = readings()
    arrays["characters"] = np.array(characters, np.uint16)
    arrays["readings"] = np.array(sounds, np.uint16)
    arrays["syllables"] = np.array(syllables)
    target.parent.mkdir(exist_ok=True)
    np.savez_compressed(target, **arrays)  # type: ignore[arg-type]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the development data")
    parser.add_argument("--target", type=Path, default=TARGET)
    chosen = parser.parse_args()
    build(articles(), cases(chosen.data), chosen.target)
    print(f"{chosen.target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
