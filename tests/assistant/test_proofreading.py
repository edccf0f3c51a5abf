"""Slips that no list holds are found; what is right, a name, a number or a quotation stays."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from check_samples import INDICTMENT, case, hits
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.proofreading import Correction, carried_out, corrections
from assistant.proofreading.doubtful import doubts
from assistant.proofreading.language import HISTORY, language, padded
from assistant.proofreading.proposals import Kind
from assistant.proofreading.untouched import untouched

DATA = Path(__file__).parent / "data"
CLEAN = [
    sentence
    for name in ("clean_sentences.txt", "clean_civil.txt")
    for sentence in (DATA / name).read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("原告申请证人出廷作证", "原告申请证人出庭作证"),  # a character of the same sound
        ("被告应当承担违约则任", "被告应当承担违约责任"),
        ("县级以上人民正府应当加强管理", "县级以上人民政府应当加强管理"),
        ("诉讼请求符合法律规定，本院寓意支持", "诉讼请求符合法律规定，本院予以支持"),  # a word
        ("用人单位应当足额知府劳动报酬", "用人单位应当足额支付劳动报酬"),
        ("人民法依法组成合议庭进行审理", "人民法院依法组成合议庭进行审理"),  # one left out
        ("公安机机关依法将其传唤到案", "公安机关依法将其传唤到案"),  # one written twice
    ],
)
def test_a_slip_is_put_right(written: str, meant: str) -> None:
    assert carried_out(written, corrections(written, "corrected")) == meant


def test_fewer_than_one_clean_sentence_in_a_hundred_is_changed() -> None:
    assert len(set(CLEAN)) >= 300
    changed = [sentence for sentence in CLEAN if corrections(sentence, "corrected")]
    assert len(changed) < len(CLEAN) / 100, changed


@pytest.mark.parametrize(
    "text",
    [
        "证人出廷某作证，虞某某的陈述",  # a masked name
        "审判员于正府、书记员程廷玉",  # names after their titles
        "（2021）苏0105刑初廷61号刑事判决书",  # a case number
        "被告人说“你敢出廷作证试试”后离开",  # quoted speech
        "住本市廷江区人民路十八号",  # a place
        "收受人民币贰佰万元",  # numerals of cheques
        "被害人系佤族",  # a people
    ],
)
def test_names_numbers_and_quotations_are_left_alone(text: str) -> None:
    assert corrections(text, "corrected") == []


def test_a_name_that_is_known_is_left_alone() -> None:
    text = "原告申请证人出廷作证，足以认定"
    assert corrections(text, "corrected")
    assert corrections(text, "corrected", names=["出廷"]) == []


def test_what_is_written_again_and_again_is_no_slip() -> None:
    once = "原告申请证人出廷作证。"
    assert corrections(once)
    assert corrections(once + "被告也申请证人出廷作证。") == []


def test_offsets_hold_beside_rare_characters() -> None:
    text = "\U00020bb7野家店铺的被告应当承担违约则任"
    (found,) = corrections(text, "corrected")
    assert (text[found.start : found.end], found.right, found.kind) == ("则", "责", Kind.SOUND)


def test_less_is_shown_than_corrected() -> None:
    text = "双方签订的劳动河童合法有效。县级以上人民正府应当加强管理。"
    shown, corrected = corrections(text), corrections(text, "corrected")
    assert [found.right for found in shown] == ["政"]
    assert set(shown) < set(corrected)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*"，。某×5a \n“”\U00020bb7", *CLEAN[:40]]), max_size=6))
def test_corrections_stand_in_the_text_and_apart(parts: list[str]) -> None:
    text = "".join(parts)
    found = corrections(text, "corrected")
    assert all(
        0 <= c.start <= c.end <= len(text) and text[c.start : c.end] != c.right for c in found
    )
    assert all(one.end < other.start for one, other in pairwise(found))


def test_all_corrections_are_carried_out_from_the_end() -> None:
    found = [
        Correction(0, 1, "甲乙", Kind.SOUND, 0.9),
        Correction(2, 2, "丙", Kind.MISSING, 0.9),
        Correction(3, 4, "", Kind.EXTRA, 0.9),
    ]
    assert carried_out("一二三四", found) == "甲乙二丙三"


DOUBTFUL = "双方签订的劳动河童合法有效。"  # 河童: likely 合同, not certain enough to be shown


def test_a_doubtful_sentence_is_told_with_what_it_may_mean() -> None:
    (doubt,) = doubts(f"经审理查明。{DOUBTFUL}以上事实清楚。")
    assert (doubt.start, doubt.end) == (6, 6 + len(DOUBTFUL))
    assert doubt.edits[0].right == "合同"
    assert doubts("县级以上人民正府应当加强管理。") == [], "shown by rules, no need to ask"
    assert doubts("经审理查明，双方签订了劳动合同。") == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*"，。某×5a \n“”", DOUBTFUL, *CLEAN[:40]]), max_size=6))
def test_every_edit_to_be_asked_about_is_small_lawful_and_reads_better(parts: list[str]) -> None:
    text = "".join(parts)
    kept = untouched(text)
    for doubt in doubts(text):
        assert 1 <= len(doubt.edits) <= 4
        for edit in doubt.edits:
            assert doubt.start <= edit.start <= edit.end <= doubt.end
            assert edit.end - edit.start <= 3
            assert len(edit.right) <= 3
            assert not any(edit.start < end and start < edit.end for start, end in kept)
            assert _chance(carried_out(text, [edit])) > _chance(text)


def _chance(text: str) -> float:
    return float(language().positions(padded(text))[HISTORY:].sum())


def test_a_document_shows_the_word_and_what_it_should_be() -> None:
    written = INDICTMENT.replace("自己的罪行", "自己的罪刑")
    (hit,) = hits("LANG-001", case(written))
    assert (hit.fields["written"], hit.fields["right"]) == ("罪刑", "罪行")
    assert hit.confidence is not None
    assert hit.confidence < 0.9
    assert hits("LANG-001", case(INDICTMENT)) == []


def test_a_legal_word_is_shown_as_no_slip_for_a_rarer_one() -> None:
    """Nobody writes 延长居留 for a detention that was prolonged."""
    home = "住江城市云溪区柳岸路8号。"
    held = INDICTMENT.replace(home, home + "被刑事拘留，延长拘留期限至三十日。")
    assert held != INDICTMENT
    assert hits("LANG-001", case(held)) == []
