"""What is done to a scanned page before and after recognition: seals, slant, dust, look-alikes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from eval_sets.marks import sealed
from ingestion.model import Repair
from ingestion.normalise import normalise
from ingestion.readers.assembly import assemble
from ingestion.readers.layout import Line, PageLines
from ingestion.readers.seals import without_seals
from ingestion.readers.slant import levelled, slant_of

PAGE = (827, 1169)
"""A4 at 100 dpi."""


def _page(*, seal: bool) -> Image.Image:
    page = Image.new("RGB", PAGE, (240, 240, 240))
    draw = ImageDraw.Draw(page)
    for y in range(100, 1000, 40):
        draw.rectangle((120, y, 700, y + 14), fill=(20, 20, 20))
    return sealed(page, (500, 800), 100, np.random.default_rng(1)) if seal else page


def test_a_seal_goes_and_the_letters_below_it_stay() -> None:
    plain, stamped = np.asarray(_page(seal=False)), np.asarray(_page(seal=True))
    clean = without_seals(stamped)
    levels = clean.astype(int)
    assert (levels[..., 0] - levels[..., 1]).max() < 30, "red is left"
    dark = plain[..., 0] < 60
    assert clean[dark].max() < 110, "a letter was bleached"
    assert np.percentile(clean[~dark], 2) > 200, "ink is left on the paper"


def test_on_a_grey_copy_too() -> None:
    plain = _page(seal=False).resize((2 * PAGE[0], 2 * PAGE[1]), Image.Resampling.NEAREST)
    stamped = sealed(plain, (1000, 1600), 200, np.random.default_rng(1)).convert("L")
    clean = without_seals(np.asarray(stamped.convert("RGB")))[..., 0]
    dark = np.asarray(plain)[..., 0] < 60
    assert clean[dark].max() < 110, "a letter was bleached"
    before, after = (np.clip(240.0 - np.asarray(p), 0, 240)[~dark].sum() for p in (stamped, clean))
    assert after < 0.3 * before, "ink is left on the paper"


def test_a_piece_of_an_arc_is_no_seal() -> None:
    page = _page(seal=False).convert("L").convert("RGB")
    ImageDraw.Draw(page).arc((400, 700, 560, 860), 200, 340, fill=(120, 120, 120), width=4)
    picture = np.asarray(page)
    assert without_seals(picture) is picture


def test_two_seals_side_by_side() -> None:
    stamped = sealed(_page(seal=True), (330, 800), 100, np.random.default_rng(2))
    levels = without_seals(np.asarray(stamped)).astype(int)
    assert (levels[..., 0] - levels[..., 1]).max() < 30


def test_a_page_without_a_seal_is_not_touched() -> None:
    plain = np.asarray(_page(seal=False))
    assert without_seals(plain) is plain


def test_a_heading_in_red_is_no_seal() -> None:
    page = _page(seal=False)
    ImageDraw.Draw(page).rectangle((150, 30, 680, 75), fill=(200, 30, 30))
    picture = np.asarray(page)
    assert without_seals(picture) is picture


def test_a_paragraph_in_red_is_no_seal() -> None:
    page = Image.new("RGB", PAGE, (240, 240, 240))
    draw = ImageDraw.Draw(page)
    for row, end in enumerate((420, 420, 420, 300)):
        draw.rectangle((200, 300 + 28 * row, end, 314 + 28 * row), fill=(200, 30, 30))
    picture = np.asarray(page)
    assert without_seals(picture) is picture


def test_half_a_seal_over_the_edge_of_the_sheet() -> None:
    stamped = sealed(_page(seal=False), (500, 800), 100, np.random.default_rng(1))
    cut = np.ascontiguousarray(np.asarray(stamped)[:, :505])
    levels = without_seals(cut).astype(int)
    assert (levels[..., 0] - levels[..., 1]).max() < 30


def _quads(angle: float, lines: int = 8) -> np.ndarray:
    flat = np.array(
        [
            [(80, y), (520, y), (520, y + 16), (80, y + 16)]
            for y in range(100, 100 + 30 * lines, 30)
        ],
        np.float32,
    )
    return levelled(flat, -angle, 595, 842)


@given(st.floats(-9, 9).filter(lambda degrees: abs(degrees) > 0.1))
def test_the_slant_is_found_and_taken_back(degrees: float) -> None:
    quads = _quads(math.radians(degrees))
    slant = slant_of(quads)
    assert math.degrees(slant) == pytest.approx(degrees, abs=0.02)
    level = levelled(quads, slant, 595, 842)
    assert np.ptp(level[:, 0, 0]) < 0.2, "left margin"
    assert np.abs(level[:, 0, 1] - level[:, 1, 1]).max() < 0.2


@pytest.mark.parametrize(
    ("angle", "lines", "why"),
    [
        (0.0005, 8, "less than boxes jitter"),
        (math.radians(2), 2, "too few lines to tell"),
        (math.radians(14), 8, "no sheet lies like that: a drawing"),
    ],
)
def test_no_slant(angle: float, lines: int, why: str) -> None:
    assert slant_of(_quads(angle, lines)) == 0.0, why


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_boxes_of_a_slanted_page_lie_where_the_ink_is(turns: int) -> None:
    width, height = (595.0, 842.0)[:: -1 if turns % 2 else 1]
    page = PageLines(1, width, height, "ocr", turns=turns, slant=math.radians(1.5))
    straight = PageLines(1, width, height, "ocr", turns=turns)
    x0, y0, x1, y1 = page.shown((80, 100, 520, 116))
    ends = np.array([(80, 108), (520, 108)], np.float32)
    there = levelled(ends, -math.radians(1.5), 595, 842)
    for x, y in there.tolist():
        px, py, _, _ = straight.shown((x, y, x, y))
        assert x0 - 0.5 <= px <= x1 + 0.5
        assert y0 - 0.5 <= py <= y1 + 0.5


# --------------------------------------------------------------------------- lines of a page


def _text(*lines: tuple[float, float, float, str]) -> str:
    """The text of a page of (x0, x1, y, text) with letters of 16 points."""
    found = [Line((a, y, b, y + 18), [(t, (a, y, b, y + 18))], 15.0) for a, b, y, t in lines]
    page = PageLines(1, 595, 842, "ocr", found)
    return assemble("扫描.pdf", "application/pdf", "0" * 64, [page], []).text


BODY = [
    (112.0, 521.0, 160.0, "被告人石磊，男，汉族，初中文化，务工，住江城市北岸区兴业"),
    (80.0, 521.0, 188.0, "路22号，因涉嫌盗窃罪于二月九日被刑事拘留，同月二十三日"),
    (80.0, 300.0, 216.0, "被逮捕，现羁押于看守所。"),
]


def test_a_number_in_the_corner_does_not_run_on_into_the_text() -> None:
    lines = _text((505, 530, 125, "17"), *BODY).split("\n")
    assert lines[0] == "17"
    assert lines[1].startswith("被告人石磊")
    assert lines[1].endswith("看守所。")


def test_numbers_of_neighbouring_cells_do_not_grow_together() -> None:
    """A narrow column of one figure, one a letter's width from the next, cells out of order."""
    text = _text(
        *BODY,
        (90, 200, 260, "宏达物资公司"),
        (300, 350, 261, "1170000"),
        (270, 286, 259, "12"),
        (430, 480, 260, "170000"),
        (90, 200, 290, "金源商贸公司"),
        (300, 350, 291, "702000"),
        (270, 278, 288, "9"),
        (430, 480, 290, "102000"),
    )
    assert "宏达物资公司\t12\t1170000\t170000" in text
    assert "金源商贸公司\t9\t702000\t102000" in text


