"""Circumstances: the near misses at which each check stays silent, and what it cannot decide."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, hits

from assistant.casefile import CaseFile
from assistant.checks import registry

CAME = "2023年3月6日，被告人林志远主动到公安机关投案，如实供述了上述事实。"
SURRENDER = "被告人林志远犯罪以后自动投案，如实供述自己的罪行，系自首"
BY_LAW = "，依据《中华人民共和国刑法》第六十七条第一款的规定，可以从轻或者减轻处罚。"
PLEA = "被告人林志远自愿认罪认罚，依据《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。"
ARRESTED = "因涉嫌盗窃罪，于2023年3月6日"
DRUGS = (
    ("秘密窃取他人财物，数额较大", "向他人贩卖毒品"),
    ("盗窃罪", "贩卖毒品罪"),
    ("第二百六十四条", "第三百四十七条第一款"),
)
THEFT_PRIOR = (
    "因犯盗窃罪，于2015年4月1日被江城市云溪区人民法院判处有期徒刑八个月，2015年10月9日刑满释放。"
)
PAROLE = "2014年4月1日因犯抢劫罪被江城市云溪区人民法院判处有期徒刑五年，2017年10月9日被假释，假释考验期至{}止。"
FINED = "曾因犯盗窃罪，于2011年4月1日被江城市云溪区人民法院判处罚金二千元。"
FAILED = ("窃得现金人民币3000元", "欲行窃，因被店员发现而未得逞。窃取的目标为现金人民币3000元")
COMPLETED = ("窃得现金人民币3000元", "撬锁未得逞，后又翻窗入内，窃得现金人民币3000元")
FORGIVEN = (CAME, CAME + "案发后，被告人林志远的亲属赔偿被害人损失并取得谅解。")


def indictment(*changes: Change) -> CaseFile:
    return case(changed(INDICTMENT, changes))


def judgment(*changes: Change) -> CaseFile:
    return case(judgment=changed(JUDGMENT, changes))


def weighed(also: str) -> Change:
    return SURRENDER, SURRENDER + also


@pytest.mark.parametrize(
    ("code", "whole", "why"),
    [
        ("CIRC-001", judgment((SURRENDER, "被告人林志远主动到公安机关投案，供述罪行，系自首"), (CAME, "")), "both elements are told, elsewhere than in the facts"),
        ("CIRC-002", indictment((CAME, "2023年3月6日，被告人林志远被抓获。"), (SURRENDER + BY_LAW, "被告人林志远退赔全部损失，可以从轻处罚。"), (PLEA, "")), "he confessed nothing"),
        ("CIRC-004", indictment((CAME, CAME + "被告人林志远检举他人犯罪行为，经查证属实。")), "it was found true"),
        ("CIRC-007", judgment(*DRUGS, (ARRESTED.replace("盗窃", "贩卖毒品"), THEFT_PRIOR + ARRESTED.replace("盗窃", "贩卖毒品"))), "a theft is no drug crime"),
        ("CIRC-006", indictment((ARRESTED, PAROLE.format("2018年3月1日") + ARRESTED)), "five years after the end of the parole"),
        ("CIRC-010", judgment(FAILED, weighed("，犯罪未遂")), "the attempt is weighed"),
        ("CIRC-010", judgment(COMPLETED), "an attempt the same story completes"),
        ("CIRC-011", judgment(("1990年5月12日", "2006年5月12日"), weighed("，犯罪时不满十八周岁")), "the age is weighed"),
        ("CIRC-012", judgment(("汉族，初中文化", "汉族，系又聋又哑的人"), weighed("，又系又聋又哑的人")), "it is weighed"),
        ("CIRC-014", judgment(weighed("，虽系累犯，应当从重处罚，但综合全案，本院决定对被告人林志远从轻处罚")), "weighed against each other"),
        ("CIRC-017", judgment(FORGIVEN, weighed("，已赔偿损失并取得谅解")), "redress is weighed"),
        ("CIRC-018", indictment((ARRESTED, FINED + ARRESTED), weighed("。被告人林志远有前科，酌情从重处罚")), "a fine by the court is a conviction"),
    ],
)  # fmt: skip
def test_near_misses_are_left_alone(code: str, whole: CaseFile, why: str) -> None:
    assert hits(code, whole) == [], why


def test_the_years_of_recidivism_run_from_the_end_of_the_parole() -> None:
    """The theft of 2023 lies within five years of that end."""
    told = indictment((ARRESTED, PAROLE.format("2018年9月30日") + ARRESTED))
    assert [h.fields["name"] for h in hits("CIRC-006", told)] == ["林志远"]


@pytest.mark.parametrize(
    ("code", "told"), [("CIRC-002", CAME), ("CIRC-010", FAILED[1]), ("CIRC-017", FORGIVEN[1])]
)
def test_an_indictment_that_weighs_nothing_is_undecided(code: str, told: str) -> None:
    bare = changed(INDICTMENT, ((SURRENDER + BY_LAW, ""), (PLEA, ""), ("，并自愿认罪认罚", "")))
    place = FAILED[0] if code == "CIRC-010" else CAME
    results = [r for _, r in registry.results(code, case(changed(bare, ((place, told),))))]
    assert [type(r) for r in results] == [registry.Undecided]
    assert "量刑建议书" in results[0].reason
