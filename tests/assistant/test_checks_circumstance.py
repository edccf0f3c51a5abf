"""Circumstances: each check speaks where the sample is made wrong, and is silent beside it."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, hits

from assistant.casefile import CaseFile
from assistant.checks import registry


class Row(NamedTuple):
    """A way to make one document wrong, where the check must point, and a near miss."""

    code: str
    document: str
    changes: tuple[Change, ...]
    points_at: str
    right: tuple[Change, ...]
    why: str


CAME = "2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。"
SURRENDER = "被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首"
BY_LAW = "，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。"
PLEA = "被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。"
NO_MORE = "并自愿认罪认罚"
DRUGS = (
    ("秘密窃取他人财物，数额较大", "向他人贩卖毒品"),
    ("盗窃罪", "贩卖毒品罪"),
    ("第二百六十四条", "第三百四十七条第一款"),
)
DRUG_PRIOR = (
    "因涉嫌贩卖毒品罪，于2023年3月6日",
    "因犯贩卖毒品罪，于2015年4月1日被江城市云溪区人民法院判处有期徒刑八个月，2015年10月9日刑满释放。因涉嫌贩卖毒品罪，于2023年3月6日",
)
THEFT_PRIOR = (DRUG_PRIOR[0], DRUG_PRIOR[1].replace("因犯贩卖毒品罪", "因犯盗窃罪"))
ADMINISTRATIVE = (
    "因涉嫌盗窃罪，于2023年3月6日",
    "曾因盗窃，于2021年4月1日被江城市公安局云溪分局行政拘留十日。因涉嫌盗窃罪，于2023年3月6日",
)
CONVICTED = (
    "因涉嫌盗窃罪，于2023年3月6日",
    "曾因犯盗窃罪，于2011年4月1日被江城市云溪区人民法院判处罚金二千元。因涉嫌盗窃罪，于2023年3月6日",
)
FAILED = ("窃得现金人民币3000元", "欲行窃，因被店员发现而未得逞。窃取的目标为现金人民币3000元")

ROWS = (
    Row(
        "CIRC-001", "judgment",
        ((CAME, "2023年3月6日，被告人林志远被民警抓获。"), (SURRENDER, "被告人林志远系自首"), ("亦无异议，", "")),
        "自首",
        ((SURRENDER, "被告人林志远主动到公安机关投案，供述罪行，系自首"), (CAME, "")),
        "neither element of a surrender is told",
    ),
    Row(
        "CIRC-002", "indictment",
        ((CAME, "2023年3月6日，被告人林志远被抓获，如实供述了上述事实。"), (SURRENDER + BY_LAW, "被告人林志远退赔被害人全部损失，可以从轻处罚。"), (PLEA, "")),
        "如实供述",
        ((CAME, "2023年3月6日，被告人林志远被抓获。"), (SURRENDER + BY_LAW, "被告人林志远退赔被害人全部损失，可以从轻处罚。"), (PLEA, "")),
        "a confession told and not weighed beside what is",
    ),
    Row(
        "CIRC-004", "indictment",
        ((CAME, CAME + "被告人林志远到案后检举了他人的犯罪行为。"),),
        "检举",
        ((CAME, CAME + "被告人林志远到案后检举他人犯罪行为，经查证属实。"),),
        "information on another crime, nothing said of whether it is true",
    ),
    Row("CIRC-007", "judgment", (*DRUGS, DRUG_PRIOR), "贩卖毒品罪", (*DRUGS, THEFT_PRIOR), "a second drug crime"),
    Row(
        "CIRC-010", "judgment",
        (FAILED,),
        "未得逞",
        (FAILED, (SURRENDER, SURRENDER + "，犯罪未遂")),
        "the attempt stands in the facts and is not weighed",
    ),
    Row(
        "CIRC-011", "judgment",
        (("1990年5月12日", "2006年5月12日"),),
        "2006年5月12日",
        (("1990年5月12日", "2006年5月12日"), (SURRENDER, SURRENDER + "，犯罪时不满十八周岁")),
        "sixteen at the act, and no word of it",
    ),
    Row(
        "CIRC-012", "judgment",
        (("汉族，初中文化，个体经营", "汉族，系又聋又哑的人"),),
        "又聋又哑",
        (("汉族，初中文化，个体经营", "汉族，系又聋又哑的人"), (SURRENDER, SURRENDER + "，又系又聋又哑的人")),
        "deaf and mute, and no word of it",
    ),
    Row(
        "CIRC-014", "judgment",
        ((SURRENDER, SURRENDER + "，又系累犯，应当从重处罚。综上，本院决定对被告人林志远从轻处罚"),),
        "从轻处罚",
        ((SURRENDER, SURRENDER + "，虽系累犯，应当从重处罚，但综合全案，本院决定对被告人林志远从轻处罚"),),
        "a recidivist treated leniently without a word why",
    ),
    Row(
        "CIRC-017", "judgment",
        ((CAME, CAME + "案发后，被告人林志远的亲属赔偿被害人损失并取得谅解。"),),
        "谅解",
        ((CAME, CAME + "案发后，被告人林志远的亲属赔偿被害人损失并取得谅解。"), (SURRENDER, SURRENDER + "，已赔偿损失并取得谅解")),
        "redress in the facts, none in the reasons",
    ),
    Row(
        "CIRC-018", "indictment",
        (ADMINISTRATIVE, (SURRENDER, SURRENDER + "。被告人林志远有前科，酌情从重处罚")),
        "有前科",
        (CONVICTED, (SURRENDER, SURRENDER + "。被告人林志远有前科，酌情从重处罚")),
        "a police fine is no conviction",
    ),
)  # fmt: skip


def _case(row: Row, changes: tuple[Change, ...]) -> CaseFile:
    if row.document == "indictment":
        return case(changed(INDICTMENT, changes))
    return case(judgment=changed(JUDGMENT, changes))


@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r.code}: {r.why}")
def test_speaks_where_wrong_and_only_there(row: Row) -> None:
    found = hits(row.code, _case(row, row.changes))
    places = [span.quote for one in found for span in one.evidence]
    assert any(row.points_at in quote for quote in places), places
    assert hits(row.code, _case(row, row.right)) == []


@pytest.mark.parametrize("code", sorted({row.code for row in ROWS}))
def test_the_right_sample_is_left_alone(code: str) -> None:
    assert hits(code, case(INDICTMENT, JUDGMENT)) == []


def test_an_indictment_that_weighs_nothing_is_undecided() -> None:
    bare = changed(INDICTMENT, ((SURRENDER + BY_LAW, ""), (PLEA, ""), ("，并" + NO_MORE[1:], "")))
    told = [r for _, r in registry.results("CIRC-002", case(bare))]
    assert [type(r) for r in told] == [registry.Undecided]
    assert "量刑建议书" in told[0].reason


def test_an_attempt_the_same_story_completes_is_no_attempt() -> None:
    completed = (("窃得现金人民币3000元", "撬锁未得逞，后又翻窗入内，窃得现金人民币3000元"),)
    assert hits("CIRC-010", case(judgment=changed(JUDGMENT, completed))) == []