# --------------------------------------------------------------------------- look-alikes


@pytest.mark.parametrize(
    ("read", "wanted", "why"),
    [
        ("以青检刑诉〔2022]74号起诉书", "以青检刑诉〔2022〕74号起诉书", "one bracket of a pair"),
        ("以青检刑诉[2022〕74号起诉书", "以青检刑诉〔2022〕74号起诉书", "the other one"),
        ("以青检刑诉[2022]74号起诉书", "以青检刑诉[2022]74号起诉书", "some offices write it so"),
        ("(2022）云01刑初28号", "（2022）云01刑初28号", "a court's number"),
        ("适用《刑事诉讼法>的解释", "适用《刑事诉讼法〉的解释", "an angle bracket"),
        ("车建国先行推操段洪江", "车建国先行推搡段洪江", "no word at all"),
        ("含量a>b的样品", "含量a>b的样品", "a sign between letters stays"),
        ("经夭津市公安局", "经天津市公安局", "no such place"),
        ("如实供述自已的罪行", "如实供述自己的罪行", "自已 is no word"),
        ("他自已经退赔", "他自已经退赔", "自 may end a word: 已经 stands"),
        ("其行为己构成盗窃罪", "其行为已构成盗窃罪", "the verb wants 已"),
        ("以自己经营的公司", "以自己经营的公司", "自己 before 经营"),
        ("系末成年人，犯罪末遂", "系未成年人，犯罪未遂", "two words of the law"),
        ("每周末满十人即开赌", "每周末满十人即开赌", "周末 is a word"),
        ("被告入石磊", "被告人石磊", "被告入 is no word"),
        ("款项来自已注销的公司", "款项来自已注销的公司", "来自 is a word"),
        ("由被告入股经营", "由被告入股经营", "入股 is a word"),
        ("入民宅盗窃", "入民宅盗窃", "a house entered is no 人民"),
        ("判处元期徒刑", "判处无期徒刑", "no other penalty"),
        ("赔偿三干元", "赔偿三千元", "a numeral"),
        ("，干2023年5月3目被抓获", "，于2023年5月3日被抓获", "a date"),
    ],
)
def test_only_certain_repairs_and_each_on_record(read: str, wanted: str, why: str) -> None:
    found = normalise(read, ocr=True)
    assert found.text == wanted, why
    assert bool(found.repairs) == (read != wanted)
    assert all(isinstance(r, Repair) and r.was != wanted[r.start : r.end] for r in found.repairs)


