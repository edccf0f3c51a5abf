"""Reports, appeals and rulings: read to the fields of their kinds."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ingestion.model import CaseDocument
from tests.ingestion import kind_samples as samples
from tests.samples import JUDGMENT

Parse = Callable[[str], CaseDocument]


# --------------------------------------------------------------------------- report


def test_a_report_keeps_the_polices_version_apart(parse_text: Parse) -> None:
    for text in (samples.REPORT_PROSECUTION, samples.one_line(samples.REPORT_PROSECUTION)):
        document = parse_text(text)
        speakers = {s.kind: s.speaker for s in document.sections}
        assert (speakers["accusation"], speakers["facts"]) == ("police", "prosecution")
        assert speakers["defence"] == "defence"
        people = [
            (d.name.value, [c.value for c in d.charges], [c.value for c in d.accused_of])
            for d in document.defendants
        ]
        assert people == [
            ("曾庆丰", ["盗窃罪"], ["盗窃罪"]),
            ("钱立", ["掩饰、隐瞒犯罪所得罪"], ["盗窃罪"]),
        ]
        assert document.stage == "prosecution"
        assert document.proposal is not None
        assert document.proposal.value == "prosecute"
        assert [len(document.returns), len(document.extensions)] == [1, 1]


@pytest.mark.parametrize(
    ("heading", "kind", "speaker"),
    [
        ("侦查机关认定的犯罪事实与意见", "accusation", "police"),
        ("移送审查起诉认定的事实", "accusation", "police"),
        ("临江市公安局青岩分局认定的犯罪事实", "accusation", "police"),
        ("调查机关认定的违法犯罪事实", "accusation", "police"),
        ("起诉意见书认定的事实", "accusation", "police"),
        ("经依法审查后认定的案件事实及证据", "facts", "prosecution"),
        ("审查查明的事实", "facts", "prosecution"),
        ("发案、立案、破案经过", "procedure", "prosecution"),
        ("犯罪嫌疑人到案经过", "procedure", "prosecution"),
        ("受案和审查过程", "procedure", "prosecution"),
        ("听取辩护人、被害人意见情况", "defence", "defence"),
        ("社会危险性分析", "reasoning", "prosecution"),
        ("需要说明的问题", "reasoning", "prosecution"),
        ("承办检察官审查意见", "reasoning", "prosecution"),
    ],
)
def test_the_headings_of_a_report(parse_text: Parse, heading: str, kind: str, speaker: str) -> None:
    text = (
        "临江市青岩区人民检察院\n案件审查报告\n承办人：冯雅琴\n一、犯罪嫌疑人基本情况\n"
        f"犯罪嫌疑人曾庆丰，男，涉嫌盗窃罪。\n二、{heading}\n内容如下：略去不述。\n"
        "（一）犯罪嫌疑人供述和辩解：供认不讳。\n三、处理意见\n拟对曾庆丰提起公诉。\n"
    )
    sections = {s.span.quote[2 : 2 + len(heading)]: s for s in parse_text(text).sections}
    assert (sections[heading].kind, sections[heading].speaker) == (kind, speaker)
    assert "供认不讳" in sections[heading].span.quote


@pytest.mark.parametrize(
    ("sentence", "proposal"),
    [
        ("建议不批准逮捕犯罪嫌疑人曾庆丰", "no_arrest"),
        ("建议批准逮捕犯罪嫌疑人曾庆丰", "arrest"),
        ("拟对犯罪嫌疑人曾庆丰作出不批准逮捕的决定", "no_arrest"),
        ("拟对曾庆丰提起公诉", "prosecute"),
        ("应当以盗窃罪对曾庆丰起诉", "prosecute"),
        ("拟对曾庆丰作相对不起诉处理", "no_prosecution"),
        ("建议对曾庆丰附条件不起诉", "conditional"),
        ("拟将本案退回公安机关补充侦查", "return"),
        ("请领导审阅", None),
    ],
)
def test_what_a_report_proposes(parse_text: Parse, sentence: str, proposal: str | None) -> None:
    text = samples.REPORT_ARREST.replace("建议不批准逮捕犯罪嫌疑人曾庆丰", sentence)
    document = parse_text(text)
    assert document.stage == "arrest"
    assert (document.proposal.value if document.proposal else None) == proposal


# --------------------------------------------------------------------------- appeal and ruling


def _verdict(document: CaseDocument, original: bool = False) -> dict[str, tuple[int, int | None]]:
    """Months and fine of each person's only verdict: what is in force, or what was before."""
    return {
        d.name.value: (s.term.months, s.fine_fen)
        for d in document.defendants
        for s in (d.original if original else d.verdicts).values()
    }


