"""A document on the screen: every character once, every mark where it belongs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from results import evidence, finding, result

from api.pages.viewer import Mark, first_look, pieces, view
from assistant.readings import Readings
from assistant.settings import Settings
from assistant.storage import open_store, originals

TEXT = "被告人罗庆生饮酒后驾驶小型轿车，被执勤民警查获。" * 2
_RANGE = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)
_PLACES = st.lists(_RANGE.filter(lambda r: r[0] < r[1]), max_size=6)


@given(_PLACES, _PLACES)
def test_marks_may_overlap_and_no_character_is_lost(
    told: list[list[int]], chosen: list[list[int]]
) -> None:
    numbered = [(a, b, n) for n, (a, b) in enumerate(told, 1)]
    found = pieces(TEXT, numbered, [(a, b) for a, b in chosen])
    assert "".join(p.text for p in found) == TEXT
    assert sum(p.first for p in found) == (1 if chosen else 0)
    at = 0
    for piece in found:
        assert not piece.first or at == chosen[0][0]
        covering = [(b - a, n) for a, b, n in numbered if a <= at < b]
        assert piece.number == (min(covering)[1] if covering else None)
        assert piece.chosen == any(a <= at < b for a, b in chosen)
        at += len(piece.text)


def _result() -> dict[str, Any]:
    given = result(finding("CMP-006", evidence=[evidence("judgment", "窃得8600元", None)]))
    given["findings"][0]["number"] = 1
    given["documents"][1]["pages"] = None
    return given


def test_without_the_original_or_its_key_the_findings_stay_readable(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    told = _result()
    staged = tmp_path / "判决书.txt"
    staged.write_text(TEXT, encoding="utf-8")
    with open_store(settings) as store:
        readings = Readings(settings, store)
        gone = view(readings, "aaaaaaaa", told, "judgment", Mark(1))
        sealed = originals.keep(settings, staged)
        told["documents"][1]["sha256"] = sealed.name.split(".", 1)[0]
        for key in tmp_path.glob("*key*"):
            key.unlink()
        locked = view(readings, "aaaaaaaa", told, "judgment", Mark(1))
    assert gone is not None
    assert "没有保存" in gone.trouble
    assert locked is not None
    assert "密钥" in locked.trouble


def test_a_finding_opens_the_document_of_its_first_evidence() -> None:
    assert first_look(_result(), Mark(1)) == "judgment"
    assert first_look(_result(), Mark(None)) == "indictment"
