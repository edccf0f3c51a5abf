"""What each person got, from operative parts of every shape."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingestion.extract import parse
from ingestion.model import CaseDocument, Sentence, Term
from ingestion.readers import source_from_text

HEAD = """临江市青岩区人民法院
刑事判决书
（2022）云9902刑初31号
公诉机关临江市青岩区人民检察院。
{people}
临江市青岩区人民检察院以临青检刑诉〔2022〕9号起诉书指控被告人{names}犯{charge}，于2022年1月20日向本院提起公诉。本院依法组成合议庭，公开开庭审理了本案。现已审理终结。
经审理查明：2021年11月5日的事实。
本院认为，其行为已构成犯罪。依照《中华人民共和国刑法》第六十一条之规定，判决如下：
"""
TAIL = """
如不服本判决，可在接到判决书的第二日起十日内提出上诉。
审判长 汪立群
二〇二二年三月十五日
书记员 林小禾
"""


def judgment(operative: str, *names: str, charge: str = "盗窃罪") -> CaseDocument:
    """A first-instance judgment of `names` with that operative part."""
    names = names or ("杜长河",)
    people = "\n".join(f"被告人{n}，男，1990年3月4日出生，汉族，无业。" for n in names)
    head = HEAD.format(people=people, names="、".join(names), charge=charge)
    return parse(source_from_text(head + operative + TAIL))


def facts(sentence: Sentence | None) -> dict[str, Any]:
    """Only what the sentence sets, so that a table row shows all of it."""
    if sentence is None:
        return {}
    default = Sentence(span=sentence.span).model_dump()
    return {k: v for k, v in sentence.model_dump().items() if v != default[k]}


def term(months: int, days: int = 0) -> dict[str, int]:
    return {"months": months, "days": days}


def prison(months: int, **more: Any) -> dict[str, Any]:
    return {"main": "imprisonment", "term": term(months), **more}


@pytest.mark.parametrize(
    ("operative", "expected"),
    [
        # the plain form, fine in Chinese numerals
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑一年二个月，并处罚金人民币三千元。",
            prison(14, fine_fen=300000),
        ),
        # months and days, fine with a full-width comma
        (
            "被告人杜长河犯盗窃罪，判处拘役四个月十五日，并处罚金人民币2，000元（已缴纳）。",
            {"main": "detention", "term": term(4, 15), "fine_fen": 200000},
        ),
        # probation without punctuation before it
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑一年缓刑二年（缓刑考验期自判决确定之日起计算），并处罚金一千元。",
            prison(12, probation=term(24), fine_fen=100000),
        ),
        # a remark between the parts must not hide the fine
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑一年（刑期从判决执行之日起计算，即自2021年11月6日起至2022年11月5日止），并处罚金一万二千元。",
            prison(12, fine_fen=1200000),
        ),
        # a bracket that is never closed
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑一年，并处罚金一千元（限判决生效后十日内缴纳。",
            prison(12, fine_fen=100000),
        ),
        # the unit of the months got lost, as in a real judgment
        ("被告人杜长河犯盗窃罪，判处有期徒刑六个；", prison(6)),
        ("被告人杜长河犯盗窃罪，判处管制六个月。", {"main": "control", "term": term(6)}),
        # a fine and nothing else
        (
            "被告人杜长河犯盗窃罪，单处罚金人民币叁万元。",
            {"fine_fen": 3000000, "fine_only": True},
        ),
        ("被告人杜长河犯盗窃罪，免予刑事处罚。", {"exempt": True}),
        # exempt from the main penalty, a fine none the less
        (
            "被告人杜长河犯盗窃罪，免除刑事处罚，并处罚金一千元。",
            {"exempt": True, "fine_fen": 100000},
        ),
        ("被告人杜长河无罪。", {"acquitted": True}),
        ("被告人杜长河的行为不构成犯罪，宣告无罪。", {"acquitted": True}),
        ("宣告被告人杜长河不负刑事责任。", {"acquitted": True}),
        (
            "被告人杜长河犯盗窃罪，判处无期徒刑，剥夺政治权利终身，并处没收个人全部财产。",
            {"main": "life", "deprivation_life": True, "confiscate_all": True},
        ),
        (
            "被告人杜长河犯盗窃罪，判处死刑，缓期二年执行，剥夺政治权利终身，并处没收财产人民币五万元。",
            {
                "main": "death",
                "death_reprieve": True,
                "deprivation_life": True,
                "confiscation_fen": 5000000,
            },
        ),
        (
            "被告人杜长河犯盗窃罪，判处死刑，剥夺政治权利终身。",
            {"main": "death", "deprivation_life": True},
        ),
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑十五年，剥夺政治权利二年，罚金人民币1.5万元，驱逐出境。",
            prison(180, deprivation=term(24), fine_fen=1500000, deportation=True),
        ),
        # confiscated goods are an order, not a confiscation of property
        (
            "被告人杜长河犯盗窃罪，判处有期徒刑一年。违法所得人民币5000元予以没收。",
            prison(12),
        ),
        # the charge before the name
        ("以盗窃罪判处被告人杜长河有期徒刑一年，并处罚金一千元。", prison(12, fine_fen=100000)),
        ("被告人杜长河以盗窃罪判处有期徒刑一年。", prison(12)),
    ],
)
def test_one_person_one_charge(operative: str, expected: dict[str, Any]) -> None:
    (person,) = judgment(operative).defendants
    ((charge, sentence),) = person.verdicts.items()
    assert charge == "盗窃罪"
    assert facts(sentence) == expected
    assert person.combined is None


def test_an_acquittal_is_no_conviction() -> None:
    (person,) = judgment("被告人杜长河无罪。").defendants
    assert person.charges == []


def test_several_counts_and_the_combined_sentence() -> None:
    (person,) = judgment(
        "一、被告人杜长河犯盗窃罪，判处有期徒刑八个月，并处罚金1800元；犯抢劫罪，判处有期徒刑三年，"
        "并处罚金1000元，数罪并罚，决定执行有期徒刑三年零二个月，并处罚金2800元。"
    ).defendants
    assert {c: facts(s) for c, s in person.verdicts.items()} == {
        "盗窃罪": prison(8, fine_fen=180000),
        "抢劫罪": prison(36, fine_fen=100000),
    }
    assert facts(person.combined) == prison(38, fine_fen=280000)
    assert [c.value for c in person.charges] == ["盗窃罪", "抢劫罪"]
    assert person.sentence == person.combined


@pytest.mark.parametrize(
    "merged",
    [
        "与原犯诈骗罪，判处有期徒刑二年，并处罚金五千元，两罪并罚",  # 原犯
        "与前罪诈骗罪判处的刑罚二年合并",  # 前罪
        "与本院（2020）云9902刑初8号刑事判决书所判处尚未执行的有期徒刑二年，实行数罪并罚",
        "与临江市北川县人民法院（2020）云9903刑初5号刑事判决中对杜长河犯诈骗罪，判处有期徒刑二年数罪并罚",
        "原犯诈骗罪被判处有期徒刑二年，并处罚金五千元",
    ],
)
def test_an_earlier_sentence_is_merged_but_not_imposed(merged: str) -> None:
    (person,) = judgment(
        "一、撤销本院（2020）云9902刑初8号刑事判决中对被告人杜长河宣告的缓刑。"
        f"二、被告人杜长河犯盗窃罪，判处有期徒刑一年，并处罚金一千元；{merged}，"
        "决定执行有期徒刑二年六个月，并处罚金六千元。"
    ).defendants
    assert {c: facts(s) for c, s in person.verdicts.items()} == {
        "盗窃罪": prison(12, fine_fen=100000)
    }
    assert facts(person.combined) == prison(30, fine_fen=600000)


def test_several_people_each_in_his_own_item() -> None:
    doc = judgment(
        "一、被告人杜长河犯盗窃罪，判处有期徒刑一年；\n（刑期自2021年11月6日起至2022年11月5日止。）\n"
        "二、被告人康某犯盗窃罪，判处拘役三个月，缓刑六个月；\n三、责令被告人杜长河、康某退赔被害人损失。",
        "杜长河",
        "康某",
    )
    first, second = doc.defendants
    assert facts(first.verdicts["盗窃罪"]) == prison(12)
    assert facts(second.verdicts["盗窃罪"]) == {
        "main": "detention",
        "term": term(3),
        "probation": term(6),
    }
    assert [o.value for o in doc.orders] == ["责令被告人杜长河、康某退赔被害人损失"]


@pytest.mark.parametrize(
    "operative",
    [
        "被告人杜长河犯盗窃罪，判处有期徒刑一年；被告人康某犯盗窃罪，判处有期徒刑八个月。",  # one item
        "被告人杜长河、康某犯盗窃罪，分别判处有期徒刑一年、八个月。",  # 分别, in the order named
        "被告人杜长河、康某犯盗窃罪，分别判处有期徒刑一年、有期徒刑八个月。",  # kinds repeated
    ],
)
def test_two_people_in_one_item(operative: str) -> None:
    first, second = judgment(operative, "杜长河", "康某").defendants
    assert facts(first.verdicts["盗窃罪"]) == prison(12)
    assert facts(second.verdicts["盗窃罪"]) == prison(8)


def test_one_sentence_for_all_named_together() -> None:
    doc = judgment(
        "被告人杜长河、康某犯盗窃罪，均判处有期徒刑八个月，并处罚金人民币一千元。", "杜长河", "康某"
    )
    assert [facts(d.verdicts["盗窃罪"]) for d in doc.defendants] == [prison(8, fine_fen=100000)] * 2


def test_counts_of_one_person_in_numbered_lines() -> None:
    (person,) = judgment(
        "被告人杜长河犯盗窃罪，判处有期徒刑一年。\n犯诈骗罪，判处有期徒刑二年。\n决定执行有期徒刑二年六个月。"
    ).defendants
    assert set(person.verdicts) == {"盗窃罪", "诈骗罪"}
    assert facts(person.combined) == prison(30)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("杜长何", "杜长河"),  # a slip in one character
        ("杜某河", "杜长河"),  # masked in one place only
        ("古丽·买买提", "古丽•买买提"),  # two kinds of dots
    ],
)
def test_a_name_with_a_slip_still_finds_its_person(written: str, known: str) -> None:
    doc = judgment(
        f"一、被告人{written}犯盗窃罪，判处有期徒刑一年。二、被告人康某犯盗窃罪，判处有期徒刑八个月。",
        known,
        "康某",
    )
    assert [facts(d.verdicts["盗窃罪"]) for d in doc.defendants] == [prison(12), prison(8)]


def test_masked_names_are_not_mixed_up() -> None:
    doc = judgment(
        "一、被告人张某某犯盗窃罪，判处有期徒刑一年。二、被告人张某犯盗窃罪，判处有期徒刑八个月。",
        "张某",
        "张某某",
    )
    assert {d.name.value: d.verdicts["盗窃罪"].term.months for d in doc.defendants} == {
        "张某": 8,
        "张某某": 12,
    }


def test_nobody_new_is_made() -> None:
    doc = judgment(
        "一、被告人杜长河犯盗窃罪，判处有期徒刑一年。二、被告人完颜宏亮犯盗窃罪，判处有期徒刑八个月。",
        "杜长河",
        "康某",
    )
    assert [d.name.value for d in doc.defendants] == ["杜长河", "康某"]
    assert facts(doc.defendants[0].verdicts["盗窃罪"]) == prison(12)
    assert doc.defendants[1].verdicts == {}


# --------------------------------------------------------------------------- custody


@pytest.mark.parametrize(
    ("remark", "start", "end", "credited"),
    [
        (
            "（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自2021年11月6日起至2022年11月5日止。）",
            "2021-11-06",
            "2022-11-05",
            None,
        ),
        # without 起 and 止
        (
            "（羁押一日折抵刑期一日，即刑期从2021年11月6日至2022年11月5日）",
            "2021-11-06",
            "2022-11-05",
            None,
        ),
        # Chinese numerals
        (
            "（即自二〇二一年十一月六日起至二〇二二年十一月五日止）",
            "2021-11-06",
            "2022-11-05",
            None,
        ),
        # days credited, the range of the custody before
        (
            "（羁押一日折抵刑期一日，折抵2021年11月6日至同年11月18日共13天。即自2022年3月29日起至2023年3月15日止。）",
            "2022-03-29",
            "2023-03-15",
            13,
        ),
        (
            "（羁押一日折抵刑期一日，共折抵2日，即自2022年3月1日起至2023年2月26日止）",
            "2022-03-01",
            "2023-02-26",
            2,
        ),
        (
            "（刑期自2022年3月1日起至2023年2月26日止，先行羁押的二日已扣除）",
            "2022-03-01",
            "2023-02-26",
            2,
        ),
    ],
)
def test_custody_dates(remark: str, start: str, end: str, credited: int | None) -> None:
    (person,) = judgment(f"被告人杜长河犯盗窃罪，判处有期徒刑一年。\n{remark}").defendants
    dates = person.custody_dates
    assert dates is not None
    assert (dates.start.date.isoformat(), dates.end.date.isoformat()) == (start, end)
    assert dates.credited_days == credited


def test_custody_dates_belong_to_the_person_named_beside_them() -> None:
    first, second = judgment(
        "被告人杜长河、康某犯盗窃罪，均判处有期徒刑一年（杜长河的刑期自2021年11月6日起至2022年11月5日止；"
        "康某的刑期自2021年12月6日起至2022年12月5日止）。",
        "杜长河",
        "康某",
    ).defendants
    assert first.custody_dates is not None
    assert second.custody_dates is not None
    assert first.custody_dates.start.date.month == 11
    assert second.custody_dates.start.date.month == 12


def test_custody_dates_within_a_sentence_are_of_the_one_it_sentences() -> None:
    first, second = judgment(
        "被告人杜长河犯盗窃罪，判处有期徒刑一年（刑期自2021年11月6日起至2022年11月5日止），并处罚金一千元。\n"
        "被告人康某犯盗窃罪，单处罚金一千元。",
        "杜长河",
        "康某",
    ).defendants
    assert first.custody_dates is not None
    assert second.custody_dates is None


# --------------------------------------------------------------------------- appeals

APPEAL = """云川省临江市中级人民法院
刑事判决书
（2022）云99刑终12号
原公诉机关临江市青岩区人民检察院。
上诉人（原审被告人）杜长河，男，1990年3月4日出生，汉族，无业。
原审被告人康某，男，1992年3月4日出生，汉族，无业。
临江市青岩区人民法院审理临江市青岩区人民检察院指控原审被告人杜长河、康某犯盗窃罪一案，于2022年3月15日作出（2022）云9902刑初31号刑事判决。原审被告人杜长河不服，提出上诉。本院依法组成合议庭审理了本案。现已审理终结。
原判认定，被告人杜长河、康某于2021年11月5日窃得手机一部。原审法院据此判决：一、被告人杜长河犯盗窃罪，判处有期徒刑一年，并处罚金三千元；二、被告人康某犯盗窃罪，判处拘役五个月，并处罚金一千元。
经审理查明的事实与原判一致。
本院认为，原判量刑不当。依照《中华人民共和国刑事诉讼法》第二百三十六条之规定，判决如下：
{operative}
本判决为终审判决。
审判长 邵永年
二〇二二年六月一日
"""


@pytest.mark.parametrize(
    "operative",
    [
        # the changed sentence counts, what was quoted in order to be undone does not
        "一、维持临江市青岩区人民法院（2022）云9902刑初31号刑事判决第二项；\n二、撤销临江市青岩区人民法院（2022）云9902刑初31号刑事判决第一项，即：被告人杜长河犯盗窃罪，判处有期徒刑一年，并处罚金三千元；\n三、上诉人（原审被告人）杜长河犯盗窃罪，判处有期徒刑八个月，并处罚金二千元。",
        # 变更…为: what stands behind it is the new sentence
        "变更临江市青岩区人民法院（2022）云9902刑初31号刑事判决第一项为：上诉人杜长河犯盗窃罪，判处有期徒刑八个月，并处罚金二千元。",
        # in one sentence
        "撤销临江市青岩区人民法院（2022）云9902刑初31号刑事判决第一项；上诉人（原审被告人）杜长河犯盗窃罪，判处有期徒刑八个月，并处罚金二千元。",
    ],
)
def test_an_appeal_gives_the_sentence_as_changed(operative: str) -> None:
    doc = parse(source_from_text(APPEAL.format(operative=operative)))
    first, second = doc.defendants
    assert facts(first.verdicts["盗窃罪"]) == prison(8, fine_fen=200000)
    assert facts(second.verdicts["盗窃罪"]) == {
        "main": "detention",
        "term": term(5),
        "fine_fen": 100000,
    }


def test_an_appeal_dismissed_for_one_leaves_his_first_sentence() -> None:
    operative = "一、驳回上诉人杜长河的上诉，维持原判对其定罪量刑部分；\n二、原审被告人康某犯盗窃罪，判处拘役三个月，缓刑六个月。"
    first, second = parse(source_from_text(APPEAL.format(operative=operative))).defendants
    assert facts(first.verdicts["盗窃罪"]) == prison(12, fine_fen=300000)
    assert second.verdicts["盗窃罪"].probation == Term(months=6)


def test_what_is_upheld_in_words_stands() -> None:
    doc = parse(
        source_from_text(
            APPEAL.format(
                operative="一、维持临江市青岩区人民法院（2022）云9902刑初31号刑事判决第二项，即被告人康某犯盗窃罪，判处拘役五个月；\n二、上诉人杜长河无罪。"
            )
        )
    )
    first, second = doc.defendants
    assert [facts(s) for s in first.verdicts.values()] == [{"acquitted": True}]
    assert second.verdicts["盗窃罪"].term == Term(months=5)


# --------------------------------------------------------------------------- orders, units


def test_orders_are_kept_clause_by_clause() -> None:
    doc = judgment(
        "一、被告人杜长河犯盗窃罪，判处有期徒刑一年。\n二、追缴被告人杜长河违法所得人民币300元，予以没收；扣押的手机一部，发还被害人；\n三、作案工具予以没收。"
    )
    assert [o.value for o in doc.orders] == [
        "追缴被告人杜长河违法所得人民币300元，予以没收",
        "扣押的手机一部，发还被害人",
        "作案工具予以没收",
    ]


def test_a_unit_is_fined_and_its_manager_sentenced() -> None:
    text = HEAD.format(
        people="被告单位临江市腾飞物资有限公司，住所地临江市。\n被告人杜长河，男，1990年3月4日出生，汉族，无业。",
        names="杜长河",
        charge="单位行贿罪",
    )
    doc = parse(
        source_from_text(
            text
            + "一、被告单位临江市腾飞物资有限公司犯单位行贿罪，判处罚金人民币十万元；\n二、被告人杜长河犯单位行贿罪，判处拘役四个月。"
            + TAIL
        )
    )
    unit, person = doc.defendants
    assert unit.unit
    assert facts(unit.verdicts["单位行贿罪"]) == {"fine_fen": 10000000, "fine_only": True}
    assert facts(person.verdicts["单位行贿罪"]) == {"main": "detention", "term": term(4)}


@pytest.mark.data
def test_nearly_every_real_defendant_has_a_verdict(development_data: Path) -> None:
    lines = (development_data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    people = [d for x in lines for d in parse(source_from_text(json.loads(x)["fd"])).defendants]
    sentenced = [d for d in people if d.verdicts or d.combined]
    assert len(sentenced) / len(people) >= 0.99


def test_a_charge_that_stands_twice_keeps_both_sentences() -> None:
    doc = judgment(
        "被告人杜长河犯盗窃罪，判处有期徒刑一年；犯盗窃罪，判处有期徒刑八个月，决定执行有期徒刑一年四个月。"
    )
    (person,) = doc.defendants
    assert facts(person.verdicts["盗窃罪"]) == prison(12)
    assert [facts(s) for s in person.further["盗窃罪"]] == [prison(8)]
    assert [facts(s) for s in person.sentences] == [prison(12), prison(8)]
    assert facts(person.sentence) == prison(16)