def test_no_break_within_a_date() -> None:
    """OCR gave the second line a smaller box, which elsewhere is another kind of text."""
    assert normalise("同年10\n\n月14日被逮捕。").text == "同年10月14日被逮捕。"
    assert normalise("共3\n\n日期：2023年1月2日").text == "共3\n日期：2023年1月2日"


def test_dots_of_a_font_with_one_glyph_for_two() -> None:
    assert normalise("并处罚金⋯⋯").text == "并处罚金……"


def test_a_page_number_whose_figure_was_read_as_a_letter() -> None:
    assert normalise("被告人将瓷砖搬出，\n\n-i-\f双方由此发生争吵。").text == (
        "被告人将瓷砖搬出，双方由此发生争吵。"
    )


def test_a_running_head_is_known_by_its_words() -> None:
    """OCR read one bracket otherwise, and the number written by hand stands on the head's line."""
    pages = ["石磊于当日到案。", "石磊随后被刑事拘留。", "石磊对此供认不讳。"]
    heads = [
        "江北检刑诉〔2021]86号\n80",
        "江北检刑诉〔2021〕86号    81",
        "江北检刑诉〔2021〕86号\n82",
    ]
    body = ["被告人石磊，男，汉族。", "本案由江城市公安局侦查终结。"]
    raw = "\f".join(
        "\n\n".join([head, *body, page]) for head, page in zip(heads, pages, strict=True)
    )
    assert "检刑诉" not in normalise(raw).text
    assert normalise(raw).text.count("侦查终结") == 3
