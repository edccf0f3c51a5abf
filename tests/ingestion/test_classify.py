"""The kind of a document from its words alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingestion.classify import classify
from tests.samples import CIVIL_JUDGMENT, INDICTMENT, JUDGMENT

OPINION = """临江市公安局青岩分局
起 诉 意 见 书
临青公（刑）诉字〔2023〕66号
犯罪嫌疑人罗庆生，男，1988年6月9日出生。
犯罪嫌疑人罗庆生涉嫌危险驾驶一案，由民警在执勤中查获。现已侦查终结。
经依法侦查查明，有下列犯罪事实：2023年4月15日酒后驾车。
认定上述犯罪事实的证据如下：检验报告。
综上所述，犯罪嫌疑人罗庆生涉嫌危险驾驶罪，现将此案移送审查起诉。
此致
临江市青岩区人民检察院
"""

RECOMMENDATION = """临江市青岩区人民检察院
量 刑 建 议 书
临青检量建〔2023〕40号
被告人罗庆生涉嫌危险驾驶罪一案，经本院审查认为，建议判处拘役一个月。
此致
临江市青岩区人民法院
"""


def _one_line(text: str) -> str:
    return text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (INDICTMENT, "indictment"),  # spaced title on its own line
        (_one_line(INDICTMENT), "indictment"),  # a copy that lost its line breaks
        (INDICTMENT.split("号\n", 1)[1], "indictment"),  # a copy that lost its heading
        (JUDGMENT, "judgment"),
        (_one_line(JUDGMENT), "judgment"),
        (JUDGMENT.replace("\n", " "), "judgment"),  # line breaks turned to spaces
        (JUDGMENT.split("号\n", 1)[1], "judgment"),  # no heading, 判决如下 and 公诉机关 remain
        ("罗庆生危险驾驶一案一审刑事判决书\n" + JUDGMENT, "judgment"),  # heading of a web page
        (JUDGMENT.replace("刑 事 判 决 书", "刑事附带民事判决书"), "judgment"),
        (JUDGMENT.replace("刑 事 判 决 书", "判 决 书"), "judgment"),  # the number says 刑
        (OPINION, "opinion"),
        (_one_line(OPINION), "opinion"),
        (RECOMMENDATION, "recommendation"),
        # A document that changes an indictment, or claims money beside it, is not taken for it.
        (INDICTMENT.replace("起 诉 书", "追加起诉决定书"), "indictment_change"),
        (INDICTMENT.replace("起 诉 书", "变更起诉决定书"), "indictment_change"),
        (INDICTMENT.replace("起 诉 书", "刑事附带民事起诉书"), "civil_indictment"),
    ],
)
def test_the_kinds(text: str, kind: str) -> None:
    assert classify(text).type == kind


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (CIVIL_JUDGMENT, "民事判决书"),  # no criminal case
        (JUDGMENT.replace("刑 事 判 决 书", "刑事裁定书"), "刑事裁定书"),
        (INDICTMENT.replace("起 诉 书", "不 起 诉 决 定 书"), "不起诉决定书"),
        (INDICTMENT.replace("起 诉 书", "认罪认罚具结书"), "认罪认罚具结书"),
        (INDICTMENT + "诉讼请求：判令被告赔偿。", "起诉书"),  # a title that its body contradicts
    ],
)
def test_another_document_is_unknown_and_named(text: str, title: str) -> None:
    found = classify(text)
    assert (found.type, found.title) == ("unknown", title)


@pytest.mark.parametrize(
    "text",
    [
        "关于召开工作会议的通知\n各科室：定于周五上午召开会议。",
        "本院以临青检刑诉〔2023〕52号起诉书提起公诉的案件，请予安排开庭。",  # cites a title only
        "被告人罗庆生系初犯，请求从轻处罚。",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert classify(text).type == "unknown"


def test_the_title_is_given_with_its_place() -> None:
    found = classify(INDICTMENT)
    assert INDICTMENT[found.start : found.end] == "起 诉 书"
    assert found.title == "起诉书"


@pytest.mark.data
def test_real_documents_are_told_apart(development_data: Path) -> None:
    lines = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    assert {classify(json.loads(line)["fd"]).type for line in lines} == {"judgment"}
    indictments = sorted((development_data / "indictments").glob("*.txt"))
    assert {classify(p.read_text("utf-8")).type for p in indictments} == {"indictment"}
