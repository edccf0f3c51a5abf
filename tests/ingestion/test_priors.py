"""Earlier convictions and administrative penalties."""

from __future__ import annotations

from case_texts import judgment

from ingestion.model import Prior, Term


def _priors(story: str) -> list[Prior]:
    (person,) = judgment(parties=f"被告人卢承安，男，汉族。{story}").defendants
    return person.priors


def test_a_conviction_with_its_release() -> None:
    (prior,) = _priors(
        "曾因犯盗窃罪，于2015年6月3日被云川省临江市人民法院判处有期徒刑一年六个月，并处罚金人民币三千元，"
        "2016年11月2日刑满释放。"
    )
    assert (prior.kind, prior.charge, prior.court) == (
        "conviction",
        "盗窃罪",
        "云川省临江市人民法院",
    )
    assert prior.term == Term(months=18)
    assert prior.penalty == "有期徒刑一年六个月，并处罚金人民币三千元"
    assert prior.date
    assert str(prior.date.date) == "2015-06-03"
    assert prior.released
    assert str(prior.released.date) == "2016-11-02"


def test_a_release_belongs_to_the_conviction_before_it() -> None:
    first, second = _priors(
        "2001年3月1日因犯抢劫罪被判处有期徒刑三年；2009年5月13日因犯诈骗罪被判处有期徒刑七年。2014年12月12日刑满释放。"
    )
    assert first.released is None
    assert second.released
    assert str(second.released.date) == "2014-12-12"


def test_administrative_penalties_are_no_convictions() -> None:
    found = _priors(
        "因吸毒于2015年1月被行政拘留十日；因赌博于2016年2月3日被行政拘留五日，并处罚款五百元。"
    )
    assert [(p.kind, p.charge, p.penalty) for p in found] == [
        ("administrative", "吸毒", "行政拘留十日"),
        ("administrative", "赌博", "行政拘留五日，并处罚款五百元"),
    ]
    assert found[0].date is not None
    assert found[0].date.precision == "month"


def test_this_cases_measures_are_no_priors() -> None:
    assert _priors("因涉嫌犯盗窃罪于2023年1月2日被刑事拘留，同年2月1日被逮捕。") == []


def test_a_suspended_sentence_and_several_charges() -> None:
    (prior,) = _priors("2013年5月21日因犯盗窃罪、诈骗罪被本院判处有期徒刑一年，缓刑二年。")
    assert prior.charge == "盗窃罪、诈骗罪"
    assert prior.court == "临江市青岩区人民法院"
    assert prior.term == Term(months=12)
