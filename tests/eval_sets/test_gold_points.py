"""Labels of where points of the defence stand, and labels of indictments, on invented documents."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from case_texts import judgment

from eval_sets.gold import boundaries, indictments
from eval_sets.gold.boundaries import ArgumentsLabel
from eval_sets.gold.digest import digest
from eval_sets.gold.indictments import IndictmentLabel
from eval_sets.metrics import Counts
from eval_sets.suites import SUITES
from ingestion.model import CaseDocument
from knowledge_base import circumstances
from tests.samples import INDICTMENT

IDENTITY = "an-invented-document"
DEFENCE = "辩护人提出被告人卢承安系初犯，已赔偿被害人损失并取得谅解，请求从轻处罚。"
REASONING = (
    "被告人卢承安的行为已构成盗窃罪。被告人卢承安系初犯，可以酌情从轻处罚。"
    "辩护人关于已赔偿被害人损失并取得谅解的意见，予以采纳。"
)


def _document(defence: str = DEFENCE) -> CaseDocument:
    return judgment(defence=defence, reasoning=REASONING)


def _place(doc: CaseDocument, words: str, nth: int = 0) -> dict[str, object]:
    at = -1
    for _ in range(nth + 1):
        at = doc.text.index(words, at + 1)
    return {"start": at, "end": at + len(words), "words": digest(IDENTITY, words)}


def _label(doc: CaseDocument, *words: str, by: str = "counsel", nth: int = 0) -> ArgumentsLabel:
    points = [{**_place(doc, w, nth), "by": by} for w in words]
    return ArgumentsLabel.model_validate({"id": IDENTITY, "arguments": points})


@pytest.mark.parametrize(
    ("words", "near", "overlap"),
    [
        (["被告人卢承安系初犯", "已赔偿被害人损失并取得谅解"], (2, 0, 0), (2, 0, 0)),
        # the lead-in is cut off before the ends are held against each other
        (["提出被告人卢承安系初犯", "已赔偿被害人损失并取得谅解"], (2, 0, 0), (2, 0, 0)),
        # four characters off are near enough, but share too little of a short point
        (["卢承安系初犯", "已赔偿被害人损失并取得谅解"], (2, 0, 0), (1, 1, 1)),
        # six are not
        (["系初犯", "已赔偿被害人损失并取得谅解"], (1, 1, 1), (1, 1, 1)),
        (["被告人卢承安系初犯"], (1, 1, 0), (1, 1, 0)),  # one told that nobody labelled
        # one labelled that was not cut off from its neighbour
        (["被告人卢承安系初犯", "已赔偿被害人损失", "取得谅解"], (1, 1, 2), (1, 1, 2)),
    ],
)
def test_a_point_is_right_at_both_its_ends(
    words: list[str], near: tuple[int, int, int], overlap: tuple[int, int, int]
) -> None:
    doc = _document()
    found = boundaries.compare(doc, _label(doc, *words))
    assert found["arguments"] == Counts(*near)
    assert found["arguments_overlap"] == Counts(*overlap)


def test_another_speaker_is_told_apart() -> None:
    doc = _document()
    found = boundaries.compare(doc, _label(doc, "被告人卢承安系初犯", by="defendant"))
    assert (found["arguments"].hits, found["arguments_by"].hits) == (1, 0)


def test_a_text_that_moved_keeps_its_labels() -> None:
    label = _label(_document(), "被告人卢承安系初犯")
    moved = _document("被告人卢承安对指控没有异议。" + DEFENCE)
    assert boundaries.lost(moved, label) == 0
    assert boundaries.compare(moved, label)["arguments"].hits == 1


def test_words_that_changed_are_lost_and_missed() -> None:
    label = _label(_document("辩护人提出被告人卢承安家庭困难。"), "被告人卢承安家庭困难")
    changed = _document("辩护人提出被告人卢承安生活困难。")
    assert boundaries.lost(changed, label) == 1
    assert boundaries.compare(changed, label)["arguments"] == Counts(0, 1, 1)


@pytest.mark.parametrize(
    ("answers", "optional", "expected"),
    [
        (["被告人卢承安系初犯，可以酌情从轻处罚。"], [], (1, 0, 0)),
        ([], ["被告人卢承安系初犯，可以酌情从轻处罚。"], (0, 0, 0)),  # allowed, not asked for
        ([], [], (0, 1, 0)),  # no sentence should have been given
        (["被告人卢承安的行为已构成盗窃罪。"], [], (0, 1, 1)),  # another one should
    ],
)
def test_answers_are_compared_sentence_by_sentence(
    answers: list[str], optional: list[str], expected: tuple[int, int, int]
) -> None:
    doc = _document()
    label = ArgumentsLabel.model_validate(
        {
            "id": IDENTITY,
            "arguments": [
                {
                    **_place(doc, "被告人卢承安系初犯"),
                    "by": "counsel",
                    "answers": [_place(doc, words) for words in answers],
                    "optional": [_place(doc, words) for words in optional],
                }
            ],
        }
    )
    assert boundaries.compare(doc, label)["answers"] == Counts(*expected)


def test_the_kept_places_hold_no_words() -> None:
    rows = list(boundaries.labels().values())
    assert sum(bool(row.arguments) for row in rows) >= 60
    assert sum(row.held_out for row in rows) >= 20
    for row in rows:
        starts = [a.start for a in row.arguments]
        assert starts == sorted(set(starts))
    text = boundaries.FILE.read_text(encoding="utf-8")
    assert text.isascii()


# --------------------------------------------------------------------------- indictments


def _indictment(identity: str) -> IndictmentLabel:
    """The labels of the sample indictment as a person would write them."""

    def sign(value: str) -> str:
        return digest(identity, value)

    return IndictmentLabel.model_validate(
        {
            "id": identity,
            "number": sign("临青检刑诉〔2023〕52号"),
            "defendants": [{"name": sign("罗庆生"), "charges": ["危险驾驶罪"]}],
        }
    )


def test_an_indictment_is_compared_by_its_digests(
    parse_text: Callable[[str], CaseDocument],
) -> None:
    doc = parse_text(INDICTMENT)
    found = indictments.compare(doc, _indictment(IDENTITY))
    assert found["defendants"] == found["charges"] == Counts(1, 0, 0)
    assert found["number"] == Counts(1, 0, 0)
    assert found["birth"].extra == 1
    assert indictments.compare(None, _indictment(IDENTITY))["defendants"] == Counts(0, 0, 1)


def test_the_kept_indictments_name_nobody() -> None:
    assert len(indictments.labels()) == 3
    for label in indictments.labels().values():
        signed = [label.number, label.court, label.procuratorate, label.police]
        signed += [*label.dates.values(), *(person.name for person in label.defendants)]
        assert all(len(value) == 12 and value.isascii() for value in signed if value)
        named = {key for person in label.defendants for key, _ in person.circumstances}
        assert named <= circumstances.all().keys()


def test_a_file_without_labels_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "起诉书.txt").write_text(INDICTMENT, encoding="utf-8")
    with pytest.raises(Exception, match="已标注"):
        SUITES["extraction"](tmp_path)


@pytest.mark.data
def test_the_development_indictments(development_data: Path) -> None:
    result = SUITES["extraction"](development_data / "indictments")
    assert result["n"] == 3
    scores = {name: field["f1"] for name, field in result["metrics"]["per_field"].items()}
    assert min(scores.values()) >= 0.99, json.dumps(scores, ensure_ascii=False)
