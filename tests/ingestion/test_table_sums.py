"""Bare numbers under a head that names the unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.extract import parse
from ingestion.extract.table_sums import table_sums
from ingestion.readers import source_from_text

HEAD = "序号\t时间\t被害人\t金额（元）"
TABLE = f"{HEAD}\n1\t2024年1月3日\t唐某某\t4,260\n2\t2024年1月9日\t秦某甲\t12800.50\n合计\t\t\t17,060.50"


def _told(text: str) -> list[tuple[str, int, str]]:
    return [(text[s.start : s.end], s.fen, s.role) for s in table_sums(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TABLE, [("4,260", 426_000, "count"), ("12800.50", 1_280_050, "count"),
                 ("17,060.50", 1_706_050, "total")]),
        ("物品\t价值（人民币万元）\n货车\t6.5", [("6.5", 6_500_000, "item")]),
        ("物品\t数量（元件）\n电阻\t500", []),  # no unit of money
        ("姓名\t金额（元）\n以上共三人", []),  # not a row of it
        ("姓名\t金额（元）\n唐某某\t300元", []),  # told with its unit: read as any sum
        ("姓名\t金额（元）\n唐某某\t未退", []),
        # One line tells what was paid in, what came back, what is still owed.
        ("姓名\t投资（万元）\t已返还利息（万元）\t未归还本金（万元）\n唐某某\t30\t2.4\t27.6",
         [("30", 30_000_000, "count"), ("2.4", 2_400_000, "returned"), ("27.6", 27_600_000, "other")]),
        ("票号\t价税合计（元）\t税额（元）\n0017\t11300\t1300",
         [("11300", 1_130_000, "item"), ("1300", 130_000, "count")]),
        ("姓名\t获利（元）\n唐某某\t800\n合计\t800", [("800", 80_000, "gain"), ("800", 80_000, "gain")]),
        # The empty cells of the last row are lost: its sums stand under the last columns.
        ("序号\t单位\t价值（元）\t已付租金（元）\t质押所得（元）\n1\t某行\t9000\t300\t4000\n合计\t9000\t300\t4000",
         [("9000", 900_000, "item"), ("300", 30_000, "other"), ("4000", 400_000, "gain"),
          ("9000", 900_000, "total"), ("300", 30_000, "other"), ("4000", 400_000, "gain")]),
        ("单位\t价值（元）\t金额（元）\n某行\t9\t3\n合计两家", [("9", 900, "item"), ("3", 300, "count")]),
        ("资金去向\t金额（万元）\n返还本息\t38\n装修\t27",
         [("38", 38_000_000, "returned"), ("27", 27_000_000, "other")]),
        ("型号\t单价（元）\t价值（元）\nA7\t12\t2400", [("12", 1_200, "other"), ("2400", 240_000, "item")]),
    ],
)  # fmt: skip
def test_cells(text: str, told: list[tuple[str, int, str]]) -> None:
    assert _told(text) == told


@given(st.lists(st.sampled_from(["金额（元）", "价值（万元）", "姓名", "\t", "\n", "合计", "12"])))
def test_no_layout_breaks_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert all(text[s.start : s.end].isdigit() for s in table_sums(text))


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.booleans())
def test_every_number_is_read_where_it_stands(sums: list[int], commas: bool) -> None:
    written = [f"{n:,}" if commas else str(n) for n in sums]
    text = "\n".join([HEAD, *(f"{i}\t\t某甲\t{cell}" for i, cell in enumerate(written))])
    assert _told(text) == [(w, 100 * n, "count") for w, n in zip(written, sums, strict=True)]


def test_in_a_document_they_stand_among_the_other_sums() -> None:
    text = (
        "江城市云溪区人民检察院\n起诉书\n江云检刑诉〔2024〕9号\n被告人方大同，男，1990年5月12日出生。\n"
        f"经依法审查查明：被告人方大同盗窃三次，具体如下：\n{TABLE}\n案发后，方大同退还4260元。\n"
        "本院认为，被告人方大同的行为构成盗窃罪。"
    )
    document = parse(source_from_text(text))
    assert [(a.fen // 100, a.role) for a in document.amounts] == [
        (4260, "count"), (12800, "count"), (17060, "total"), (4260, "returned"),
    ]  # fmt: skip
    assert all(a.span.quote == document.text[a.span.start : a.span.end] for a in document.amounts)
