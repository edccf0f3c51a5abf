"""No text whatever breaks the extractors, and every span quotes its own place."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ingestion.extract import (
    amounts,
    arguments,
    charges,
    circumstances,
    facts,
    impossible,
    parties,
    priors,
    quantities,
    statutes,
)
from ingestion.model import CaseDocument, DocumentType, Span
from ingestion.readers import source_from_text
from ingestion.sections import find_sections

_PIECES = st.sampled_from(
    [
        "被告人",
        "卢承安",
        "卢某",
        "卢某1",
        "，",
        "。",
        "；",
        "：",
        "、",
        "（",
        "）",
        "“",
        "”",
        "\n",
        "男",
        "1990年3月5日",
        "同年",
        "次日",
        "同月8日",
        "1990年13月40日",
        "出生",
        "汉族",
        "因涉嫌",
        "盗窃罪",
        "犯",
        "涉嫌",
        "被刑事拘留",
        "被逮捕",
        "取保候审",
        "曾因",
        "判处有期徒刑一年",
        "刑满释放",
        "辩护人",
        "提出",
        "关于",
        "的辩护意见",
        "不予采纳",
        "予以采纳",
        "本院认为",
        "系自首",
        "不构成",
        "累犯",
        "从犯",
        "赔偿",
        "谅解",
        "退赔",
        "责令",
        "3，200元",
        "一块",
        "1、",
        "2、",
        "（一）",
        "第一起",
        "经依法审查查明：",
        "公诉机关指控：",
        "指控",
        "起诉书",
        "检察院",
        "以",
        "应当以",
        "追究其刑事责任",
        "判决如下",
        "本案由",
        "认罪认罚",
        "被告单位",
        "有限公司",
        "被害人",
        "附：",
        "《",
        "》",
        "自报",
        "曾用名",
        "户籍地",
        "住",
        "3.5克",
        "138毫克/100毫升",
        "二支枪",
        "港币500元",
        "2015年2月30日",
        "三日后",
        "刑法第五十二、五十三条",
        "该法第一条",
        "控辩双方",
        "1．",
        "2．",
        "第2点辩护意见",
        "公安机关认定",
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=5), max_size=80).map("".join)
_KINDS: list[DocumentType] = ["judgment", "indictment", "opinion", "recommendation"]


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _spans(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from _spans(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _spans(item)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(_KINDS))
def test_any_mixture_is_read_and_every_span_round_trips(text: str, kind: DocumentType) -> None:
    source = source_from_text(f"甲{text}")
    doc = CaseDocument(type=kind, role=None, source=source, sections=find_sections(source, kind))
    doc.defendants = parties.read_defendants(doc)
    charges.assign(doc)
    doc.plea_leniency = circumstances.plea(doc)
    doc.circumstances = circumstances.read(doc)
    doc.statutes = statutes.read(doc)
    doc.facts = facts.read(doc)
    priors.complete(doc)
    doc.amounts = amounts.read(doc)
    doc.quantities = quantities.read(doc)
    doc.impossible_dates = impossible.read(doc)
    doc.arguments = arguments.read(doc)
    for part in (
        doc.defendants,
        doc.circumstances,
        doc.statutes,
        doc.amounts,
        doc.quantities,
        doc.impossible_dates,
        doc.facts,
        doc.arguments,
    ):
        for span in _spans(part):
            assert doc.text[span.start : span.end] == span.quote
    names = [d.name.value for d in doc.defendants]
    assert len(names) == len(set(names))
