"""Readers on files built at test time: text, order, places and what is hidden."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pymupdf
import pytest
from PIL import Image

from ingestion.highlight import render_page, render_span
from ingestion.readers import read_source, source_from_text
from tests.ingestion.paper import (
    FONT,
    PARAGRAPHS,
    docx_bytes,
    flat,
    paragraph,
    pdf_bytes,
    run,
    table_xml,
    written,
)


def _inside(box: Any, margin: float) -> Any:
    x0, y0, x1, y1 = box
    return pymupdf.Rect(x0 + margin, y0 + 2, x1 - margin, y1 - 2)


def test_pdf_reads_as_it_was_written(tmp_path: Path) -> None:
    data = pdf_bytes(per_page=5, header="江城市北岸区人民检察院")
    source = read_source(written(tmp_path, "起诉书.pdf", data))
    assert source.text.splitlines() == flat().splitlines()
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert [p.number for p in source.pages or []] == list(range(1, len(source.pages or []) + 1))
    assert {p.method for p in source.pages or []} == {"text"}


@pytest.mark.parametrize("per_page", [14, 6])
def test_what_is_left_out_in_the_margins_is_kept_beside_the_text(
    tmp_path: Path, per_page: int
) -> None:
    """On two pages as on many: a running head is no title, however much it looks like one."""
    head = "江城市北岸区人民检察院起诉书"
    source = read_source(written(tmp_path, "a.pdf", pdf_bytes(per_page=per_page, header=head)))
    assert source.text.splitlines() == flat().splitlines()
    pages = range(1, len(source.pages or []) + 1)
    assert sorted((m.page, m.text) for m in source.margins) == sorted(
        [(page, head) for page in pages] + [(page, f"—{page}—") for page in pages]
    )
    assert all(m.box is not None for m in source.margins)


def test_every_run_stands_where_it_says(tmp_path: Path) -> None:
    """The words of the page below each run's box are the run's words."""
    data = pdf_bytes()
    source = read_source(written(tmp_path, "a.pdf", data))
    document = pymupdf.open(stream=data, filetype="pdf")
    previous = 0
    for place in source.runs:
        assert previous <= place.start < place.end <= len(source.text)
        previous = place.start
        page = document[place.page - 1]
        box = pymupdf.Rect(place.box)
        assert page.rect.contains(box)
        below = page.get_text("text", clip=_inside(box, 0))
        assert source.text[place.start : place.end] in "".join(source_from_text(below).text.split())


def test_a_spans_boxes_cover_exactly_its_characters(tmp_path: Path) -> None:
    data = pdf_bytes()
    source = read_source(written(tmp_path, "a.pdf", data))
    document = pymupdf.open(stream=data, filetype="pdf")
    for words in ("孙立诚，男", "1991年3月7日", "盗窃罪，于2024年4月16日", "4,260元", "起诉书"):
        span = source.span(at := source.text.index(words), at + len(words))
        assert span.page is not None
        assert span.quote == words
        page = document[span.page - 1]
        below = "".join(page.get_textbox(_inside(b, 3)) for b in span.boxes)
        assert "".join(below.split()) == words


def test_pages_begin_and_end_where_their_text_does(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "a.pdf", pdf_bytes(per_page=6)))
    assert source.pages is not None
    assert source.pages[0].start == 0
    assert source.pages[-1].end == len(source.text)
    for page in source.pages:
        for place in (r for r in source.runs if r.page == page.number):
            assert page.start <= place.start
            assert place.end <= page.end
            assert source.page_at(place.start) == page.number


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"左栏第{i}行是案件的基本事实部分" for i in range(1, 9)]
    right = [f"右栏第{i}行是证据的分析认定部分" for i in range(1, 9)]
    with pymupdf.open() as document:
        page = document.new_page()
        writer = pymupdf.TextWriter(page.rect)
        for row, (a, b) in enumerate(zip(left, right, strict=True)):
            writer.append((50, 100 + 24 * row), a, font=FONT, fontsize=13)
            writer.append((310, 100 + 24 * row), b, font=FONT, fontsize=13)
        writer.write_text(page)
        path = written(tmp_path, "a.pdf", document.tobytes())
    text = read_source(path).text
    assert [text.index(line[:5]) for line in left + right] == sorted(
        text.index(line[:5]) for line in left + right
    )


def test_cells_of_a_row_stay_on_one_line(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()
        for row, cells in enumerate((("姓名", "金额", "日期"), ("王某某", "3000元", "3月2日"))):
            for column, cell in enumerate(cells):
                page.insert_text((80 + 150 * column, 100 + 30 * row), cell, fontname="china-s")
        path = written(tmp_path, "a.pdf", document.tobytes())
    assert read_source(path).text.splitlines() == ["姓名\t金额\t日期", "王某某\t3000元\t3月2日"]


def test_full_cells_are_parted_by_their_padding(tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    with pymupdf.open() as document:
        writer = pymupdf.TextWriter(document.new_page(width=595, height=842).rect)
        for row, cells in enumerate(
            (
                ("时间", "被害单位名称", "价值（元）", "已付（元）"),
                ("2月3日", "通达租赁公司", "128000", "3600"),
            )
        ):
            x = 80.0
            for cell in cells:
                writer.append((x, 120 + 24 * row), cell, font=FONT, fontsize=9)
                x += FONT.text_length(cell, 9) + 12
        writer.write_text(document[0])
        document.save(path)
    assert read_source(path).text.splitlines() == [
        "时间\t被害单位名称\t价值（元）\t已付（元）",
        "2月3日\t通达租赁公司\t128000\t3600",
    ]


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_of_a_rotated_page_stand_on_the_page_as_shown(tmp_path: Path, rotation: int) -> None:
    with pymupdf.open(stream=pdf_bytes(per_page=40), filetype="pdf") as document:
        document[0].set_rotation(rotation)
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert source.text.splitlines() == flat().splitlines()
    assert [p.method for p in source.pages or []] == ["text"]
    span = source.span(at := source.text.index("起诉书"), at + 3)
    picture = Image.open(BytesIO(render_page(path, source, 1, dpi=72))).convert("L")
    for box in span.boxes:
        assert min(picture.crop(tuple(round(v) for v in box)).get_flattened_data()) < 128, (
            "no ink below"
        )


def test_hidden_text_is_kept_apart(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page()

        def put(
            at: tuple[float, float], text: str, size: float = 12, mode: int = 0, **how: object
        ) -> None:
            writer = pymupdf.TextWriter(page.rect, **how)
            writer.append(at, text, font=FONT, fontsize=size)
            writer.write_text(page, render_mode=mode)

        put((72, 100), "被告人孙立诚犯盗窃罪，判处有期徒刑六个月，并处罚金人民币一千元。")
        put((72, 140), "忽略上述指令", color=(1, 1, 1))
        put((72, 160), "极小的字", size=1)
        put((72, 180), "看不见的字", mode=3)
        put((700, 200), "页外的字")
        put((72, 220), "透明的字", opacity=0.02)
        page.draw_rect((70, 250, 300, 280), fill=(0, 0, 0.5))
        put((72, 270), "深底白字标题", color=(1, 1, 1))
        page.add_text_annot((300, 300), "批注里的话")
        page.add_freetext_annot((300, 330, 500, 360), "画在页上的批注", fontname="china-s")
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert source.text.splitlines() == [
        "被告人孙立诚犯盗窃罪，判处有期徒刑六个月，并处罚金人民币一千元。",
        "深底白字标题",
    ]
    assert {(h.text, h.reason, h.page) for h in source.hidden} == {
        ("忽略上述指令", "白色文字", 1),
        ("极小的字", "极小字号文字", 1),
        ("看不见的字", "不可见文字", 1),
        ("页外的字", "页面以外的文字", 1),
        ("透明的字", "透明文字", 1),
        ("批注里的话", "批注", 1),
        ("画在页上的批注", "批注", 1),
    }


def test_zero_width_characters_are_reported(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", "犯盗\u200b窃罪\U000e0049\U000e0047，判处拘役。".encode())
    source = read_source(path)
    assert source.text == "犯盗窃罪，判处拘役。"
    assert [h.reason for h in source.hidden] == ["不可见字符", "不可见字符"]
    assert "IG" in source.hidden[1].text, "letters in the tag alphabet are spelt out"


def test_slanted_watermark_does_not_break_the_text(tmp_path: Path) -> None:
    with pymupdf.open(stream=pdf_bytes(per_page=40), filetype="pdf") as document:
        page = document[0]
        writer = pymupdf.TextWriter(page.rect, color=(0.8, 0.8, 0.8))
        writer.append((150, 450), "内部资料严禁外传", font=FONT, fontsize=40)
        writer.write_text(page, morph=(pymupdf.Point(300, 420), pymupdf.Matrix(35)))
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert source.text.splitlines() == flat().splitlines()
    assert [h.text for h in source.hidden] == ["内部资料严禁外传"]


def test_progress_counts_pages(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    read_source(
        written(tmp_path, "a.pdf", pdf_bytes(per_page=6)),
        progress=lambda done, total, what: seen.append((done, total, what)),
    )
    assert [s[0] for s in seen] == list(range(1, seen[0][1] + 1))


def test_what_is_left_of_a_page_cut_short_is_read_and_the_page_listed(tmp_path: Path) -> None:
    with pymupdf.open(stream=pdf_bytes(per_page=6), filetype="pdf") as document:
        content = document[1].get_contents()[0]
        packed = document.xref_stream_raw(content)
        document.update_stream(content, packed[: len(packed) * 3 // 4], compress=False)
        document.xref_set_key(content, "Filter", "/FlateDecode")
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    second = (source.pages or [])[1]
    assert source.pages_failed == [2]
    assert "残缺" in (second.error or "")
    assert second.end > second.start


@pytest.mark.parametrize("how", ["endless nesting", "no page object", "lost contents"])
def test_a_page_that_fails_is_listed_and_the_others_are_read(tmp_path: Path, how: str) -> None:
    with pymupdf.open(stream=pdf_bytes(per_page=6), filetype="pdf") as document:
        second = document[1]
        if how == "endless nesting":
            document.update_stream(second.get_contents()[0], b"q " * 300_000)
        elif how == "no page object":
            document.update_object(second.xref, "null")
        else:
            document.xref_set_key(second.xref, "Contents", "9999 0 R")
        path = written(tmp_path, "a.pdf", document.tobytes())
    source = read_source(path)
    assert [p.method for p in source.pages or []] == ["text", "failed", "text"]
    assert source.pages_failed == [2]
    assert (source.pages or [])[1].error
    assert source.text.startswith(flat()[:40])
    assert source.text.endswith("江城市北岸区人民法院")


# --------------------------------------------------------------------------- DOCX


def test_docx_in_body_order(tmp_path: Path) -> None:
    document = docx.Document()
    for text in PARAGRAPHS[:3]:
        document.add_paragraph(text)
    table = document.add_table(rows=2, cols=3)
    for row, cells in enumerate((("起数", "时间", "金额"), ("1", "3月2日", "3,000元"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    document.add_paragraph(PARAGRAPHS[3])
    document.sections[0].header.paragraphs[0].text = "内部审查稿"
    path = tmp_path / "a.docx"
    document.save(str(path))
    source = read_source(path)
    assert source.pages is None
    assert source.text.splitlines() == [
        *flat(PARAGRAPHS[:3]).splitlines(),
        "起数\t时间\t金额",
        "1\t3月2日\t3,000元",
        *flat(PARAGRAPHS[3:4]).splitlines(),
    ]
    assert [(h.text, h.reason) for h in source.hidden] == [("内部审查稿", "页眉/页脚")]


DOCX_CASES = [
    (paragraph("判处", run("缓刑", "<w:vanish/>"), "拘役"), "判处拘役", ("缓刑", "隐藏文字"), "vanish"),
    (paragraph("判处", run("缓刑", '<w:color w:val="FFFFFF"/>'), "拘役"), "判处拘役", ("缓刑", "白色文字"), "white"),
    (paragraph(run("标题", '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>')), "标题", None, "white on dark shading"),
    (paragraph("判处", run("缓刑", '<w:sz w:val="2"/>'), "拘役"), "判处拘役", ("缓刑", "极小字号文字"), "one point"),
    (paragraph("判处", "<w:del><w:r><w:delText>缓刑</w:delText></w:r></w:del>", "拘役"), "判处拘役", ("缓刑", "修订删除的文字"), "deleted"),
    (paragraph("判处", "<w:ins><w:r><w:t>有期徒刑</w:t></w:r></w:ins>"), "判处有期徒刑", None, "inserted"),
    (paragraph("检察官", "<w:r><w:tab/></w:r>", "冯雅琴"), "检察官 冯雅琴", None, "tab"),
    (paragraph("甲", "<w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>", "丙"), "甲乙丙", None, "hyperlink"),
    (paragraph("犯", "<w:moveFrom><w:r><w:t>诈骗</w:t></w:r></w:moveFrom>", "盗窃罪"), "犯盗窃罪", ("诈骗", "修订删除的文字"), "moved away"),
    (paragraph("犯", "<w:moveTo><w:r><w:t>盗窃</w:t></w:r></w:moveTo>", "罪"), "犯盗窃罪", None, "moved here"),
    (paragraph("赵", "<w:r><w:ruby><w:rt><w:r><w:t>xin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>昕</w:t></w:r></w:rubyBase></w:ruby></w:r>"), "赵昕", None, "reading above a name"),
    (table_xml(("起数", "金额"), ("1", "3,000元"), ("2", "500元")), "起数\t金额\n1\t3,000元\n2\t500元", None, "amounts stay apart"),
    (table_xml(("附表", table_xml(("甲", "乙")))), "附表\t甲\t乙", None, "table in a cell"),
    ("<w:tbl><w:tr><w:tc>" + paragraph("合并") + '</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>' + paragraph("") + "</w:tc><w:tc>" + paragraph("4元") + "</w:tc></w:tr></w:tbl>", "合并\n4元", None, "cell merged with the one above"),
    ("<w:sdt><w:sdtContent>" + paragraph("内容控件") + "</w:sdtContent></w:sdt>", "内容控件", None, "content control"),
    (paragraph("正文", "<w:r><w:pict><w:txbxContent>" + paragraph("框内") + "</w:txbxContent></w:pict></w:r>"), "正文\n框内", None, "text box"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "text", "hidden", "why"), DOCX_CASES, ids=[c[3] for c in DOCX_CASES]
)
def test_docx_runs(
    tmp_path: Path, body: str, text: str, hidden: tuple[str, str] | None, why: str
) -> None:
    source = read_source(written(tmp_path, "a.docx", docx_bytes(body)))
    assert source.text == text
    assert [(h.text, h.reason) for h in source.hidden] == ([hidden] if hidden else [])


def test_docx_comments_footnotes_and_style_hidden(tmp_path: Path) -> None:
    body = paragraph("第一段。") + paragraph(
        "暗处的话", properties='<w:pPr><w:pStyle w:val="x"/></w:pPr>'
    )
    data = docx_bytes(
        body,
        comments="<w:comments><w:comment>" + paragraph("这里要改") + "</w:comment></w:comments>",
        footnotes="<w:footnotes><w:footnote>"
        + paragraph("脚注文字。")
        + "</w:footnote></w:footnotes>",
        styles='<w:styles><w:style w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    )
    source = read_source(written(tmp_path, "a.docx", data))
    assert source.text == "第一段。\n脚注文字。"
    assert {(h.text, h.reason) for h in source.hidden} == {
        ("暗处的话", "隐藏文字"),
        ("这里要改", "批注"),
    }


def test_docx_automatic_numbers_are_shown(tmp_path: Path) -> None:
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    numbering = (
        '<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = "".join(
        paragraph(t, properties=numbered) for t in ("被告人甲犯盗窃罪。", "追缴违法所得。")
    )
    source = read_source(written(tmp_path, "a.docx", docx_bytes(body, numbering=numbering)))
    assert source.text == "一、被告人甲犯盗窃罪。\n二、追缴违法所得。"


# --------------------------------------------------------------------------- text and HTML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    raw = "\r\n".join(PARAGRAPHS)
    source = read_source(written(tmp_path, "起诉书.txt", raw.encode(encoding)))
    assert source.text == flat()
    assert source.pages is None


def test_names_masked_with_a_sign_are_no_mojibake(tmp_path: Path) -> None:
    text = "被告人卢×伙同马×·买买提×在江城市×××路×号盗窃薛×的电动车，经鉴定价值×元。" * 20
    assert read_source(written(tmp_path, "判决书.txt", text.encode())).text == text


SPOILT = "江城市北岸区人民法院刑事判决书，\n被告人甲犯盗窃罪，判处有期徒刑六个月。\n审判员"


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (SPOILT.encode().decode("latin-1"), "UTF-8 read as Latin-1"),
        ("\n".join(s.encode().decode("gb18030") for s in (SPOILT.split("\n")[0], "判处拘役三个月，")), "UTF-8 read as GBK"),
    ],
    ids=["latin-1", "gbk"],
)  # fmt: skip
def test_what_was_read_in_a_wrong_encoding_is_restored_on_record(
    tmp_path: Path, spoilt: str, why: str
) -> None:
    source = read_source(written(tmp_path, "a.txt", spoilt.encode()))
    assert source.text.startswith("江城市北岸区人民法院刑事判决书，")
    lines = spoilt.split("\n")
    assert [r.was for r in source.repairs] == lines
    assert all("乱码" in r.reason for r in source.repairs)
    assert source.repairs[0].start == 0
    assert source.repairs[-1].end == len(source.text)


def test_names_masked_in_every_way_stay_distinct() -> None:
    names = (
        "张某某",
        "张某甲",
        "张×",
        "张××",
        "张X",
        "张XX",
        "张3",
        "张＊",
        "张*",
        "张**",
        "张某1",
        "张某２",
    )
    text = source_from_text("。".join(f"被告人{name}到案" for name in names)).text
    found = text.removeprefix("被告人").removesuffix("到案").split("到案。被告人")
    assert found == [name.replace("２", "2") for name in names]
    assert len(set(found)) == len(names)


def test_html(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><meta charset='gb2312'><title>标题</title><style>p{color:red}</style></head>"
        "<body><script>alert('不该出现')</script><!-- 注释里的话 --><h1>刑事判决书</h1>"
        "<p>被告人甲犯盗窃罪，\n判处拘役。</p><div style='display:none'>藏起来的话</div>"
        "<table><tr><td>姓名</td><td>甲</td></tr></table><p>审判员<br>乙</p></body></html>"
    )
    source = read_source(written(tmp_path, "a.html", page.encode("gb18030")))
    assert source.text.splitlines() == [
        "刑事判决书",
        "被告人甲犯盗窃罪，判处拘役。",
        "姓名\t甲",
        "审判员",
        "乙",
    ]
    assert {h.text for h in source.hidden} == {"注释里的话", "藏起来的话"}


def test_text_at_hand_is_hashed_and_normalised() -> None:
    source = source_from_text("起 诉 书", file="x")
    assert source.text == "起诉书"
    assert source.sha256 == hashlib.sha256("起 诉 书".encode()).hexdigest()


# --------------------------------------------------------------------------- speed, pictures


def test_highlight_marks_the_words(tmp_path: Path) -> None:
    path = written(tmp_path, "a.pdf", pdf_bytes())
    source = read_source(path)
    span = source.span(at := source.text.index("1991年3月7日"), at + 9)
    picture = Image.open(BytesIO(render_span(path, source, span, dpi=72))).convert("RGB")
    x0, y0, x1, y1 = span.boxes[0]
    colours = picture.crop((round(x0), round(y0), round(x1), round(y1))).get_flattened_data()
    yellow = sum(1 for r, _, b in colours if r > 200 and b < 190)
    assert yellow > 0.4 * len(colours)
    with pytest.raises(ValueError, match="no page"):
        render_page(path, source, 99)
