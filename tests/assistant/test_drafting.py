"""What the model may put in its own words, and what may not change on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.casefile import CaseFile
from assistant.drafting.report import draft
from assistant.drafting.wording import check_wording, word
from assistant.findings import Finding
from assistant.model import Endpoint
from assistant.model.gateway import Gateway
from assistant.settings import Settings
from ingestion.model import Span


def finding(message: str, title: str = "犯罪数额不一致") -> Finding:
    return Finding(
        code="CMP-009",
        title=title,
        category="amount",
        dimension="facts",
        severity="serious",
        confidence=0.9,
        message=message,
        evidence=[Span(start=0, end=2, quote="数额", role="judgment")],
        values={"indictment": 1386000, "judgment": 1836000},
    )


AMOUNT = "犯罪数额：起诉书 13860元，判决书 18360元"
LAW = "判决书引用《中华人民共和国刑法》第二百六十四条，起诉书引用第二百六十六条"
CLOSING = "起诉书没有写明“此致”及致送的人民法院"
MISSING = "判决书未写明被告人康启明的羁押折抵日期"


@pytest.mark.parametrize(
    ("message", "wording"),
    [
        (AMOUNT, "起诉书认定的犯罪数额为13860元，判决书认定为18360元，二者不一致。"),
        (AMOUNT, "犯罪数额在起诉书中为13860元，判决书则认定18360元。"),
        (LAW, "起诉书引用的是第二百六十六条，判决书引用的是《中华人民共和国刑法》第二百六十四条。"),
        (MISSING, "判决书未写明对被告人康启明羁押日期的折抵。"),
    ],
)
def test_a_faithful_wording_stands(message: str, wording: str) -> None:
    assert check_wording(finding(message), wording) is None


@pytest.mark.parametrize(
    ("message", "wording", "reason"),
    [
        (AMOUNT, "起诉书认定13860元，判决书认定18630元。", "数字"),  # digits changed places
        (AMOUNT, "起诉书与判决书认定的犯罪数额不一致。", "遗漏"),  # the values are gone
        (AMOUNT, "判决书认定13860元，起诉书认定18360元。", "所属文书有变"),  # swapped
        (AMOUNT, "起诉书13860元，判决书18360元，相差4500元。", "数字"),  # sums of its own
        (AMOUNT, "起诉书13860元，判决书18360元，被告人王强应退赔。", "姓名"),  # somebody new
        (AMOUNT, "起诉书以诈骗罪认定13860元，判决书认定18360元。", "罪名"),  # a charge of its own
        (
            LAW,
            "判决书引用《中华人民共和国刑法》第二百六十四条，起诉书引用第二百六十七条。",
            "数字、日期或条文",
        ),
        (AMOUNT, "起诉书13860元，判决书18360元，称“以实际为准”。", "引文"),  # a quote nobody said
        (MISSING, "判决书写明了被告人康启明的羁押折抵日期。", "否定"),  # the opposite
        (
            AMOUNT,
            "起诉书13860元，判决书18360元，建议依法提起抗诉并追究相关承办人员的司法责任以儆效尤。",
            "内容超出来源",
        ),
        (AMOUNT, "起诉书为13860元，判决书应为18360元。", "应当"),  # an "is" became an "ought"
        (AMOUNT, "不符。", "长度"),
        # only the title said again, and what is missing is lost
        (CLOSING, "起诉书缺少结尾部分、致送对象。", "遗漏"),
        (CLOSING.replace("“此致”及", ""), "起诉书的结尾部分缺失。", "遗漏要点"),
    ],
)
def test_an_unfaithful_wording_is_dropped(message: str, wording: str, reason: str) -> None:
    title = "起诉书缺少结尾部分、致送对象缺失" if "致送" in message else "犯罪数额不一致"
    refusal = check_wording(finding(message, title), wording)
    assert refusal is not None
    assert reason in refusal


def test_a_charge_is_its_whole_name() -> None:
    message = "罪名：起诉书 合同诈骗罪，判决书 合同诈骗罪"
    refusal = check_wording(finding(message), "起诉书与判决书的罪名均为合同诈骗罪、诈骗罪。")
    assert refusal is not None
    assert "罪名" in refusal


def test_an_article_must_exist() -> None:
    message = "判决书引用《中华人民共和国刑法》第九百条"
    refusal = check_wording(finding(message), "判决书引用了《中华人民共和国刑法》第九百条。")
    assert refusal is not None
    assert "条文不存在" in refusal


def test_a_dead_model_leaves_the_templates(tmp_path: Path) -> None:
    dead = Gateway(
        Endpoint(url="http://127.0.0.1:9/v1", name="m", kind="configured"),
        Settings(home=tmp_path, cache=tmp_path, model_timeout=2),
    )
    findings = [finding(AMOUNT) for _ in range(8)]
    assert word(findings, dead) == findings
    assert dead.is_open
    reasons = [d.reason for d in dead.dropped]
    assert reasons.index("circuit_open") == 3, "after the circuit opens nothing more is asked"


def test_a_model_that_does_not_start_leaves_the_rules_result(tmp_path: Path) -> None:
    weights = tmp_path / "broken.gguf"
    weights.write_bytes(b"GGUF and nothing of a model")
    settings = Settings(home=tmp_path, cache=tmp_path, model_path=weights)
    given = [finding(AMOUNT), finding(MISSING)]
    done = draft(CaseFile(), given, model=True, settings=settings)
    assert done.findings == given
    assert [row.code for row in done.open] == ["MODEL"]
    assert "未能启动" in done.open[0].reason
    assert "2 次提问没有得到回答" in done.open[0].reason


def test_without_model_nothing_is_reported_of_one(tmp_path: Path) -> None:
    done = draft(
        CaseFile(), [finding(AMOUNT)], model=False, settings=Settings(home=tmp_path, cache=tmp_path)
    )
    assert done.findings == [finding(AMOUNT)]
    assert (done.model, done.model_name, done.reasoning) == (None, None, None)


@pytest.mark.model
@pytest.mark.slow
def test_the_real_model_changes_words_only(installed_model: Path, tmp_path: Path) -> None:
    from assistant.model import running
    from assistant.settings import load

    settings = load().model_copy(
        update={"home": tmp_path, "model_budget": 600.0, "model_timeout": 300.0}
    )
    before = [finding(AMOUNT), finding(MISSING, "折抵日期缺失")]
    with running(settings) as endpoint:
        gateway = Gateway(endpoint, settings)
        after = word(before, gateway)
    assert gateway.totals()["calls"] >= 2
    for old, new in zip(before, after, strict=True):
        assert new.model_copy(update={"message": old.message}) == old
        assert new.message == old.message or check_wording(old, new.message) is None