@pytest.mark.parametrize(
    ("text", "instance", "disposition", "now", "before"),
    [
        (samples.UPHELD, "second", "upheld", {"曾庆丰": (12, 400000)}, {"曾庆丰": (12, 400000)}),
        (samples.REMANDED, "second", "remanded", {}, {"曾庆丰": (12, 400000)}),
        (
            samples.APPEAL_WITHDRAWN,
            "second",
            "appeal_withdrawn",
            {"梁超": (10, None)},
            {"梁超": (10, None)},
        ),
        (samples.PROSECUTION_WITHDRAWN, "first", "prosecution_withdrawn", {}, {}),
        (samples.COMMUTED, "unknown", "commuted", {}, {}),
        (
            samples.CHANGED,  # one part upheld, two changed
            "second",
            "changed",
            {"曾庆丰": (48, 3000000), "陶勇": (18, 1000000), "钱立": (8, 500000)},
            {"曾庆丰": (36, 2000000), "陶勇": (36, 1000000), "钱立": (8, 500000)},
        ),
        (samples.RETRIAL, "retrial", "changed", {"罗庆生": (0, None)}, {"罗庆生": (8, 200000)}),
        (JUDGMENT, "first", None, {"罗庆生": (1, 300000)}, {}),  # nothing was attacked
    ],
)
def test_the_verdict_in_force(
    parse_text: Parse,
    text: str,
    instance: str,
    disposition: str | None,
    now: dict[str, object],
    before: dict[str, object],
) -> None:
    for layout in (text, samples.one_line(text)):
        document = parse_text(layout)
        assert document.instance == instance
        assert (document.disposition.value if document.disposition else None) == disposition
        assert _verdict(document) == now
        assert _verdict(document, original=True) == before


TWO_COUNTS = samples.UPHELD.replace("裁 定 书", "判 决 书").replace(
    "判决：被告人曾庆丰犯盗窃罪，判处有期徒刑一年，并处罚金人民币四千元。",
    "判决：被告人曾庆丰犯盗窃罪，判处有期徒刑一年，并处罚金人民币四千元；犯诈骗罪，判处有期徒刑八个月，并处罚金人民币二千元，决定执行有期徒刑一年六个月，并处罚金人民币六千元。",
)
FIRST = "临江市青岩区人民法院（2023）云9902刑初188号刑事判决"


@pytest.mark.parametrize(
    ("operative", "now", "combined"),
    [
        # One count is upheld by name, the other punished anew.
        (
            f"一、维持{FIRST}中对被告人曾庆丰犯盗窃罪的定罪量刑部分；二、撤销{FIRST}中对被告人曾庆丰犯诈骗罪的量刑部分及决定执行的刑罚；三、上诉人曾庆丰犯诈骗罪，判处有期徒刑六个月，并处罚金人民币二千元；与盗窃罪判处的有期徒刑一年，并处罚金人民币四千元并罚，决定执行有期徒刑一年三个月，并处罚金人民币六千元。",
            {"盗窃罪": 12, "诈骗罪": 6},
            15,
        ),
        # Both anew.
        (
            f"一、撤销{FIRST}；二、上诉人曾庆丰犯盗窃罪，判处有期徒刑十个月，并处罚金人民币三千元；犯诈骗罪，判处有期徒刑六个月，并处罚金人民币二千元，决定执行有期徒刑一年，并处罚金人民币五千元。",
            {"盗窃罪": 10, "诈骗罪": 6},
            12,
        ),
        # Two counts become one.
        (
            f"一、撤销{FIRST}；二、上诉人曾庆丰犯诈骗罪，判处有期徒刑一年，并处罚金人民币二千元。",
            {"诈骗罪": 12},
            None,
        ),
        # Only the manner: the quoted old sentence is undone, the new one stands.
        (
            f"一、撤销{FIRST}，即被告人曾庆丰犯盗窃罪，判处有期徒刑一年，并处罚金人民币四千元；二、上诉人曾庆丰犯盗窃罪，判处有期徒刑一年，缓刑一年六个月，并处罚金人民币四千元。",
            {"盗窃罪": 12},
            None,
        ),
        (f"一、撤销{FIRST}；二、上诉人曾庆丰无罪。", {"盗窃罪": 0}, None),
    ],
)  # fmt: skip
def test_an_appeal_that_changes_a_part(
    parse_text: Parse, operative: str, now: dict[str, int], combined: int | None
) -> None:
    text = TWO_COUNTS.replace("裁定如下：\n驳回上诉，维持原判。", f"判决如下：\n{operative}")
    (person,) = parse_text(text.replace("本裁定为", "本判决为")).defendants
    assert {name: s.term.months for name, s in person.verdicts.items()} == now
    assert (person.combined.term.months if person.combined else None) == combined
    assert {name: s.term.months for name, s in person.original.items()} == {
        "盗窃罪": 12,
        "诈骗罪": 8,
    }


