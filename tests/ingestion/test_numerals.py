"""Numbers, money, dates and terms, against cn2an and by round trips."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.model import Term
from ingestion.numerals import (
    NoSuchDay,
    chinese_number,
    find_dates,
    find_money,
    find_quantities,
    find_sums,
    find_terms,
    money_fen,
    read_term,
    scan_dates,
)


@given(st.integers(min_value=0, max_value=10**12))
def test_a_number_written_by_another_library_is_read_back(number: int) -> None:
    assert chinese_number(cn2an.an2cn(number)) == number


@given(st.integers(min_value=0, max_value=10**8))
def test_banking_numerals_are_read_back(number: int) -> None:
    assert chinese_number(cn2an.an2cn(number, "up")) == number


@given(st.integers(min_value=0, max_value=9999))
def test_two_readers_of_chinese_numbers_agree(number: int) -> None:
    written = cn2an.an2cn(number)
    assert chinese_number(written) == cn2an.cn2an(written, "strict")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两千", 2000),  # 两 before a unit
        ("廿三", 23),  # the old twenty, in dates of the lunar calendar
        ("二〇一六", 2016),  # digit by digit, as years are written
        ("二0一六", 2016),  # a typed 0 among Chinese digits
        ("3千", 3000),  # digit with a Chinese unit
        ("1万2千", 12000),  # mixed twice
        ("1.2万", 12000),  # a decimal that becomes whole
        ("一万二", 12000),  # the last digit counts the next unit
        ("一百零二", 102),  # but not behind a zero
        ("３，０００", 3000),  # full-width digits and comma
        ("叁万伍仟", 35000),  # banking numerals without 整
        ("十", 10),  # a bare unit is one of it
    ],
)
def test_number_forms(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "某", "三人", "万", "1.5", "3千x"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="number"):
        chinese_number(text)


@pytest.mark.parametrize(
    ("text", "fen", "fuzzy"),
    [
        ("罚金人民币三千元", 300000, False),  # the usual form
        ("价值3，000元", 300000, False),  # full-width thousands comma
        ("价值1,234,567.50元", 123456750, False),  # decimals behind grouped thousands
        ("共计15000余元", 1500000, True),  # 余 before the unit
        ("十万余元", 10000000, True),  # 余 behind 万
        ("50余万元", 50000000, True),  # 余 inside the number
        ("约5000元", 500000, True),  # 约 before
        ("2万元左右", 2000000, True),  # 左右 behind
        ("1.2万元", 1200000, False),  # decimal of 万
        ("2万3千元", 2300000, False),  # two units
        ("三元二角五分", 325, False),  # jiao and fen
        ("叁万元整", 3000000, False),  # banking numerals
        ("300块钱", 30000, False),  # spoken form in statements
        ("价值人民币5440，", 544000, False),  # the unit left out
        ("车价为16.5万，", 16500000, False),  # a noun of money instead of a unit
        ("￥1,200.50", 120050, False),  # the sign
        ("约人民币五万余元", 5000000, True),  # vague twice
        ("两三千元", 200000, True),  # two digits side by side are a range
        ("1.5亿元", 15000000000, False),  # hundred millions
        ("５０００元许", 500000, True),  # full-width digits, 许
        ("5角钱", 50, False),  # less than a yuan
    ],
)
def test_money_forms(text: str, fen: int, fuzzy: bool) -> None:
    (found,) = find_money(text)
    assert (found.fen, found.fuzzy) == (fen, fuzzy)


@pytest.mark.parametrize(
    "text",
    [
        "港币100元",  # another currency with the same unit
        "100美元",  # the unit belongs to the currency's name
        "2017年1月1日元旦",  # a feast, not a coin
        "三百人",  # no unit
        "几百元",  # no number
        "数万元",
        "手表2块，",  # a piece
        "一元云购",  # the name of a lottery
        "2000游戏币",  # points of a game
    ],
)
def test_what_is_no_renminbi(text: str) -> None:
    assert find_money(text) == []


@pytest.mark.parametrize(
    ("text", "hundredths", "currency"),
    [
        ("港币5262元", 526200, "HKD"),  # the currency before
        ("3000美元", 300000, "USD"),  # behind
        ("20万元港币", 20000000, "HKD"),  # behind the general unit
        ("美金1万元", 1000000, "USD"),  # spoken name
        ("欧元500，", 50000, "EUR"),  # without a unit
        ("约3000余日元", 300000, "JPY"),  # vague
        ("人民币5262元", 526200, "CNY"),
    ],
)
def test_sums_keep_their_currency(text: str, hundredths: int, currency: str) -> None:
    (found,) = find_sums(text)
    assert (found.fen, found.currency) == (hundredths, currency)
    assert bool(find_money(text)) == (currency == "CNY")


_FULL = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


@given(st.integers(1, 10**9), st.sampled_from(["", "约", "人民币", "￥"]))
def test_money_of_every_style_is_one_sum(fen: int, before: str) -> None:
    yuan = f"{fen // 100}.{fen % 100:02d}"
    grouped = f"{fen // 100:,}.{fen % 100:02d}"
    ten_thousands = f"{fen // 10**6}.{fen % 10**6:06d}万"
    written = [yuan, grouped, yuan.translate(_FULL), grouped.translate(_FULL), ten_thousands]
    for form in written:
        text = f"价值{before}{form}元，"
        (found,) = find_sums(text)
        assert (found.fen, found.fuzzy) == (fen, before == "约")
        assert text[found.end] == "，"


@given(st.integers(1, 10**7), st.integers(0, 9), st.integers(0, 9))
def test_jiao_and_fen_are_read_back(yuan: int, jiao: int, fen: int) -> None:
    text = f"{cn2an.an2cn(yuan)}元{cn2an.an2cn(jiao)}角{cn2an.an2cn(fen)}分"
    assert money_fen(text) == yuan * 100 + jiao * 10 + fen


@given(
    st.decimals(min_value="0.001", max_value=99999, places=3),
    st.sampled_from([("克", 1), ("g", 1), ("千克", 1000), ("公斤", 1000), ("kg", 1000)]),
)
def test_weights_of_every_style_come_in_grams(value: Decimal, unit: tuple[str, int]) -> None:
    for form in (f"{value}", f"{value}".translate(_FULL), f"约{value:,}"):
        (found,) = find_quantities(f"共重{form}{unit[0]}，")
        assert (found.unit, found.fuzzy) == ("克", form.startswith("约"))
        assert found.value == float(value * unit[1])


@given(st.decimals(min_value="0.01", max_value=600, places=2))
def test_blood_alcohol_of_every_style_is_one_value(milligrams: Decimal) -> None:
    per_millilitre = milligrams / 100
    for form in (
        f"{milligrams}mg/100ml",
        f"{milligrams}毫克／100毫升",
        f"{milligrams}毫克每百毫升",
        f"{milligrams} mg／100 mL",
        f"{per_millilitre}毫克/毫升",
        f"{per_millilitre}mg/ml",
    ):
        (found,) = find_quantities(f"乙醇含量为{form}。")
        assert (found.unit, found.value) == ("毫克/100毫升", float(milligrams))


@given(st.integers(min_value=1, max_value=10**10))
def test_whole_yuan_written_in_three_ways_are_one_sum(yuan: int) -> None:
    forms = (f"{yuan}元", f"{yuan:,}元", f"人民币{cn2an.an2cn(yuan)}元")
    assert {money_fen(form) for form in forms} == {yuan * 100}


def test_a_list_of_sums_keeps_its_order_and_places() -> None:
    text = "分得赃款1200元、800元，其中退还三百元"
    assert [text[m.start : m.end] for m in find_money(text)] == ["1200元", "800元", "三百元"]


def _dates(text: str, previous: date | None = None) -> list[str]:
    return [m.value.date.isoformat() for m in find_dates(text, previous)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017年6月15日", ["2017-06-15"]),  # digits
        ("二〇一七年六月二十八日", ["2017-06-28"]),  # the form below a judgment
        ("二○一九年三月二十九日", ["2019-03-29"]),  # a circle for the zero
        ("二0一六年五月三日", ["2016-05-03"]),  # a typed zero
        ("201O年6月14日", ["2010-06-14"]),  # the letter O
        ("2016年1O月2O日", ["2016-10-20"]),
        ("2016年9月5日被抓获，同月19日被刑事拘留", ["2016-09-05", "2016-09-19"]),  # same month
        ("2016年9月5日至同年10月18日", ["2016-09-05", "2016-10-18"]),  # same year
        ("2016年12月31日被抓获，次日被刑事拘留", ["2016-12-31", "2017-01-01"]),  # over New Year
        ("2018年11月2日，当日下午", ["2018-11-02", "2018-11-02"]),  # same day
        ("2018年11月2日至次年3月5日", ["2018-11-02", "2019-03-05"]),  # next year
        ("2018年11月2日、11月5日", ["2018-11-02", "2018-11-05"]),  # year left out
        ("2015.3.5和2016-1-2", ["2015-03-05", "2016-01-02"]),  # notes and bank records
        ("2016年10月15日被抓获，当晚被释放", ["2016-10-15", "2016-10-15"]),  # that evening
        ("2016年10月5日至7日", ["2016-10-05", "2016-10-07"]),  # the month left out
        ("2016年10月5日，前一日", ["2016-10-05", "2016-10-04"]),  # the day before
        ("2017年9月29日，三日后", ["2017-09-29", "2017-10-02"]),  # counted days
        ("2017年9月29日，一周后", ["2017-09-29", "2017-10-06"]),  # a week
        ("2018年，去年5月3日", ["2018-01-01", "2017-05-03"]),  # the year before
        (
            "2016年11月5日，林某（1951年1月15日出生）同日死亡",
            ["2016-11-05", "1951-01-15", "2016-11-05"],
        ),
        ("因赌博被行政拘留十五日后释放", []),  # a length of time
        ("2015年2月30日", []),  # no such day
        ("2015年2月30日，同年3月2日", ["2015-03-02"]),  # whose year is known all the same
        ("2015年2月30日，次日", []),  # but no day after it
        ("同年7月9日", []),  # nothing to lean on
    ],
)
def test_date_forms(text: str, expected: list[str]) -> None:
    assert _dates(text) == expected


def test_a_relative_date_leans_on_what_was_read_before() -> None:
    assert _dates("次日被逮捕", date(2019, 2, 28)) == ["2019-03-01"]


def test_a_masked_birthday_is_known_to_the_year() -> None:
    (found,) = find_dates("1981年**月**日出生")
    assert (found.value.date.year, found.value.precision) == (1981, "year")


def test_relative_dates_are_marked_as_derived() -> None:
    assert [m.derived for m in find_dates("2018年3月1日立案，同月4日拘留")] == [False, True]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2016年8月，次日", "2016-08-01", "month"),  # no day is known, so none is computed
        ("2016年8月，半年后", "2017-02-01", "month"),
        ("2016年8月5日，三个月后", "2016-11-01", "month"),
        ("2016年8月5日，两年后", "2018-01-01", "year"),
        ("2016年，同年底", "2016-01-01", "year"),
        ("2014年3月，8月份的一天", "2014-08-01", "month"),
        ("2019年4月至7月", "2019-07-01", "month"),
        ("2016年七八月份", "2016-01-01", "year"),  # two months at once
        ("农历1968年8月15日", "1968-01-01", "year"),  # another calendar
    ],
)
def test_a_computed_date_is_no_more_exact_than_its_ground(
    text: str, value: str, precision: str
) -> None:
    last = find_dates(text)[-1].value
    assert (str(last.date), last.precision) == (value, precision)


@pytest.mark.parametrize(
    "text",
    ["2015年2月30日", "2015年13月1日", "二〇一五年二月三十日", "2015-02-30", "2015年4月31号"],
)
def test_a_day_that_does_not_exist_is_kept_as_text(text: str) -> None:
    (found,) = scan_dates(f"于{text}被抓获")
    assert isinstance(found, NoSuchDay)
    assert f"于{text}被抓获"[found.start : found.end] == text


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 1)), st.integers(1, 30))
def test_relative_days_are_counted_on_the_calendar(day: date, count: int) -> None:
    ground = f"{day.year}年{day.month}月{day.day}日"
    expected = {
        f"{ground}，同日": day,
        f"{ground}，翌日": day + timedelta(days=1),
        f"{ground}，前一天": day - timedelta(days=1),
        f"{ground}，{cn2an.an2cn(count)}日后": day + timedelta(days=count),
        f"{ground}，同月{day.day}日": day,
        f"{ground}，同年{day.month}月{day.day}日": day,
    }
    for text, value in expected.items():
        _, found = find_dates(text)
        assert (found.value.date, found.derived, found.value.derived) == (value, True, True)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_any_day_is_read_back_in_both_scripts(day: date) -> None:
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    chinese = f"{year}年{cn2an.an2cn(day.month)}月{cn2an.an2cn(day.day)}日"
    arabic = f"{day.year}年{day.month}月{day.day}日"
    assert _dates(arabic) == _dates(chinese) == [day.isoformat()]


def _m(months: int, days: int = 0) -> Term:
    return Term(months=months, days=days)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("一年六个月", _m(18), _m(18)),  # the usual form
        ("1年6个月", _m(18), _m(18)),  # digits
        ("一年零六个月", _m(18), _m(18)),  # with 零
        ("十五日", _m(0, 15), _m(0, 15)),  # days alone
        ("四个月十五日", _m(4, 15), _m(4, 15)),  # months and days
        ("两年半", _m(30), _m(30)),  # half a year
        ("三至四个月", _m(3), _m(4)),  # one unit for two numbers
        ("2-3年", _m(24), _m(36)),  # digits with a dash
        ("六个月至一年", _m(6), _m(12)),  # two units
        ("六个月以上一年以下", _m(6), _m(12)),  # the Code's own form
        ("十个月以上，一年三个月以下", _m(10), _m(15)),  # with a comma between
        ("12个月以上至15个月以下", _m(12), _m(15)),  # both joints at once
        ("三年以下", None, _m(36)),  # no lower bound
        ("七年以上", _m(84), None),  # no upper bound
    ],
)
def test_term_forms(text: str, low: Term | None, high: Term | None) -> None:
    (found,) = find_terms(text)
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("text", ["2017年6月15日", "同月15日", "6月15日", "2017年度", "二〇一七年"])
def test_a_calendar_date_is_no_term(text: str) -> None:
    assert find_terms(text) == []


@given(st.integers(1, 25), st.integers(0, 11), st.integers(0, 29))
def test_any_term_is_read_back(years: int, months: int, days: int) -> None:
    written = f"{cn2an.an2cn(years)}年"
    written += f"{cn2an.an2cn(months)}个月" if months else ""
    written += f"零{cn2an.an2cn(days)}日" if days else ""
    assert read_term(written) == _m(years * 12 + months, days)


@given(
    st.text(
        alphabet="0123456789一二三十百千万亿年月日个零〇元余约至以上下，.：同次*某克毫升/支后前港币美",
        max_size=80,
    )
)
def test_finders_never_raise_and_stay_inside_the_text(text: str) -> None:
    for found in (
        *find_sums(text),
        *scan_dates(text),
        *find_terms(text),
        *find_quantities(text),
    ):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.timeout(30)
@pytest.mark.parametrize("character", ["1", "一", "十", "1，", "年", "万", "1克", "约", "同月"])
def test_long_runs_cost_no_time(character: str) -> None:
    text = character * 20000
    for find in (find_sums, find_dates, find_terms, find_quantities):
        find(text)
