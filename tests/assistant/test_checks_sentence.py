"""Recommendations and penalties: the near misses at which each check stays silent."""

from __future__ import annotations

import pytest
from check_samples import INDICTMENT, JUDGMENT, Change, case, changed, hits, read

from assistant.casefile import CaseFile
from assistant.checks import gold, registry

RECOMMENDATION = gold.sample("recommendation", "recommendation")
PLEA = gold.sample("plea", "plea")
VERDICT = "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元。"
SURRENDER = "系自首，依法可以从轻处罚"
TWO = "被告人林志远犯盗窃罪，判处有期徒刑九个月，并处罚金人民币三千元；犯诈骗罪，判处有期徒刑八个月，并处罚金人民币二千元；决定执行有期徒刑一年二个月，并处罚金人民币五千元。"
PRIOR = "因犯诈骗罪，于{day}被江城市云溪区人民法院判处有期徒刑八个月，缓刑一年。因涉嫌盗窃罪，于2023年3月6日"


def recommendation(*changes: Change) -> CaseFile:
    return CaseFile({"recommendation": read("recommendation", changed(RECOMMENDATION, changes))})


def judgment(*changes: Change) -> CaseFile:
    return case(judgment=changed(JUDGMENT, changes))


@pytest.mark.parametrize(
    ("code", "whole", "why"),
    [
        ("SENT-002", recommendation(("有期徒刑九个月，并处", "单处")), "a fine alone is a whole recommendation"),
        ("SENT-003", judgment(("有期徒刑九个月", "拘役五个月")), "detention lies in the lowest tier"),
        ("SENT-003", judgment(("现金人民币3000元", "现金人民币97400元"), ("5600元", "100000元"), ("数额较大", "数额巨大")), "surrender lets the court go down a tier"),
        ("SENT-007", judgment(("罚金人民币三千元", "罚金人民币一千元")), "the least fine there is"),
        ("SENT-007", judgment(("罚金人民币三千元", "罚金人民币五百元"), (SURRENDER, SURRENDER + "，犯罪时不满十八周岁")), "a minor's fine may be lower"),
        ("SENT-008", recommendation(("有期徒刑九个月", "有期徒刑八个月至十个月")), "two months are allowed"),
        ("SENT-008", recommendation(("有期徒刑九个月", "有期徒刑十个月至一年二个月")), "across the year the wider limit counts"),
        ("SENT-010", recommendation(("因其具有以下", "因被害人是否谅解尚待确定，提出幅度刑建议。因其具有以下"), ("有期徒刑九个月", "有期徒刑八个月至九个月")), "the range is explained"),
        ("SENT-012", judgment((SURRENDER, SURRENDER + "，犯罪时不满十八周岁，但有再犯罪的危险，不宜适用缓刑")), "why not is said"),
        ("SENT-015", judgment((VERDICT, TWO)), "the fines are added"),
        ("SENT-016", judgment(("判处有期徒刑九个月，并处罚金人民币三千元", "判处无期徒刑，剥夺政治权利终身，并处没收个人全部财产")), "deprivation for life goes with it"),
        ("SENT-017", judgment(("因涉嫌盗窃罪，于2023年3月6日", PRIOR.format(day="2021年9月1日"))), "the probation was over"),
        ("SENT-017", judgment(("因涉嫌盗窃罪，于2023年3月6日", PRIOR.format(day="2022年9月1日")), (VERDICT, "撤销前罪的缓刑；" + VERDICT)), "the suspension is revoked"),
        ("SENT-022", judgment(("个体经营", "小学教师")), "theft has nothing to do with pupils"),
    ],
)  # fmt: skip
def test_near_misses_are_left_alone(code: str, whole: CaseFile, why: str) -> None:
    assert hits(code, whole) == [], why


def test_new_rules_do_not_measure_old_documents() -> None:
    two_kinds = (("有期徒刑八个月至十个月", "拘役五个月至有期徒刑八个月"),)
    now = changed(INDICTMENT, two_kinds)
    before = changed(now, (("2023", "2020"),))
    assert hits("SENT-009", case(now))
    assert hits("SENT-009", case(before))
    assert "SENT-009" in {f.code for f in registry.run(case(now))[0]}
    assert "SENT-009" not in {f.code for f in registry.run(case(before))[0]}


def test_the_same_recommendation_in_three_documents() -> None:
    fixed = changed(INDICTMENT, (("八个月至十个月，并处罚金", "九个月，并处罚金人民币三千元"),))
    whole = CaseFile(
        {
            "indictment": read("indictment", fixed),
            "recommendation": read("recommendation", RECOMMENDATION),
            "plea": read("plea", PLEA),
        }
    )
    assert hits("SENT-019", whole) == []
    whole.documents["plea"] = read(
        "plea", changed(PLEA, (("罚金人民币三千元", "罚金人民币二千元"),))
    )
    parts = {hit.fields["parts"] for hit in hits("SENT-019", whole)}
    assert parts == {"罚金"}


def test_a_plea_without_a_readable_recommendation_is_said() -> None:
    torn = changed(PLEA, (("：建议判处林志远有期徒刑九个月，并处罚金人民币三千元", "见附件"),))
    whole = recommendation()
    whole.documents["plea"] = read("plea", torn)
    told = [r for _, r in registry.results("SENT-019", whole)]
    assert [r.reason for r in told if isinstance(r, registry.Undecided)] == [
        "无法判断：认罪认罚具结书中对林志远的量刑建议未能读出"
    ]
