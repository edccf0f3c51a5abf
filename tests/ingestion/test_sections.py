"""Parts of a document: who speaks where, and what must never be counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.extract import heading, parse, statutes, verdict
from ingestion.model import CaseDocument, SourceDocument
from ingestion.readers import source_from_text
from ingestion.sections import find_sections
from tests.samples import INDICTMENT, JUDGMENT

Parse = Callable[[str], CaseDocument]

FULL_JUDGMENT = """云川省临江市青岩区人民法院
刑事判决书
（2022）云9902刑初31号
公诉机关临江市青岩区人民检察院。
被告人杜长河，男，1990年3月4日出生，汉族，初中文化，无业。因涉嫌犯盗窃罪，于2021年11月6日被刑事拘留，同月18日被逮捕。
辩护人钱素云，云川衡正律师事务所律师。
临江市青岩区人民检察院以临青检刑诉〔2022〕9号起诉书指控被告人杜长河犯盗窃罪，于2022年1月20日向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。
公诉机关指控：2021年11月5日，被告人杜长河窃得手机一部，价值人民币4200元。公诉机关认为被告人杜长河的行为触犯了《中华人民共和国刑法》第二百六十四条，建议判处有期徒刑七个月至十个月，并处罚金。
被告人杜长河对指控的事实无异议。辩护人提出，被告人杜长河系初犯，建议判处缓刑。
经审理查明：2021年11月5日，被告人杜长河窃得手机一部，价值人民币4200元。
另查明，案发后手机已发还被害人。
上述事实，有被害人陈述、价格认定结论书、被告人供述等证据证实，足以认定。
本院认为，被告人杜长河盗窃他人财物，数额较大，其行为已构成盗窃罪。据此，依照《中华人民共和国刑法》第二百六十四条、第六十七条第三款之规定，判决如下：
一、被告人杜长河犯盗窃罪，判处有期徒刑八个月，并处罚金人民币四千元。
二、作案工具予以没收。
如不服本判决，可在接到判决书的第二日起十日内提出上诉。
审判长 汪立群
人民陪审员 彭春燕
二〇二二年三月十五日
书记员 林小禾
附：相关法律条文
《中华人民共和国刑法》
第二百六十四条 盗窃公私财物，数额较大的，处三年以下有期徒刑。
第三百一十二条 犯掩饰、隐瞒犯罪所得罪的，判处有期徒刑。
"""


def _kinds(doc: CaseDocument) -> list[tuple[str, str]]:
    return [(s.kind, s.speaker) for s in doc.sections]


JUDGMENT_PARTS = [
    ("heading", "court"),
    ("parties", "court"),
    ("procedure", "court"),
    ("accusation", "prosecution"),
    ("defence", "defence"),
    ("facts", "court"),
    ("evidence", "court"),
    ("reasoning", "court"),
    ("statutes", "court"),
    ("operative", "court"),
    ("notice", "court"),
    ("closing", "court"),
    ("appendix", "court"),
]


@pytest.mark.parametrize("joint", ["\n", " ", ""])
def test_a_judgment_with_all_parts(parse_text: Parse, joint: str) -> None:
    """The same parts whether lines are kept, turned to spaces, or lost."""
    doc = parse_text(joint.join(FULL_JUDGMENT.split("\n")))
    assert _kinds(doc) == JUDGMENT_PARTS


@pytest.mark.parametrize(
    ("kind", "begins", "ends"),
    [
        ("parties", "公诉机关", "律师事务所律师。"),
        ("accusation", "公诉机关指控", "并处罚金。"),
        ("defence", "被告人杜长河对指控", "建议判处缓刑。"),
        ("facts", "经审理查明", "发还被害人。"),
        ("statutes", "据此，依照", "判决如下："),
        ("operative", "一、被告人杜长河", "予以没收。"),
        ("notice", "如不服", "提出上诉。"),
        ("closing", "审判长", "林小禾"),
        ("appendix", "附：", "判处有期徒刑。"),
    ],
)
def test_where_parts_begin_and_end(parse_text: Parse, kind: str, begins: str, ends: str) -> None:
    section = next(s for s in parse_text(FULL_JUDGMENT).sections if s.kind == kind)
    assert section.span.quote.startswith(begins)
    assert section.span.quote.endswith(ends)


def test_nothing_of_the_appendix_is_counted(parse_text: Parse) -> None:
    doc = parse_text(FULL_JUDGMENT)
    assert {s.article for s in doc.statutes} == {264, 67}
    assert [c.value for d in doc.defendants for c in d.charges] == ["盗窃罪"]


def test_a_judgment_without_found_facts_has_accusation_and_evidence(parse_text: Parse) -> None:
    kinds = [s.kind for s in parse_text(JUDGMENT).sections]
    assert "facts" not in kinds
    assert kinds.index("accusation") < kinds.index("defence") < kinds.index("evidence")


def test_a_confession_among_the_evidence_is_no_defence(parse_text: Parse) -> None:
    listed = "价格认定结论书。被告人杜长河的供述证实，其对指控的事实供认不讳。以上"
    text = FULL_JUDGMENT.replace("价格认定结论书、", listed, 1)
    assert [s.speaker for s in parse_text(text).sections].count("defence") == 1


@pytest.mark.parametrize("mark", ["，", "，\n", "； "])
def test_a_pleading_that_ends_in_a_comma_is_over_where_the_court_finds(mark: str) -> None:
    doc = parse(
        source_from_text(
            "江城市云溪区人民法院\n刑事判决书\n（2020）江0108刑初206号\n"
            "公诉机关江城市云溪区人民检察院。\n被告人钟启明，男，1990年5月12日出生，汉族，农民。\n"
            "江城市云溪区人民检察院以江云检刑诉〔2020〕118号起诉书指控被告人钟启明犯盗窃罪，"
            "向本院提起公诉。本院依法公开开庭审理了本案。现已审理终结。\n"
            "江城市云溪区人民检察院指控，被告人钟启明窃得手机一部。\n"
            f"被告人钟启明对指控无异议，辩护人请求从轻处罚{mark}经审理查明，被告人钟启明窃得手机一部。\n"
            "本院认为，被告人钟启明的行为已构成盗窃罪。依照《中华人民共和国刑法》第二百六十四条之规定，"
            "判决如下：\n被告人钟启明犯盗窃罪，判处拘役三个月。\n"
        )
    )
    told = {s.kind: s.span.quote for s in doc.sections if s.kind in ("defence", "facts")}
    assert told["facts"].startswith("经审理查明")
    assert "查明" not in told["defence"]


def test_a_plea_to_an_office_by_its_name_is_the_defences(parse_text: Parse) -> None:
    plea = "被告人杜长河当庭对临江市青岩区人民检察院指控其犯盗窃罪的事实认罪。"
    text = FULL_JUDGMENT.replace("被告人杜长河对指控的事实无异议。", plea, 1)
    section = next(s for s in parse_text(text).sections if s.kind == "defence")
    assert section.span.quote.startswith(plea)


def _between(text: str) -> list[tuple[str, str]]:
    """The parts of the full judgment between procedure and reasoning, with these words for them."""
    start, end = FULL_JUDGMENT.index("公诉机关指控："), FULL_JUDGMENT.index("本院认为")
    doc = parse(source_from_text(FULL_JUDGMENT[:start] + text + FULL_JUDGMENT[end:]))
    kinds = _kinds(doc)
    return kinds[3 : kinds.index(("reasoning", "court"))]


TWO_CRIMES = (
    "一、盗窃罪。2021年11月5日，被告人杜长河窃得手机一部。\n上述事实，有被害人陈述等证据证实。\n"
    "二、掩饰、隐瞒犯罪所得罪。2021年11月6日，被告人杜长河代为销售电缆线。\n"
    "上述事实，有证人证言等证据证实，足以认定。\n"
)


def test_the_next_crime_after_the_evidence_of_the_one_before() -> None:
    facts, evidence = ("facts", "court"), ("evidence", "court")
    assert _between("经审理查明：" + TWO_CRIMES) == [facts, evidence, facts, evidence]


def test_the_next_crime_of_an_accusation_is_no_finding() -> None:
    told = _between("公诉机关指控：" + TWO_CRIMES + "经审理查明：与指控一致。\n")
    assert [speaker for kind, speaker in told if kind == "accusation"] == ["prosecution"] * 2
    assert told[-1] == ("facts", "court")


def test_evidence_by_crimes_stays_evidence() -> None:
    text = "经审理查明：被告人杜长河两次作案。\n上述事实，有下列证据证实：一、盗窃罪的证据：1.被害人陈述。\n"
    assert _between(text) == [("facts", "court"), ("evidence", "court")]


def test_who_appears_for_the_prosecution_and_accuses() -> None:
    text = "公诉机关指派检察员王清出庭，指控：2021年11月5日，被告人杜长河窃得手机一部。\n经审理查明：属实。\n"
    assert _between(text) == [("accusation", "prosecution"), ("facts", "court")]


@pytest.mark.parametrize("joint", ["\n", " ", ""])
def test_an_indictment_is_the_prosecution_speaking(parse_text: Parse, joint: str) -> None:
    doc = parse_text(joint.join(INDICTMENT.split("\n")))
    assert [s.kind for s in doc.sections] == [
        "heading",
        "parties",
        "procedure",
        "facts",
        "evidence",
        "reasoning",
        "closing",
        "attachments",
    ]
    assert {s.speaker for s in doc.sections} == {"prosecution"}


def test_an_indictment_that_lost_its_addressee_still_closes(parse_text: Parse) -> None:
    doc = parse_text(INDICTMENT.replace("此致\n临江市青岩区人民法院\n", ""))
    closing = next(s for s in doc.sections if s.kind == "closing")
    assert closing.span.quote.startswith("检察官：")
    assert doc.court is None
    assert doc.dates["issued"].value.date.isoformat() == "2023-05-18"


def test_an_appeal_quotes_the_first_judgment_before_it_decides(parse_text: Parse) -> None:
    text = FULL_JUDGMENT.replace(
        "经审理查明：",
        "原判认为，被告人杜长河犯盗窃罪，判决如下：判处有期徒刑一年。经审理查明：",
    )
    operative = next(s for s in parse_text(text).sections if s.kind == "operative")
    assert operative.span.quote.startswith("一、被告人杜长河犯盗窃罪，判处有期徒刑八个月")


def test_an_unknown_document_has_no_parts(parse_text: Parse) -> None:
    assert parse_text("关于开展岗位练兵活动的通知").sections == []


FRAGMENTS = [
    *FULL_JUDGMENT.replace("，", "，\n").split("\n"),
    *INDICTMENT.split("\n"),
    "判决如下：",
    "附：",
    "本院认为",
    "（",
    "）",
    "《",
    "》",
    "第一百三十三条之一第一款第（二）项",
    "建议判处",
    "维持原判",
    "一、撤销",
    "　 \n",
    "2017年6月15日",
]


def _source(text: str) -> SourceDocument:
    return SourceDocument(file="x", media_type="text/plain", sha256="0" * 64, text=text)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))
def test_any_mixture_of_fragments_is_parsed_and_every_span_quotes_the_text(text: str) -> None:
    doc = parse(_source(text))
    spans = [s.span for s in doc.sections] + [s.span for s in doc.statutes]
    spans += [d.name.span for d in doc.defendants] + [o.span for o in doc.orders]
    spans += [v.span for d in doc.defendants for v in d.verdicts.values()]
    spans += [r.span for d in doc.defendants for r in d.recommendations]
    assert all(text[s.start : s.end] == s.quote for s in spans)
    ends = [0] + [s.span.end for s in doc.sections]
    assert all(s.span.start >= before for s, before in zip(doc.sections, ends, strict=False))


@given(st.text(max_size=200), st.sampled_from(["judgment", "indictment", "opinion"]))
def test_parts_of_any_text_are_in_order(text: str, kind: str) -> None:
    sections = find_sections(_source(text), kind)  # type: ignore[arg-type]
    assert [s.span.start for s in sections] == sorted(s.span.start for s in sections)


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit", [" ", "\n", "（", "《", "一、", "被告人", "第一百条", "犯盗窃罪，"]
)
def test_a_long_run_of_anything_costs_no_time(unit: str) -> None:
    """Quadratic patterns showed first in runs of blanks, as broken OCR leaves them."""
    text = FULL_JUDGMENT.replace("一、被告人", unit * 5000 + "一、被告人")
    source = _source(text)
    doc = CaseDocument(type="judgment", role="judgment", source=source)
    doc.sections = find_sections(source, "judgment")
    heading.read(doc)
    statutes.read(doc)
    verdict.read(doc)


@pytest.mark.data
def test_every_real_judgment_has_the_parts_that_all_have(development_data: Path) -> None:
    lines = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    needed = {"parties", "reasoning", "statutes", "operative", "notice", "closing"}
    for line in lines:
        doc = parse(source_from_text(json.loads(line)["fd"]))
        assert needed <= {s.kind for s in doc.sections}


ACCUSED = (
    "公诉机关指控：一、2021年11月5日，被告人杜长河以代办工程为名收取郝某5000元。{}"
    "公诉机关认为，被告人杜长河的行为已构成诈骗罪，提请依法判处。\n"
    "被告人杜长河对指控的事实和量刑建议均无异议。\n"
)


@pytest.mark.parametrize(
    "listed",
    [
        "针对上述指控，公诉机关当庭出示了以下证据：1、受案登记表，证明郝某报称被骗9000元。2、被告人杜长河的供述，证明其借过2000元。",
        "据以指控的证据有：被害人郝某的陈述，转账记录，被告人杜长河的供述。",
        "公诉机关提交了下列证据予以证明：证人简某的证言，证实其代为转交7000元；扣押清单。",
        "并向法庭提供了被害人陈述、书证等证据。",
    ],
)
def test_what_the_accuser_relies_on_is_told_by_evidence_not_by_the_accusation(listed: str) -> None:
    """Sums that a witness names are none of the crime's."""
    parts = [
        ("accusation", "prosecution"),
        ("evidence", "prosecution"),
        ("accusation", "prosecution"),
        ("defence", "defence"),
    ]
    assert _between(ACCUSED.format(listed)) == parts


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        # The next count, and its own evidence again.
        (
            "公诉机关提供了被害人陈述、书证等证据。二、2021年12月1日，被告人杜长河又收取郝某800元。",
            ["accusation", "evidence", "accusation", "defence"],
        ),
        # Evidence named on the way in a sentence of his view.
        (
            "公诉机关提供了相关证据，认为被告人杜长河的行为已构成诈骗罪。",
            ["accusation", "defence"],
        ),
        # What the court makes of it.
        (
            "公诉机关提供了被害人陈述、书证等证据。上述证据，经庭审质证，本院予以确认。",
            ["accusation", "evidence", "evidence", "accusation", "defence"],
        ),
    ],
)
def test_where_the_accusers_list_ends(told: str, parts: list[str]) -> None:
    assert [kind for kind, _ in _between(ACCUSED.format(told))] == parts


COUNTS = (
    "经审理查明：（一）2021年10月9日，被告人杜长河伙同郝某窃得电缆，价值5703元。\n"
    "上述事实，有被害人陈述、同案犯供述等证据证实。上述证据，经庭审质证，予以采纳。\n"
    "（二）、2021年10月23日凌晨，被告人杜长河和郝某持刀抢走现金35元。\n"
    "上述事实，有下列证据证实：1、被告人杜长河的供述，证明其伙同郝某抢走现金35元。"
    "2、2021年11月3日被告人杜长河的指认笔录，证明其指认了现场。\n"
)


@pytest.mark.parametrize("number", ["（二）、", "二、", "二、贩卖毒品", "二、抢夺1、"])
def test_the_next_count_stands_after_the_evidence_of_the_one_before(number: str) -> None:
    text = COUNTS.replace("（二）、", number)
    assert [kind for kind, _ in _between(text)] == ["facts", "evidence", "facts", "evidence"]
