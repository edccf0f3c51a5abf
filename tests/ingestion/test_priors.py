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


def test_a_probation_that_was_revoked_is_a_conviction_of_its_own() -> None:
    first, second = _priors(
        "2016年5月3日因犯抢劫罪被判处有期徒刑三年，缓刑四年；2018年7月2日因在缓刑考验期内犯盗窃罪被撤销缓刑，"
        "数罪并罚决定执行有期徒刑三年六个月，2021年3月1日刑满释放。"
    )
    assert (first.charge, first.released) == ("抢劫罪", None)
    assert (second.charge, second.term) == ("盗窃罪", Term(months=42))
    assert second.released
    assert str(second.released.date) == "2021-03-01"


def test_parole_ends_with_the_term() -> None:
    (prior,) = _priors(
        "2006年10月9日因犯抢劫罪被判处有期徒刑五年，2010年5月12日被假释，假释考验期至2011年3月8日止。"
    )
    assert prior.released
    assert prior.term_end
    assert (str(prior.released.date), str(prior.term_end.date)) == ("2010-05-12", "2011-03-08")


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


def test_what_belongs_to_a_suspended_sentence() -> None:
    (prior,) = _priors(
        "2019年8月6日因犯危险驾驶罪被青岩区人民法院判处拘役二个月，缓刑三个月，缓刑考验期自2019年8月17日起至同年11月16日止。"
    )
    assert (prior.penalty, prior.probation) == ("拘役二个月，缓刑三个月", Term(months=3))
    assert prior.probation_end
    assert str(prior.probation_end.date) == "2019-11-16"


def test_an_early_release_ends_the_penalty() -> None:
    (prior,) = _priors(
        "2006年10月因犯抢劫罪被江东市人民法院判处有期徒刑十年，剥夺政治权利一年，经减刑于2013年12月24日刑满释放。"
    )
    assert prior.penalty == "有期徒刑十年，剥夺政治权利一年"
    assert prior.released
    assert str(prior.released.date) == "2013-12-24"


def test_a_release_dated_by_the_conviction() -> None:
    (prior,) = _priors("2017年3月2日因犯寻衅滋事罪被判处有期徒刑十个月，次年1月3日释放。")
    assert prior.released
    assert (str(prior.released.date), prior.released.derived) == ("2018-01-03", True)


def test_the_end_of_the_term_and_an_act_under_eighteen() -> None:
    (prior,) = _priors(
        "2010年因犯抢劫罪被判处有期徒刑七年（犯罪时未满十八周岁），刑期至2017年2月3日止。"
    )
    assert prior.juvenile
    assert prior.term_end
    assert str(prior.term_end.date) == "2017-02-03"


def test_two_measures_of_one_decision_share_day_and_organ() -> None:
    found = _priors("2018年5月6日因吸毒被临江市公安局青岩分局行政拘留十五日，并责令社区戒毒三年。")
    assert [(p.penalty, p.authority, p.date and str(p.date.date)) for p in found] == [
        ("行政拘留十五日", "临江市公安局青岩分局", "2018-05-06"),
        ("社区戒毒三年", "临江市公安局青岩分局", "2018-05-06"),
    ]


def test_the_end_of_a_treatment_is_no_new_penalty() -> None:
    found = _priors("2019年4月2日因吸毒被强制隔离戒毒二年，2021年4月1日被解除强制隔离戒毒。")
    assert [p.penalty for p in found] == ["强制隔离戒毒二年"]


def test_an_impossible_day_is_kept_and_not_replaced() -> None:
    doc = judgment(
        parties="被告人卢承安，男，汉族。2012年1月5日因犯盗窃罪，于2013年2月30日被判处有期徒刑六个月。"
    )
    (prior,) = doc.defendants[0].priors
    assert (prior.charge, prior.date) == ("盗窃罪", None)
    assert [d.value for d in doc.impossible_dates] == ["2013年2月30日"]


def test_what_only_the_story_tells() -> None:
    doc = judgment(
        parties="被告人卢承安，男，汉族。曾因犯盗窃罪于2015年6月3日被判处有期徒刑一年六个月。",
        found="2023年2月1日，被告人卢承安窃得现金。另查明，被告人卢承安于2016年11月2日刑满释放。"
        "被告人卢承安曾因犯诈骗罪于2009年3月4日被临江市青岩区人民法院判处拘役三个月。",
    )
    (person,) = doc.defendants
    assert [(p.charge, p.released and str(p.released.date)) for p in person.priors] == [
        ("盗窃罪", "2016-11-02"),
        ("诈骗罪", None),
    ]
