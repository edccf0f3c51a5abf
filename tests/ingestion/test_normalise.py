"""The normaliser: what it takes out, what it must leave, and that every offset comes back."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingestion import spaces
from ingestion.glyphs import kinds
from ingestion.normalise import normalise
from ingestion.readers import source_from_text

CASES = [
    ("起 诉 书", "起诉书", "spaced title"),
    ("　　起　　诉　　书　　", "起诉书", "ideographic lettering, outer blanks"),
    ("检 察 官 冯雅琴", "检察官 冯雅琴", "office joined, name kept apart"),
    ("检 察 官      冯 雅", "检察官 冯雅", "a much wider gap parts two words"),
    ("于 2017 年 5 月 12 日 10 时许", "于2017年5月12日10时许", "typed spacing around digits"),
    ("生于1 990年1 2月0 3日", "生于1990年12月03日", "OCR blanks inside a date"),
    ("赃款人民币12 500.00元", "赃款人民币12500.00元", "blank as thousands separator"),
    ("号码539907 19910307 2215，", "号码539907199103072215，", "identity number in groups"),
    ("二〇一九 年 四 月 三十 日", "二〇一九年四月三十日", "date in Chinese numerals"),
    ("２０２４年，ＡＢ１２３", "2024年，AB123", "full-width digits and letters"),
    ("男，（绰号“小三”）；", "男，（绰号“小三”）；", "Chinese punctuation stays"),
    ("⼈⺠检察院⻓", "人民检察院长", "radicals written for ideographs"),
    ("抢\u200b劫\ufeff罪\u00ad", "抢劫罪", "zero-width characters"),
    ("第一\r\n\r\n第二", "第一\n第二", "carriage returns"),
    ("姓名\t孙立诚\n性别\t男", "姓名\t孙立诚\n性别\t男", "table cells keep their tabs"),
    ("2\t500元\n2024年1月3日\t12\t560.50元", "2\t500元\n2024年1月3日\t12\t560.50元", "numbers in cells never grow together"),
    ("证据：\n1. 书证\n2. 证言", "证据：\n1. 书证\n2. 证言", "enumerators keep their blank"),
    ("于2024年5月在北岸区兴业路附近将被害人\n打伤，后逃离。", "于2024年5月在北岸区兴业路附近将被害人打伤，后逃离。", "soft break in a sentence"),
    ("盗走手机一部，\n价值三千元。", "盗走手机一部，价值三千元。", "a comma never ends a paragraph"),
    ("依法判处。\n此致\n江城市人民法院", "依法判处。\n此致\n江城市人民法院", "short heading lines"),
    ("江城市北岸区人民检察院\n起诉书\n江北检刑诉〔2024〕118号\n被告人甲，男", "江城市北岸区人民检察院\n起诉书\n江北检刑诉〔2024〕118号\n被告人甲，男", "title block"),
    ("判决如下：\n被告人甲无罪。", "判决如下：\n被告人甲无罪。", "a colon ends the line"),
    ("经审理查明甲于当日到达\n— 2 —\n现场。", "经审理查明甲于当日到达\n现场。", "page number line"),
    ("甲方。\n第2页 共5页\n乙方。", "甲方。\n乙方。", "page number in words"),
    ("甲\n5\n乙", "甲\n5\n乙", "a bare digit without pages is text"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected", "why"), CASES, ids=[c[2] for c in CASES])
def test_normalises(raw: str, expected: str, why: str) -> None:
    assert normalise(raw).text == expected


ONE_LINE = [
    ("现已审理终结。 公诉机关指控：甲盗窃。", "blank after a full stop parts paragraphs"),
    ("江城市北岸区人民法院 刑事判决书 （2024）云9907刑初3号 公诉机关江城市北岸区人民检察院。 被告人甲。", "heading parts"),
    ("事实清楚。 容留他人吸毒的事实 2016年7月20日，甲到案。", "paragraph that begins with a date"),
    ("足以认定。 附：主要法律条款 1、《中华人民共和国刑法》", "enumerator after a heading"),
    ("不服本判决。 审判员李明远 二〇一七年六月二十八日 书记员唐小婷", "closing lines"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), ONE_LINE, ids=[c[1] for c in ONE_LINE])
def test_paragraph_blanks_of_one_line_judgments_stay(text: str, why: str) -> None:
    assert normalise(text).text == text


@pytest.mark.data
def test_real_judgments_lose_no_paragraph_blank(development_data: Path) -> None:
    with (development_data / "judgments" / "dev.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["fd"] for line in lines]
    kept = sum(normalise(text).text.count(" ") for text in texts)
    assert kept >= 0.995 * sum(text.count(" ") for text in texts)


OCR = [
    ("二○二四年三月一曰", "二〇二四年三月一日", "circle for zero, 曰 for 日"),
    ("二O二四年十二月三十一曰", "二〇二四年十二月三十一日", "letter O in a date"),
    ("夭津市", "天津市", "look-alike place name"),
    ("生于l990年1O月l2日", "生于1990年10月12日", "letters in a date"),
    ("人民币1O00元", "人民币1000元", "letter in an amount"),
    ("号码I39907I99I0307221X", "号码13990719910307221X", "letters in an identity number"),
    ("判决如下:", "判决如下：", "half-width colon"),
    ("(2024)云9907刑初3号", "（2024）云9907刑初3号", "half-width brackets"),
    ("审判员 李 明远", "审判员李明远", "every blank goes"),
    ("车牌云AO1l23", "车牌云AO1l23", "a number plate is left alone"),
    ("子曰：学而时习之", "子曰：学而时习之", "曰 outside a date"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "expected", "why"), OCR, ids=[c[2] for c in OCR])
def test_repairs_only_what_is_certain(raw: str, expected: str, why: str) -> None:
    result = normalise(raw, ocr=True)
    assert result.text == expected
    for repair in result.repairs:
        assert result.text[repair.start : repair.end] != repair.was
        assert raw[result.to_raw(repair.start)] == repair.was[0]


def test_text_layer_is_never_repaired() -> None:
    assert normalise("二○二四年三月一曰").text == "二○二四年三月一曰"


def test_only_the_recognised_stretch_is_repaired() -> None:
    raw = "夭津市。\f夭津市。"
    result = normalise(raw, ocr=[(5, 9)])
    assert result.text == "夭津市。\n天津市。"
    assert [r.start for r in result.repairs] == [5]


def test_running_heads_and_numbers_go_with_their_pages() -> None:
    heads = [
        "江城市北岸区人民检察院起诉书\n\n江城市北岸区人民检察院\n\n起诉书\n\n第一段内容甲。\n\n1",
        "江城市北岸区人民检察院起诉书\n\n第二段内容乙。\n\n2",
        "江城市北岸区人民检察院起诉书\n\n第三段内容丙。\n\n3",
    ]
    assert (
        normalise("\f".join(heads)).text
        == "江城市北岸区人民检察院\n起诉书\n第一段内容甲。\n第二段内容乙。\n第三段内容丙。"
    )


def test_a_title_that_later_pages_bear_as_their_head_stays() -> None:
    raw = "江城市人民检察院\n\n起诉书\n\n甲。\f江城市人民检察院\n\n乙。\n\n丙。\f江城市人民检察院\n\n丁。\n\n戊。"
    assert normalise(raw).text == "江城市人民检察院\n起诉书\n甲。\n乙。\n丙。\n丁。\n戊。"


def test_copies_of_one_page_keep_their_signatures() -> None:
    page = "江城市人民检察院\n\n量刑建议书\n\n建议判处拘役。\n\n检察官 冯雅琴\n\n2024年4月1日"
    for copies in (2, 3):
        assert normalise("\f".join([page] * copies)).text.count("冯雅琴\n2024年4月1日") == copies


def test_a_sentence_goes_on_over_the_page() -> None:
    raw = "被告人孙立诚窜至北岸区和平小区三号楼盗走被害人\n\n— 1 —\f电动自行车一辆。"
    assert normalise(raw).text == "被告人孙立诚窜至北岸区和平小区三号楼盗走被害人电动自行车一辆。"


_pieces = st.sampled_from(
    [*"起诉书年月日元。，：；（）被告人一二〇○1239０Ａl O曰", " ", "　", "\n", "\n\n", "\r\n", "\f", "\t", "\u200b", "⼈", "— 2 —", "2017 年", "此致"]
)  # fmt: skip
_texts = st.one_of(st.lists(_pieces, max_size=80).map("".join), st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(_texts, st.booleans())
def test_offsets_always_come_back(raw: str, ocr: bool) -> None:
    result = normalise(raw, ocr=ocr)
    places = [result.to_raw(i) for i in range(len(result.text) + 1)]
    assert all(a < b for a, b in pairwise(places))
    assert all(result.from_raw(place) == i for i, place in enumerate(places))
    assert all(0 <= result.from_raw(offset) <= len(result.text) for offset in range(len(raw) + 1))
    for repair in result.repairs:
        assert 0 <= repair.start < repair.end <= len(result.text)


@settings(max_examples=200, deadline=None)
@given(_texts)
def test_nothing_is_invented(raw: str) -> None:
    """Every character that is no blank stands in the original or is its folded form."""
    result = normalise(raw)
    for index, character in enumerate(result.text):
        origin = raw[result.to_raw(index)]
        assert character == origin or not origin.isascii() or origin.isspace()


def test_half_characters_are_shown_as_lost() -> None:
    source = source_from_text("被告人卢\ud800某，\udfff男。\u200b\ud801甲")
    assert source.text == "被告人卢\ufffd某，\ufffd男。\ufffd甲"
    source.model_dump_json()


@given(st.text(st.characters() | st.sampled_from("\ud800\udc00\U00020000 甲")))
def test_the_kinds_of_a_text_are_its_characters_each_once(raw: str) -> None:
    """Passes are skipped by them: also halves of characters and those beyond 16 bits count."""
    found = kinds(raw)
    assert set(found) == set(raw)
    assert len(found) == len(set(raw))


@given(st.text(st.sampled_from(" \u3000\t\n\f年月日时元〇一1xX起诉。，；（Oo")))
def test_without_blanks_within_lines_no_rule_takes_any(raw: str) -> None:
    """The normaliser leaves the rules out where this holds."""
    if not spaces.within_lines(raw):
        for rule in (spaces.lettering, spaces.numbers, spaces.loose):
            assert not list(rule(raw))
        assert not list(spaces.recognised(raw, 0, len(raw)))
