"""Every kind of document: recognised from its words, and read to the fields of its kind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from ingestion.classify import classify
from ingestion.extract import parse
from ingestion.model import CaseDocument, Span
from ingestion.output import document_json
from ingestion.readers import source_from_text
from tests.ingestion import kind_samples as samples
from tests.samples import INDICTMENT, JUDGMENT, OPINION

Parse = Callable[[str], CaseDocument]

KINDS = [
    ("non_prosecution", samples.DISCRETIONARY),
    ("non_prosecution", samples.INSUFFICIENT),
    ("non_prosecution", samples.STATUTORY),
    ("non_prosecution", samples.CONDITIONAL),
    ("non_prosecution", samples.UNIT_NOT_PROSECUTED),
    ("recommendation", samples.RECOMMENDATION_TWO),
    ("recommendation", samples.RECOMMENDATION_LISTED),
    ("recommendation", samples.RECOMMENDATION_PARTS),
    ("plea", samples.PLEA),
    ("plea", samples.PLEA_OLDER),
    ("report", samples.REPORT_PROSECUTION),
    ("report", samples.REPORT_ARREST),
    ("ruling", samples.UPHELD),
    ("ruling", samples.REMANDED),
    ("ruling", samples.APPEAL_WITHDRAWN),
    ("ruling", samples.PROSECUTION_WITHDRAWN),
    ("ruling", samples.COMMUTED),
    ("judgment", samples.CHANGED),
    ("judgment", samples.RETRIAL),
    ("judgment", JUDGMENT),
    ("indictment", samples.INDICTMENT_UNIT),
    ("indictment", INDICTMENT),
    ("indictment_change", samples.ADDITION),
    ("civil_indictment", samples.CIVIL_INDICTMENT),
    ("opinion", samples.SUPERVISION_OPINION),
    ("opinion", OPINION),
]


def _without_heading(text: str) -> str:
    """The text as a copy that begins with the first party or paragraph."""
    lines = text.splitlines(keepends=True)
    title = next(i for i, line in enumerate(lines) if "书" in line or "报告" in line)
    number = lines[title + 1].rstrip().endswith("号")
    return "".join(lines[title + (2 if number else 1) :])


@pytest.mark.parametrize(("kind", "text"), KINDS)
def test_a_kind_is_told_however_the_text_is_laid_out(kind: str, text: str) -> None:
    assert classify(text).type == kind
    assert classify(samples.one_line(text)).type == kind
    assert classify(text.replace("\n", " ")).type == kind


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kind, text)
        for kind, text in KINDS
        # These say what they are in their titles alone.
        if kind not in ("indictment_change", "civil_indictment") and text != samples.STATUTORY
    ],
)
def test_a_kind_is_told_without_its_heading(kind: str, text: str) -> None:
    assert classify(_without_heading(text)).type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # Titles as offices write them.
        (samples.DISCRETIONARY.replace("不 起 诉 决 定 书", "不起诉决定书（副本）"), "non_prosecution"),
        (samples.RECOMMENDATION_TWO.replace("量刑建议书", "调整量刑建议书"), "recommendation"),
        (samples.PLEA.replace("认罪认罚具结书\n一", "具结书\n一"), "plea"),
        (samples.REPORT_PROSECUTION.replace("公诉案件审查报告", "案件审查报告"), "report"),
        (samples.REPORT_PROSECUTION.replace("公诉案件审查报告", "审查起诉报告"), "report"),
        (samples.REPORT_PROSECUTION.replace("公诉案件审查报告", "关于曾庆丰等人涉嫌盗窃一案的审查报告"), "report"),
        (samples.REPORT_PROSECUTION.replace("公诉案件审查报告", "捕诉一体案件审查报告（普通版）"), "report"),
        (samples.REPORT_ARREST.replace("审查逮捕意见书", "审查逮捕案件意见书"), "report"),
        (samples.UPHELD.replace("刑 事 裁 定 书", "刑事附带民事裁定书"), "ruling"),
        (samples.UPHELD.replace("刑 事 裁 定 书", "裁 定 书"), "ruling"),  # the number says 刑
        (samples.CHANGED.replace("刑 事 判 决 书", "刑事附带民事判决书"), "judgment"),
        (samples.ADDITION.replace("追加起诉决定书", "变更起诉决定书"), "indictment_change"),
        (samples.ADDITION.replace("追加起诉决定书", "补充起诉书"), "indictment_change"),
        (samples.ADDITION.replace("追加起诉决定书", "撤回起诉决定书"), "indictment_change"),
        (
            samples.CIVIL_INDICTMENT.replace("刑事附带民事公益诉讼起诉书", "刑事附带民事起诉书"),
            "civil_indictment",
        ),
        # Another document, though it speaks of the same things.
        (samples.DISCRETIONARY.replace("不 起 诉 决 定 书", "撤销不起诉决定书"), "unknown"),
        (samples.DISCRETIONARY.replace("不 起 诉 决 定 书", "不起诉理由说明书"), "unknown"),
        (samples.DISCRETIONARY.replace("不 起 诉 决 定 书", "免予起诉决定书"), "unknown"),
        (samples.PLEA.replace("认罪认罚具结书\n一", "认罪认罚从宽制度告知书\n一"), "unknown"),
        (samples.REPORT_PROSECUTION.replace("公诉案件审查报告", "民事案件审查报告"), "unknown"),
        (samples.CHANGED.replace("刑 事 判 决 书", "审理报告"), "unknown"),
        ("云川省临江市青岩区人民检察院\n刑事抗诉书\n临青检刑抗〔2023〕1号\n", "unknown"),
        ("临江市公安局\n不起诉意见书\n被不起诉人沈立群，男。", "unknown"),
        ("临江市青岩区人民法院\n强制医疗决定书\n（2023）云9902刑医1号\n", "unknown"),
        ("送达回证\n受送达人沈立群\n送达文书：不起诉决定书\n", "unknown"),
        # A title that the body contradicts.
        (INDICTMENT.replace("起 诉 书", "量刑建议书"), "unknown"),
        (INDICTMENT.replace("起 诉 书", "起诉意见书"), "unknown"),
        (samples.DISCRETIONARY.replace("不 起 诉 决 定 书", "起 诉 书"), "unknown"),
        (samples.CHANGED.replace("刑 事 判 决 书", "刑事裁定书"), "unknown"),
        (samples.DISCRETIONARY.replace("不起诉。", "提起公诉。"), "unknown"),
    ],
)  # fmt: skip
def test_titles(text: str, kind: str) -> None:
    assert classify(text).type == kind


@pytest.mark.data
def test_the_real_ones_are_told_with_instance_and_procedure(
    parse_text: Parse, development_data: Path
) -> None:
    rows = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    documents = [parse_text(json.loads(row)["fd"]) for row in rows]
    assert {d.type for d in documents} == {"judgment"}
    appeals = [d for d in documents if d.instance in ("second", "retrial")]
    assert len(appeals) == 11
    assert all(d.disposition and d.appeal and d.appeal.original_number for d in appeals)
    assert sum(d.procedure is None for d in documents) <= 1


# --------------------------------------------------------------------------- non-prosecution


@pytest.mark.parametrize(
    ("text", "kind", "provisions", "notified"),
    [
        (samples.DISCRETIONARY, "discretionary", [(177, 2)], ["被不起诉人", "被害人"]),
        (samples.INSUFFICIENT, "insufficient", [(175, 4)], ["被害人"]),
        (samples.STATUTORY, "statutory", [(173, 1)], ["被害人"]),
        (samples.CONDITIONAL, "conditional", [(282, 1)], ["被不起诉人", "被害人"]),
        (samples.UNIT_NOT_PROSECUTED, "discretionary", [(177, 2)], ["被不起诉单位"]),
    ],
)
def test_a_non_prosecution(
    parse_text: Parse, text: str, kind: str, provisions: list[object], notified: list[str]
) -> None:
    for layout in (text, samples.one_line(text)):
        decision = parse_text(layout).non_prosecution
        assert decision is not None
        assert decision.kind == kind
        assert [(s.article, s.paragraph) for s in decision.provisions] == provisions
        assert [n.value for n in decision.notified] == notified


@pytest.mark.parametrize(
    ("reasons", "kind"),
    [
        ("情节显著轻微、危害不大，不认为是犯罪。决定对沈立群不起诉。", "statutory"),
        ("犯罪情节轻微，不需要判处刑罚。依法决定对沈立群作相对不起诉处理，决定不起诉。", "discretionary"),
        ("事实不清、证据不足，不符合起诉条件。决定对沈立群不起诉。", "insufficient"),
        # 第一百七十七条 alone stands for two kinds: the words decide.
        ("犯罪情节轻微。依照《中华人民共和国刑事诉讼法》第一百七十七条的规定，决定对沈立群不起诉。", "discretionary"),
        ("考验期已满。依照《中华人民共和国刑事诉讼法》第二百八十四条第二款的规定，决定对沈立群不起诉。", "fulfilled"),
        ("依照《中华人民共和国刑事诉讼法》第一百四十二条第二款的规定，决定对沈立群不起诉。", "discretionary"),  # text of 1996
        ("理由另述。决定对沈立群不起诉。", None),  # nothing tells it
    ],
)  # fmt: skip
def test_the_kind_of_a_non_prosecution(parse_text: Parse, reasons: str, kind: str | None) -> None:
    start = samples.DISCRETIONARY.index("本院认为")
    end = samples.DISCRETIONARY.index("扣押的")
    text = samples.DISCRETIONARY[:start] + f"本院认为，{reasons}\n" + samples.DISCRETIONARY[end:]
    decision = parse_text(text).non_prosecution
    assert decision is not None
    assert decision.kind == kind


def test_who_is_not_prosecuted_is_read_like_a_defendant(parse_text: Parse) -> None:
    document = parse_text(samples.DISCRETIONARY)
    (person,) = document.defendants
    assert (person.name.value, [c.value for c in person.charges]) == ("沈立群", ["盗窃罪"])
    assert [m.kind for m in person.measures] == ["bail"]
    assert [c.name for c in person.counsel] == ["方志远"]
    assert document.police is not None
    assert document.police.value == "临江市公安局青岩分局"
    assert set(document.dates) == {"issued", "transferred", "informed", "offence"}
    assert document.non_prosecution is not None
    assert document.non_prosecution.property is not None
    assert document.non_prosecution.property.value.startswith("扣押的作案工具")


def test_the_police_still_call_him_a_suspect(parse_text: Parse) -> None:
    """以犯罪嫌疑人…涉嫌: 犯罪 is no charge; a remark under the title is no part of the number."""
    text = samples.DISCRETIONARY.replace("以被不起诉人沈立群涉嫌", "以犯罪嫌疑人沈立群涉嫌")
    text = text.replace("不 起 诉 决 定 书\n", "不 起 诉 决 定 书（相对不起诉）")
    document = parse_text(text)
    (person,) = document.defendants
    assert [c.value for c in person.charges] == ["盗窃罪"]
    assert document.number is not None
    assert document.number.value == "临青检刑不诉〔2023〕17号"


def test_in_a_case_of_doubt_the_story_is_the_polices(parse_text: Parse) -> None:
    document = parse_text(samples.INSUFFICIENT)
    accusation = document.section("accusation")
    assert accusation is not None
    assert accusation.speaker == "police"
    assert [f.speaker for f in document.facts] == ["police"]


# --------------------------------------------------------------------------- course and foot


@pytest.mark.parametrize(
    ("course", "returns", "extensions"),
    [
        (
            "本院于2022年1月7日第一次退回侦查机关补充侦查，侦查机关于2022年2月6日补查重报；于2022年3月20日第二次退回补充侦查，侦查机关于2022年4月19日补查重报。",
            [("2022-01-07", "2022-02-06", 1), ("2022-03-20", "2022-04-19", 1)],
            [],
        ),
        (
            "其间，因事实不清、证据不足，退回补充侦查二次（自2022年1月7日至2022年2月6日；自2022年3月20日至2022年4月19日）。",
            [("2022-01-07", "2022-02-06", 1), ("2022-03-20", "2022-04-19", 1)],
            [],
        ),
        (
            "因案情复杂，本院于2022年3月6日至2022年3月21日延长审查起诉期限一次。",
            [],
            [("2022-03-06", "2022-03-21", 1)],
        ),
        (
            "因案件重大、复杂，延长审查起诉期限一次（自2022年3月6日至同月21日），退回补充侦查一次（自2022年3月22日至2022年4月20日）。",
            [("2022-03-22", "2022-04-20", 1)],
            [("2022-03-06", "2022-03-21", 1)],
        ),
        # both told at once, each with its own end
        (
            "本院于2022年1月7日、3月20日两次退回补充侦查，侦查机关于同年2月6日、4月19日补充侦查完毕移送本院。",
            [("2022-01-07", "2022-02-06", 1), ("2022-03-20", "2022-04-19", 1)],
            [],
        ),
        ("期间，两次退回公安机关补充侦查。", [(None, None, 2)], []),  # only counted
        ("本院依法审查了全部案件材料。", [], []),
    ],
)  # fmt: skip
def test_returns_and_extensions(
    parse_text: Parse, course: str, returns: list[object], extensions: list[object]
) -> None:
    mark = "审查了全部案件材料。\n"
    document = parse_text(INDICTMENT.replace(mark, mark.strip() + course + "\n"))

    def days(value: object) -> Iterator[object]:
        for interval in value:  # type: ignore[attr-defined]
            ends = [d.date.isoformat() if d else None for d in (interval.start, interval.end)]
            yield (*ends, interval.times)

    assert list(days(document.returns)) == returns
    assert list(days(document.extensions)) == extensions


def test_who_was_told_and_heard(parse_text: Parse) -> None:
    document = parse_text(samples.INDICTMENT_UNIT)
    assert [(c.whom, c.date.date.isoformat() if c.date else None) for c in document.informed] == [
        ("被告单位", "2022-03-05"),
        ("被告人", "2022-03-05"),
        ("被害人", "2022-03-06"),
    ]
    assert [c.whom for c in document.heard] == ["被告人", "辩护人", "被害人"]


def test_all_accused_are_told_on_the_day_of_filing(parse_text: Parse) -> None:
    start, end = INDICTMENT.index("本案由"), INDICTMENT.index("经依法审查查明")
    course = (
        "本案经临江市公安局侦查终结，以被告人罗庆生涉嫌危险驾驶罪，向本院移送起诉。本院于2023年5月10日收到卷宗，"
        "当日立案受理并告知二被告人诉讼权利义务，审查了全部案件材料。\n"
    )
    document = parse_text(INDICTMENT[:start] + course + INDICTMENT[end:])
    assert document.police is not None
    assert document.police.value == "临江市公安局"
    assert [(c.whom, str(c.date and c.date.date)) for c in document.informed] == [
        ("被告人", "2023-05-10")
    ]
    assert str(document.dates["informed"].value.date) == "2023-05-10"


@pytest.mark.parametrize(
    ("foot", "signed"),
    [
        ("审判长 蒋文斌\n审判员 白雪\n", [("审判长", "蒋文斌"), ("审判员", "白雪")]),
        ("审 判 长　　蒋文斌\n代理审判员　　白 雪\n", [("审判长", "蒋文斌"), ("代理审判员", "白雪")]),
        ("审判长蒋文斌人民陪审员何玉", [("审判长", "蒋文斌"), ("人民陪审员", "何玉")]),
        ("审判员：买买提·阿不都\n", [("审判员", "买买提·阿不都")]),
        ("审判员 蒋某某\n", [("审判员", "蒋某某")]),
        ("审判员 乌日娜\n书记员 何月\n", [("审判员", "乌日娜"), ("书记员", "何月")]),
        ("审判员 蒋文斌二〇二三年五月二十五日书记员 杨可欣", [("审判员", "蒋文斌"), ("书记员", "杨可欣")]),
        ("审判员 蒋文斌\n本件与原本核对无异\n书记员 杨可欣", [("审判员", "蒋文斌"), ("书记员", "杨可欣")]),
        ("审判员\n二〇二三年五月二十五日\n", [("审判员", None)]),  # the name was masked away
    ],
)  # fmt: skip
def test_signatories(parse_text: Parse, foot: str, signed: list[object]) -> None:
    text = JUDGMENT[: JUDGMENT.index("审判员 蒋文斌")] + foot
    assert [(s.title, s.name) for s in parse_text(text).signatories] == signed


def test_the_foot_of_an_indictment(parse_text: Parse) -> None:
    for text in (samples.INDICTMENT_UNIT, samples.one_line(samples.INDICTMENT_UNIT)):
        document = parse_text(text)
        assert document.addressee is not None
        assert document.addressee.value == "临江市青岩区人民法院"
        assert [(s.title, s.name) for s in document.signatories] == [
            ("检察官", "冯雅琴"),
            ("检察官助理", "郑一凡"),
        ]
        assert [a.value for a in document.attachments] == [
            "被告人邱万里现羁押于临江市看守所",
            "案卷材料和证据六册、光盘二张",
            "证人名单一份",
        ]


def test_a_unit_and_who_stands_for_it(parse_text: Parse) -> None:
    for text in (samples.INDICTMENT_UNIT, samples.UNIT_NOT_PROSECUTED):
        unit, person = parse_text(text).defendants
        assert (unit.unit, person.unit) == (True, False)
        told = (unit.registration, unit.legal_representative, unit.litigation_representative)
        assert [f.value for f in told if f] == ["91539902MA6P0X4T2K", "邱万里", "卢静"]
        assert person.registration is None


# --------------------------------------------------------------------------- every sample


def _spans(value: object) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name != "source":
                yield from _spans(getattr(value, name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        yield from _spans(list(value.values()))


TEXTS = [text for _, text in KINDS]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_splice_breaks_a_reader_and_every_span_quotes_its_place(data: st.DataObject) -> None:
    first, second = data.draw(st.sampled_from(TEXTS)), data.draw(st.sampled_from(TEXTS))
    cut, take = data.draw(st.integers(0, len(first))), data.draw(st.integers(0, len(second)))
    # An empty text is refused, which has its own test.
    assume((first[:cut] + second[take:]).strip())
    document = parse(source_from_text(first[:cut] + second[take:]))
    assert json.dumps(document_json(document), ensure_ascii=False)
    for span in _spans(document):
        assert span.quote == document.text[span.start : span.end]