@pytest.mark.parametrize(
    ("operative", "disposition"),
    [
        ("驳回抗诉，维持原判。", "upheld"),
        ("驳回上诉人曾庆丰的上诉，维持原判。", "upheld"),
        ("一、撤销原判；二、发回临江市青岩区人民法院重新审判。", "remanded"),
        ("准许临江市人民检察院撤回抗诉。", "protest_withdrawn"),
        ("准许上诉人曾庆丰撤回上诉。", "appeal_withdrawn"),
        ("准予自诉人胡佩兰撤回自诉。", "prosecution_withdrawn"),
        ("本案终止审理。", "terminated"),
        ("中止对上诉人曾庆丰的审理。", "suspended"),
        ("对罪犯曾庆丰予以假释。", "paroled"),
        ("将罪犯曾庆丰的刑罚减为有期徒刑二十二年。", "commuted"),
        ("判决书第三页“二千元”补正为“三千元”。", "corrected"),
        ("驳回自诉人胡佩兰的起诉。", "dismissed"),
        ("核准云川省高级人民法院对曾庆丰判处死刑的判决。", "approved"),
    ],
)
def test_what_a_ruling_disposes(parse_text: Parse, operative: str, disposition: str) -> None:
    document = parse_text(samples.UPHELD.replace("驳回上诉，维持原判。", operative))
    assert document.disposition is not None
    assert document.disposition.value == disposition


def test_who_attacks_which_judgment(parse_text: Parse) -> None:
    appeal = parse_text(samples.CHANGED).appeal
    assert appeal is not None
    assert [a.value for a in appeal.appellants] == ["曾庆丰", "陶勇"]
    assert appeal.protest is not None
    assert appeal.protest.value == "云川省临江市青岩区人民检察院"
    assert appeal.original_court is not None
    assert appeal.original_court.value == "临江市青岩区人民法院"
    assert appeal.original_number is not None
    assert appeal.original_number.value == "（2022）云9902刑初88号"
    assert parse_text(JUDGMENT).appeal is None


def test_a_report_that_answers_the_defence(parse_text: Parse) -> None:
    """A section on the defence within a chapter: its points, and then the prosecutor's answer."""
    document = parse_text(
        "江城市云溪区人民检察院\n审查报告\n江云检刑审〔2024〕12号\n一、犯罪嫌疑人基本情况\n"
        "犯罪嫌疑人方大同，男，1990年5月12日出生。\n四、经审查认定的事实\n方大同窃得手机一部。\n"
        "五、需要说明的问题\n（一）关于辩护意见。辩护人韩青提出，方大同系自首；数额认定有误。"
        "经审查，方大同系被抓获，不构成自首，该意见不予采纳。\n"
        "（二）关于认罪认罚。方大同自愿认罪认罚。\n六、承办人意见\n应当以盗窃罪追究刑事责任。\n"
    )
    assert [a.text for a in document.arguments] == ["方大同系自首", "数额认定有误"]
    denied = [(c.key, c.polarity, c.speaker) for c in document.circumstances]
    assert ("surrender", "affirmed", "defence") in denied
    assert ("surrender", "denied", "prosecution") in denied
    assert ("plea_leniency", "affirmed", "prosecution") in denied


def test_a_report_without_numbered_headings(parse_text: Parse) -> None:
    bare = re.sub(r"[一二三四五六七八九十]、|（[一二三四五六]）", "", samples.REPORT_PROSECUTION)
    document = parse_text(bare)
    assert document.type == "report"
    assert [s.kind for s in document.sections][:2] == ["heading", "procedure"]
