"""The opinion and the notice: every sentence rests on findings, quotes and provisions."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from results import finding, result

from assistant.drafting.grounding import unsupported
from assistant.drafting.notice import notice
from assistant.drafting.opinion import passages
from assistant.drafting.sentences import Sentence, sources_of
from assistant.reports import render, render_notice
from knowledge_base.drafting import handling

TEMPLATE = "羁押期限：起诉书 2023年5月1日，判决书 2023年5月10日"
WORDED = "起诉书写明的羁押期限为2023年5月1日，判决书写明为2023年5月10日。"


def decided(status: str = "confirmed", **changes: Any) -> dict[str, Any]:
    """A finding of procedure as the store gives it back."""
    base = {"status": status, "message": TEMPLATE, "title": "羁押期限不一致", **changes}
    return finding("PROC-001", **{"category": "procedure", "dimension": "procedure", **base})


def test_a_sentence_says_whose_findings_it_tells_and_what_it_rests_on() -> None:
    given = result(decided(), finding("CMP-006", "serious", status="edited"))
    found = passages(given)
    assert [p.title for p in found] == ["事实认定", "办案程序"]
    for passage in found:
        for sentence in passage.sentences:
            number = sentence.findings
            if not number:  # counts of the paragraph, put together by code
                assert sentence.text.startswith("经评查")
                continue
            of = given["findings"][number[0] - 1]
            assert all(quote in [e["quote"] for e in of["evidence"]] for quote in sentence.quotes)
            said_by_code = "相关规定 建议"
            refusal = unsupported(sentence.text, [*sources_of(of), said_by_code])
            assert refusal is None, sentence.text
    assert "〔问题1〕" in found[1].text
    assert found[1].text.count("〔问题1〕") == 1


def test_only_what_people_confirmed_is_an_opinion_and_drafts_stand_apart() -> None:
    given = result(decided("rejected"), decided("draft"), decided("undecidable"))
    found = passages(given)
    assert [(p.title, p.draft) for p in found] == [("待确认", True)]
    assert "〔问题2〕" in found[0].text
    assert "载：" not in found[0].text, "what nobody confirmed is told in one sentence"
    assert passages(result(decided("rejected"))) == []


def wording(text: str) -> dict[str, Any]:
    row = {"code": "PROC-001", "template": TEMPLATE, "wording": text}
    return {"model": {"calls": 1, "wordings": [row]}}


@pytest.mark.parametrize(
    ("message", "told", "by"),
    [
        (WORDED, WORDED, "model"),  # the model's words, true to the template
        # a wording that an older program let pass: the template speaks again
        ("起诉书写明的羁押期限为2023年5月2日。", TEMPLATE + "。", "template"),
    ],
)
def test_a_models_wording_is_checked_again_when_it_is_used(
    message: str, told: str, by: str
) -> None:
    given = result(decided(message=message), **wording(message))
    sentence = passages(given)[0].sentences[1]
    assert (sentence.text, sentence.by) == (told, by)


def test_a_persons_words_are_kept_and_what_no_source_says_is_pointed_out() -> None:
    edited = decided(
        "edited",
        message="羁押期限两处记载不一致，承办人魏淑珍称系笔误。",
        original={"message": TEMPLATE},
    )
    sentence = passages(result(edited))[0].sentences[1]
    assert (sentence.text, sentence.by) == (edited["message"], "person")
    assert "魏淑珍" in sentence.doubt
    text = _docx_text(render(result(edited), ".docx"))
    assert "问题1经人改写后，内容超出来源" in text


def test_the_notice_tells_procedure_by_weight_and_holds_back_what_waits() -> None:
    given = result(
        decided(severity="moderate"),
        decided(severity="minor"),
        decided("draft", severity="serious"),
        finding("CMP-006", status="confirmed"),  # facts are no matter of process monitoring
        decided(evidence=[{**decided()["evidence"][1]}]),  # the court's document alone
    )
    found = notice(given)
    assert [p.number for p in found.problems] == [1]
    assert [p.number for p in found.spoken] == [2]
    assert [p.number for p in found.waiting] == [3]
    assert not found.reported
    assert notice(result(decided(severity="serious"))).reported
    text = _docx_text(render_notice(given, ".docx"))
    for words in (
        "流程监控通知书（草稿）",
        "韩立成盗窃罪一案",
        "临青检刑诉〔2023〕88号",
        "羁押期限不一致",
        f"收到本通知书后{handling()['moderate'].reply_days}日内",
        "《中华人民共和国刑法》第二百六十四条",
        "另作口头提示",
        "确认前不得发出",
        "签发",
    ):
        assert words in text, words
    assert "报告检察长" not in text


def test_a_notice_without_problems_says_so_and_asks_nothing() -> None:
    text = _docx_text(render_notice(result(decided("draft")), ".docx"))
    assert "没有经人确认、须书面通知的程序问题" in text
    assert "处理要求" not in text


def test_quotes_in_quotes_and_long_ones_stay_verbatim_pieces() -> None:
    quote = "被告人供称“当时喝了酒”，" + "后驾车沿河东街行驶" * 20
    told = decided(evidence=[{**decided()["evidence"][0], "quote": quote}])
    sentence: Sentence = passages(result(told))[0].sentences[2]
    shown = sentence.text.split("“", 1)[1].rsplit("”", 1)[0]
    assert shown.endswith("……")
    assert shown[:-2].replace("‘", "“").replace("’", "”") in quote
    assert sentence.quotes == (quote,)


def _docx_text(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])
