"""Every table loads, is sound, and its errors would be seen."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base import circumstances, crimes, loader, penalties, procedure, validate
from knowledge_base.table_schemas import schemas, unread
from knowledge_base.validate_law import missing
from knowledge_base.validate_rows import gaps, overlapping


def test_no_problems() -> None:
    assert validate.problems() == []


@pytest.mark.parametrize("name", sorted(schemas()))
def test_rows_have_a_source(name: str) -> None:
    assert all(row.source.strip() for row in loader.rows(name, schemas()[name]))


def test_a_row_with_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="extra"):
        penalties.PenaltyLimit.model_validate(
            {"source": "x", "key": "a", "name": "a", "value": 1, "extra": 2}
        )


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="effective_to"):
        loader.Row(source="x", effective_from=date(2020, 1, 2), effective_to=date(2020, 1, 1))


def test_overlap_is_reported() -> None:
    twice = [
        crimes.Threshold(
            source="x", charge="盗窃罪", tier=1, low=(1, 2), effective_from=date(2010, 1, 1)
        ),
        crimes.Threshold(
            source="x", charge="盗窃罪", tier=1, low=(3, 4), effective_from=date(2012, 1, 1)
        ),
    ]
    assert list(overlapping("数额标准表", twice, lambda r: r.charge)) == [
        "数额标准表 盗窃罪：施行期间重叠。"
    ]


def test_a_gap_in_time_is_reported() -> None:
    rows = [
        penalties.PenaltyLimit(
            source="x", key="k", name="n", value=1, effective_to=date(2011, 4, 29)
        ),
        penalties.PenaltyLimit(
            source="x", key="k", name="n", value=2, effective_from=date(2011, 5, 1)
        ),
    ]
    assert list(gaps("刑罚期限表", rows, lambda r: r.key)) == [
        "刑罚期限表 k：2011-04-30至2011-04-30没有规定。"
    ]


def test_every_table_is_read_by_something() -> None:
    assert unread() == []


def test_a_missing_article_is_reported() -> None:
    assert list(missing("某表", "刑法", 999, None, (None,))) == [
        "某表：《刑法》第九百九十九条在法律数据库中不存在。"
    ]


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(loader.TableError, match="无法读取"):
        loader.raw("没有这张表")


@pytest.mark.parametrize(
    ("key", "effect"),
    [
        ("surrender", "可以从轻、减轻或者免除处罚"),
        ("accessory", "应当从轻、减轻或者免除处罚"),
        ("confession", "可以从轻处罚"),
        ("recidivist", "应当从重处罚"),
        ("principal", ""),
    ],
)
def test_effect_in_words(key: str, effect: str) -> None:
    rule = circumstances.rule(key)
    assert rule is not None
    assert rule.effect == effect


def test_confession_and_plea_do_not_mitigate() -> None:
    # 坦白、当庭认罪、退赃、谅解、认罪认罚 are no statutory ground to go below the minimum
    for key in ("confession", "court_plea", "restitution", "comp_forgive", "plea_leniency"):
        assert not circumstances.all()[key].allows_mitigation


@pytest.mark.parametrize(
    ("charge", "on", "tiers"),
    [
        # 职务侵占 became three tiers with Amendment XI
        ("职务侵占罪", date(2020, 1, 1), 2),
        ("职务侵占罪", date(2022, 1, 1), 3),
        ("贩卖毒品罪", date(2018, 1, 1), 4),
        ("危险驾驶罪", date(2015, 1, 1), 1),
    ],
)
def test_tiers_by_date(charge: str, on: date, tiers: int) -> None:
    rule = crimes.crime(charge, on)
    assert rule is not None
    assert len(rule.tiers) == tiers


def test_no_tiers_before_the_crime_existed() -> None:
    assert crimes.crime("危险驾驶罪", date(2011, 4, 30)) is None
    assert crimes.crime("不存在的罪") is None


def test_thresholds_change_with_the_interpretation() -> None:
    assert crimes.thresholds("职务侵占罪", date(2020, 1, 1))[2].low == (1000000, 1000000)
    assert crimes.thresholds("职务侵占罪", date(2026, 6, 1))[2].low == (200000, 200000)
    assert crimes.thresholds("盗窃罪", date(2012, 1, 1)) == {}


@pytest.mark.parametrize(
    ("article", "on", "was"),
    [
        (172, date(2020, 5, 1), 176),  # old number of 提起公诉 in a new document
        (176, date(2016, 5, 1), 172),  # and the other way round
        (160, date(2019, 1, 1), 162),
        (225, date(2019, 1, 1), 236),
        (1, date(2019, 1, 1), None),  # unchanged
    ],
)
def test_renumbered(article: int, on: date, was: int | None) -> None:
    assert procedure.renumbered(article, on) == was


def test_expected_article() -> None:
    then = procedure.expected_article("prosecute", date(2018, 10, 25))
    now = procedure.expected_article("prosecute", date(2018, 10, 26))
    assert then is not None
    assert then.article == 172
    assert now is not None
    assert now.article == 176
    assert procedure.expected_article("plea", date(2017, 1, 1)) is None


def test_every_expected_article_agrees_with_the_renumbering() -> None:
    for row in procedure.all():
        if row.effective_to == date(2018, 10, 25):
            now = procedure.expected_article(row.purpose, date(2019, 1, 1))
            assert now is not None
            assert procedure.renumbered(row.article, date(2019, 1, 1)) == now.article


def test_combination_limits_by_date() -> None:
    assert penalties.find("imprisonment_combined_max_long", date(2010, 1, 1)) is None
    assert penalties.limit("imprisonment_combined_max_long", date(2012, 1, 1)) == 300
    with pytest.raises(loader.TableError):
        penalties.limit("no_such_key")
