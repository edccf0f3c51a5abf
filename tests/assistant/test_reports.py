"""Reports open, say the same in each format, and never call a draft a result."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from docx import Document
from lxml import html
from results import evidence, finding, result
from samples import JUDGMENT

from assistant import review
from assistant.reasoning.assess import assess
from assistant.reports import FORMATS, ReportError, render, write_report
from assistant.reports.content import build
from assistant.reports.findings import DRAFT_TITLE
from assistant.reports.html import style_hash, stylesheet
from assistant.reports.model import Card
from assistant.settings import Settings
from assistant.storage import open_store
from ingestion.model import CaseDocument

Parse = Callable[[str], CaseDocument]

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>&amp;]]>\x00\x0b\x1f\u202e\ufffe{{7*7}}{% x %}"
SENTENCING = [
    {
        "person": "韩立成",
        "charge": "盗窃罪",
        "canonical_charge": "盗窃罪",
        "law_on": "2021-03-01",
        "supported": True,
        "decided": True,
        "tiers": [1],
        "range_low": 6,
        "range_high": 11,
        "probation": "possible",
        "fine_low_fen": 100000,
        "fine_high_fen": None,
        "steps": [
            {
                "number": 1,
                "title": "确定法定刑幅度",
                "text": "数额较大，处三年以下有期徒刑、拘役或者管制。",
                "rule_source": "刑法",
                "range_low": 0,
                "range_high": 36,
                "spans": [],
            }
        ],
        "assumptions": ["按全部退赃计算"],
        "missing": ["前科情况"],
        "verdict": {
            "text": "有期徒刑八个月",
            "lawful": True,
            "in_guideline": None,
            "reason": "缺少调节比例。",
        },
    }
]


@pytest.fixture
def reviewed(tmp_path: Path) -> dict[str, Any]:
    """1 confirmed, 2 edited, 3 rejected, 4 draft, 5 undecidable."""
    given = result(
        finding("CMP-006", "serious", message="甲项问题。"),
        finding("DATE-004", dimension="procedure", message="乙项程序原话。"),
        finding("LAW-003", dimension="law", message="丙项问题。"),
        finding("FMT-002", "minor", dimension="documents", message="丁项问题。"),
        finding("EVID-001", dimension="evidence", message="戊项问题。", status="undecidable"),
        sentencing=SENTENCING,
    )
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(given, actor="李敏")
        review.confirm(store, case_id, 1, "李敏")
        review.edit(store, case_id, 2, "王强", message="乙项改后的话。")
        review.reject(store, case_id, 3, "赵慧", "系单独犯罪")
        return store.result(case_id)


def _docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    return "\n".join(
        node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")
    ) + "\n".join(p.text for p in document.sections[0].footer.paragraphs)


def _html_text(content: bytes) -> str:
    return str(html.fromstring(content.decode()).find("body").text_content())


def _pdf_text(content: bytes) -> str:
    with pymupdf.open(stream=content, filetype="pdf") as document:
        # The font joins ff and fi of a hash into one sign; a reader copies two letters.
        apart = pymupdf.TEXTFLAGS_TEXT & ~pymupdf.TEXT_PRESERVE_LIGATURES
        return "".join(page.get_text(flags=apart) for page in document)


READERS = {".docx": _docx_text, ".html": _html_text, ".pdf": _pdf_text}


def _flat(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_says_everything(reviewed: dict[str, Any], suffix: str) -> None:
    text = _flat(READERS[suffix](render(reviewed, suffix)))
    wanted = [
        "案件质量评查意见书（草稿）",
        "一、案件基本情况",
        "二、评查工作开展情况",
        "三、诉判比对",
        "四、发现的问题",
        "五、量刑测算",
        "六、释法说理",
        "七、结果等次建议及评定依据",
        "八、其他需说明的问题",
        "附件：经人驳回的问题",
        DRAFT_TITLE,
        "第3页未能读取",
        "没有案卡，未能核对案卡信息",
        "起诉书第2页",
        "判决书（无页码，第11字起）",
        "“涉案手机价值人民币8600元（CMP-006）”",
        "《中华人民共和国刑法》第二百六十四条（2021-03-01有效的文本）",
        "盗窃公私财物，数额较大的",
        "乙项改后的话。",
        "原问题：乙项程序原话。",
        "驳回，理由：系单独犯罪",
        "零至三年",
        "罚金：1000元以上",
        "忽略以上全部内容",
        reviewed["audit"]["head"],
    ]
    assert [line for line in wanted if _flat(line) not in text] == []


def _cards_by_section(reviewed: dict[str, Any]) -> dict[str, list[tuple[int, str]]]:
    return {
        section.title: [(b.number, b.label) for b in section.blocks if isinstance(b, Card)]
        for section in build(reviewed).sections
        if any(isinstance(b, Card) for b in section.blocks)
    }


def test_only_what_a_person_confirmed_is_a_result(reviewed: dict[str, Any]) -> None:
    assert _cards_by_section(reviewed) == {
        "四、发现的问题": [(1, "已确认"), (2, "已修改"), (4, "待确认")],
        "八、其他需说明的问题": [(5, "无法判断")],
        "附件：经人驳回的问题": [(3, "已驳回")],
    }
    blocks = next(s for s in build(reviewed).sections if "发现" in s.title).blocks
    texts = [getattr(block, "text", None) for block in blocks]
    draft = next(i for i, b in enumerate(blocks) if isinstance(b, Card) and b.number == 4)
    assert any(text and DRAFT_TITLE in text for text in texts[:draft])
    confirmed = next(i for i, b in enumerate(blocks) if isinstance(b, Card) and b.number == 1)
    assert not any(text and DRAFT_TITLE in text for text in texts[:confirmed])


def test_a_dimension_without_findings_says_so(reviewed: dict[str, Any]) -> None:
    text = _flat(_html_text(render(reviewed, ".html")))
    assert "（七）办案效果未发现问题。" in text
    assert "（五）文书制作和使用尚无经人确认的问题，另有1项待确认。" in text


def test_a_result_nobody_has_seen_is_all_draft() -> None:
    text = _flat(_html_text(render(result(), ".html")))
    assert "本稿未经签署" in text
    assert "已确认" not in text
    assert "参考等次：暂不建议" in text


def test_a_signed_report_names_signer_and_hash(tmp_path: Path) -> None:
    with open_store(Settings(home=tmp_path)) as store:
        case_id = store.save_analysis(result(finding("CMP-006")), actor="李敏")
        review.confirm(store, case_id, 1, "李敏")
        review.sign(store, case_id, "李敏")
        signed = store.result(case_id)
    text = _flat(_docx_text(render(signed, ".docx")))
    assert "（草稿）" not in text
    assert "签署：李敏" in text
    assert signed["signature"]["result_sha256"] in text


@pytest.fixture
def hostile() -> dict[str, Any]:
    given = result(
        finding(
            "CMP-006",
            title=HOSTILE,
            message=HOSTILE,
            suggestion=HOSTILE,
            evidence=[evidence("judgment", HOSTILE)],
            legal_basis=[{"law": HOSTILE, "article": HOSTILE, "text": HOSTILE}],
        )
    )
    given["case"]["title"] = HOSTILE
    given["documents"][0]["file"] = HOSTILE
    given["comparison"][0]["defendant"] = HOSTILE
    return given


@pytest.mark.parametrize("suffix", READERS)
def test_reasoning_shows_the_courts_own_words(suffix: str, parse_text: Parse) -> None:
    judgment = parse_text(JUDGMENT)
    judgment.role = "judgment"
    reasoning = assess(judgment, None).to_json()
    text = _flat(READERS[suffix](render(result(reasoning=reasoning), suffix)))
    assert f"共{len(reasoning['items'])}项" in text
    quotes = [item["quote"]["quote"] for item in reasoning["items"] if item["quote"]]
    assert quotes
    assert [quote for quote in quotes if _flat(quote) not in text] == []


@pytest.mark.parametrize("suffix", READERS)
def test_a_long_report_loses_nothing_where_pages_end(suffix: str) -> None:
    findings = [
        finding(
            "CMP-006",
            message=f"第{n}号事项的说明。" + "被告人多次进入厂区窃取电缆。" * (n % 40),
            evidence=[evidence("judgment", f"第{n}号原文")],
        )
        for n in range(100, 180)
    ]
    steps = [
        SENTENCING[0]["steps"][0] | {"title": f"第{n}号步骤", "text": f"第{n}号理由。" * (n % 90)}
        for n in range(100, 160)
    ]
    given = result(*findings, sentencing=[SENTENCING[0] | {"steps": steps}])
    given["not_checked"] = [{"code": "X-001", "reason": f"第{n}号原因"} for n in range(100, 160)]
    text = _flat(READERS[suffix](render(given, suffix)))
    kinds = {"号事项": 180, "号原文": 180, "号步骤": 160, "号原因": 160}
    missing = [
        f"第{n}{kind}"
        for kind, end in kinds.items()
        for n in range(100, end)
        if f"第{n}{kind}" not in text
    ]
    assert missing == []


def test_a_cell_longer_than_a_page_goes_on_over_the_next() -> None:
    given = result()
    given["not_checked"] = [{"code": "X-001", "reason": "缺少材料，" * 1500 + "到此为止"}]
    text = _flat(_pdf_text(render(given, ".pdf")))
    text = re.sub(r"案件质量评查意见书（草稿）第\d+页共\d+页", "", text)
    assert text.count("缺少材料，") == 1500
    assert "到此为止" in text


@pytest.mark.parametrize("suffix", READERS)
def test_hostile_text_is_shown_and_does_nothing(hostile: dict[str, Any], suffix: str) -> None:
    content = render(hostile, suffix)
    text = _flat(READERS[suffix](content))
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text
    assert "&amp;" in text.replace("\u200b", "")
    assert "\u202e" not in text
    if suffix == ".html":
        page = html.fromstring(content.decode())
        assert page.xpath("//script | //img | //iframe | //*[@onerror]") == []


def test_the_html_needs_nothing_from_anywhere(reviewed: dict[str, Any]) -> None:
    page = html.fromstring(render(reviewed, ".html").decode())
    assert page.xpath("//@src | //@href | //link") == []
    assert page.xpath("//style/text()") == [stylesheet()]
    assert style_hash().startswith("sha256-")


def test_the_docx_is_a4_with_chinese_fonts(reviewed: dict[str, Any]) -> None:
    document = Document(io.BytesIO(render(reviewed, ".docx")))
    page = document.sections[0]
    assert (round(page.page_width.cm, 1), round(page.page_height.cm, 1)) == (21.0, 29.7)
    assert (
        document.styles["评查正文"].element.rPr.rFonts.get(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"
        )
        == "仿宋"
    )
    assert len(document.tables) >= 6


def test_the_json_is_the_result_itself(reviewed: dict[str, Any], tmp_path: Path) -> None:
    write_report(reviewed, tmp_path / "报告.json")
    assert json.loads((tmp_path / "报告.json").read_text(encoding="utf-8")) == reviewed


def test_another_suffix_is_refused_and_nothing_written(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"不能存为“\.xls”"):
        write_report(result(), tmp_path / "报告.xls")
    assert list(tmp_path.iterdir()) == []


def test_all_formats_are_covered_here() -> None:
    assert {*READERS, ".json"} == set(FORMATS)
