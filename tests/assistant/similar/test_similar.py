"""Similar cases: found in a real bank, compared cell by cell, counted, and never overstated."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import INDICTMENT, JUDGMENT

from assistant.analysis import analyse
from assistant.casefile import CaseFile
from assistant.cli import main
from assistant.drafting.opinion import passages
from assistant.reports import render
from assistant.reports.similar import similar_blocks
from assistant.settings import Settings, SettingsError, load
from assistant.similar import deviation, distribution, part, table
from assistant.similar.difference import explain
from assistant.similar.lookup import look_up
from assistant.similar.office import reranker
from assistant.similar.query import Query, of_case, of_text
from assistant.similar.stored import case_of_document, case_of_facts
from assistant.similar.weighing import factor
from ingestion.extract import parse
from ingestion.readers import source_from_text
from knowledge_base.casebank import Bank, Filters, StoredCase, StoredSentence, content_hash
from knowledge_base.embedding import default_embedder
from knowledge_base.retrieval.candidates import WORDS_ONLY

FACTS = "2022年{month}月，被告人在集贸市场扒窃他人手机一部，经鉴定价值人民币{sum}元。"
ROBBERY = "被告人持刀拦住夜归的被害人，抢走现金人民币八百元，致被害人轻微伤。"
DRUNK = "被告人酒后驾驶小型客车，在环城路被民警查获，血液中乙醇含量为151mg/100ml。"


def sentence(months: int, charge: str = "盗窃罪", **more: Any) -> StoredSentence:
    given = {"person": "尹志成", "charge": charge, "verdict": "imprisonment", "months": months}
    return StoredSentence.model_validate(given | more)


def case(
    facts: str, months: int | None = None, charge: str = "盗窃罪", **more: object
) -> StoredCase:
    made = case_of_facts(facts, [charge], "样例.txt")
    told = {"sentences": (sentence(months, charge),) if months else ()}
    return made.model_copy(update={"hash": content_hash(facts + str(more)), **told, **more})


def theft(months: int | None, number: int = 1, sum_: int = 6000, **more: object) -> StoredCase:
    facts = FACTS.format(month=number % 12 + 1, sum=sum_)
    named = {"number": f"（2022）云9902刑初{number}号", "year": 2022, "regions": ("云川省",)}
    return case(facts, months, **{**named, **more})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty thefts of half a year to eleven months, a robbery, and two of drunken driving."""
    made = tmp_path_factory.mktemp("office") / "bank"
    drunk = case_of_document(parse(source_from_text(JUDGMENT)))
    with Bank(made, create=True) as opened:
        opened.add([theft(6 + n % 6, n, 4000 + 100 * n) for n in range(1, 41)])
        opened.add([case(ROBBERY, 40, "抢劫罪"), case(DRUNK, 2, "危险驾驶罪"), drunk])
    return made


@pytest.fixture
def bank(folder: Path) -> Iterator[Bank]:
    with Bank(folder) as opened:
        yield opened


def asked(found: StoredCase) -> Query:
    return Query(found)


def test_reasons_table_and_terms_of_what_was_found(bank: Bank) -> None:
    query = theft(30, 99, 6600, circumstances=("surrender",))
    told, _ = look_up(bank, asked(query), 3)
    assert [one["charges"] for one in told["cases"]] == [["盗窃罪"]] * 3
    assert all("罪名相同：盗窃罪" in one["reason"] for one in told["cases"])
    assert WORDS_ONLY in told["notes"]
    assert all(len(row["cells"]) == 3 for row in told["table"])
    assert told["distribution"]["n"] == 40
    assert told["distribution"]["places"][0]["percentile"] == 100
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


def test_filters_and_an_empty_result_say_what_they_mean(bank: Bank) -> None:
    told, far = look_up(bank, asked(theft(30, 99)), 3, Filters(year_from=2030))
    assert (told["cases"], far, told["distribution"]["n"]) == ([], [], 0)
    assert any("不等于没有先例" in note for note in told["notes"])


def test_the_case_itself_is_not_similar_to_itself(bank: Bank) -> None:
    """The indictment is asked with; the judgment of the same case lies in the bank."""
    query = of_case(CaseFile({"indictment": parse(source_from_text(INDICTMENT))}))
    told, _ = look_up(bank, query, 10)
    assert "（2023）云9902刑初97号" not in [one["number"] for one in told["cases"]]
    assert any("已排除" in note for note in told["notes"])


def test_facts_alone_are_compared_by_the_charge_that_they_tell(bank: Bank) -> None:
    told, _ = look_up(bank, of_text("嫌疑人在菜市场扒窃手机一部，价值人民币五千元。"), 2)
    assert told["query"]["compared_by"] == "盗窃罪"
    assert told["query"]["charge_inferred"] is True
    assert told["distribution"]["places"] == []


def test_a_judgment_that_only_refers_to_the_accusation_has_its_facts() -> None:
    judgment = JUDGMENT.replace(
        "公诉机关指控：2023",
        "公诉机关指控被告人醉酒驾驶。\n经审理查明的事实与指控一致。\n事实：2023",
    )
    documents = {
        "indictment": parse(source_from_text(INDICTMENT)),
        "judgment": parse(source_from_text(judgment)),
    }
    query = of_case(CaseFile(documents))  # type: ignore[arg-type]
    assert "132.5mg" in query.case.facts
    assert query.case.sentences[0].months == 1
    assert query.case.advice[0].low == 1


@pytest.mark.parametrize(
    ("other", "row", "mark"),
    [
        (theft(8, 2, 6200), "amount", "same"),  # within a tenth
        (theft(8, 2, 9000), "amount", "different"),  # half as much again
        (case("被告人翻窗入户，窃得金饰若干。", 8), "amount", "unknown"),  # no figure is told
        (theft(8, 2, 90000), "tier", "different"),  # a heavier range
        (theft(8, 2), "circumstances", "unknown"),  # silence is no difference
        (theft(8, 2, circumstances=("confession",)), "circumstances", "different"),  # another one
        (theft(None, 2), "verdict", "unknown"),  # facts alone
        (
            theft(8, 2, sentences=(sentence(10, probation_months=12),)),
            "probation",
            "different",
        ),  # probation
        (theft(8, 2, sentences=(sentence(10, fine_fen=200000),)), "fine", "different"),  # a fine
        (case(ROBBERY, 10, "抢劫罪"), "charges", "different"),  # another crime
    ],
)
def test_cells(other: StoredCase, row: str, mark: str) -> None:
    query = theft(10, 1, circumstances=("surrender",))
    cells = {r["key"]: r["cells"][0]["mark"] for r in table.compare(query, [other], "盗窃罪")}
    assert cells[row] == mark


def test_reasoning_is_quoted_under_its_number_without_names() -> None:
    words = "尹志成系自首，依法可以从轻处罚。依照刑法第六十七条之规定，可以从轻处罚。"
    rows = table.compare(theft(8), [theft(8, 2, reasoning=words)], "盗窃罪")
    told = next(r["cells"][0] for r in rows if r["key"] == "reasoning")
    assert told == {
        "text": "（2022）云9902刑初2号：“尹某系自首，依法可以从轻处罚。”",
        "mark": "unknown",
    }


@pytest.mark.parametrize(
    ("query", "other", "told"),
    [
        # what the other has and this lacks makes this the heavier one
        (theft(10), theft(7, 2, circumstances=("surrender",)), "较重，最可能是因为该案有自首"),
        (theft(7, circumstances=("surrender",)), theft(10, 2), "较轻，最可能是因为本案有自首"),
        # the strongest of several
        (theft(7), theft(10, 2, circumstances=("recidivist", "bad_record")), "该案有累犯"),
        # the range comes before any circumstance
        (theft(40, 1, 90000), theft(8, 2, circumstances=("prior",)), "量刑幅度不同"),
        # what points the other way explains nothing
        (theft(12, circumstances=("surrender",)), theft(6, 2), "没有读出能够解释的差别"),
        # a tenth more cannot explain four times the term
        (theft(36), theft(8, 2, circumstances=("court_plea",)), "不足以解释全部差别"),
        (theft(8), theft(8, 2), "判处相同"),  # nothing to explain
        (
            theft(None),
            theft(8, 2, circumstances=("surrender",)),
            "最可能带来量刑差别的是：该案有自首",
        ),  # before the verdict
        (theft(8), case(ROBBERY, 40, "抢劫罪"), "罪名不同"),  # not to be held against each other
    ],
)
def test_the_one_difference(query: StoredCase, other: StoredCase, told: str) -> None:
    assert told in explain(query, other, "盗窃罪")


@given(st.lists(st.integers(1, 180), min_size=1, max_size=60), st.sampled_from(distribution.LEVELS))
def test_quantiles_are_those_of_numpy(terms: list[int], level: int) -> None:
    ours = distribution.quantile(sorted(terms), level)
    assert ours == pytest.approx(np.percentile(terms, level))


@given(st.lists(st.integers(1, 180), min_size=1, max_size=60), st.integers(1, 180))
def test_percentiles_rise_with_the_term(terms: list[int], value: int) -> None:
    one, more = (distribution.percentile(terms, v) for v in (value, value + 1))
    assert 0 <= one <= more <= 100


def test_too_few_cases_have_no_quantiles() -> None:
    found = distribution.of(theft(9, 99), [theft(n, n) for n in (6, 7, 8, 9)], "盗窃罪")
    assert (found.n, found.quantiles, found.places[0].percentile) == (4, None, None)


def test_like_means_the_same_charge_and_range_and_a_fixed_term() -> None:
    others = [
        *(theft(n, n) for n in range(6, 12)),
        theft(40, 20, 90000),  # a heavier range
        case(ROBBERY, 40, "抢劫罪"),  # another charge
        theft(8, 21, sentences=(sentence(0, verdict="fine_only"),)),  # no fixed term
        theft(None, 22),  # facts alone
    ]
    found = distribution.of(theft(9, 99), others, "盗窃罪")
    assert (found.terms, found.without, found.tier) == ((6, 7, 8, 9, 10, 11), 1, 1)
    assert (found.years, found.regions) == ((2022, 2022), ("云川省",))


def test_circumstances_are_levelled_before_a_case_is_called_far_off() -> None:
    """Half the usual term is nothing strange where surrender and merit were weighed."""
    mild = ("surrender", "major_merit", "restitution")
    assert factor(mild) < 0.5 < factor(("court_plea",)) < factor(()) == 1 < factor(("recidivist",))
    others = [theft(18 + n % 3, n) for n in range(1, 41)]
    own = theft(8, 99, circumstances=mild)
    place = distribution.of(own, others, "盗窃罪").places[0]
    assert place.percentile == 0
    assert place.adjusted is not None
    assert place.adjusted > 5


@pytest.mark.parametrize(
    ("months", "cases", "far"),
    [
        (30, 40, True),  # more than thrice the median, forty cases
        (30, 29, False),  # too few cases to say
        (12, 40, False),  # the highest, but by less than half a year
        (9, 40, False),  # in the middle
        (1, 40, True),  # far below as well
    ],
)
def test_only_a_large_deviation_among_many_is_told(months: int, cases: int, far: bool) -> None:
    others = [theft(8 + n % 4, n) for n in range(1, cases + 1)]
    found = distribution.of(theft(months, 99), others, "盗窃罪")
    assert deviation.is_far(found.places[0], found) is far


THEFT_JUDGMENT = (
    JUDGMENT.replace("拘役一个月，缓刑二个月，并处罚金人民币三千元。\n（", "有期徒刑二年八个月，并处罚金人民币三千元。\n（")
    .replace("危险驾驶", "盗窃")
    .replace("饮酒后驾驶小型轿车沿青岩区环城北路由东向西行驶，在柳树桥路口被执勤民警查获。经鉴定，罗庆生血液中乙醇含量为132.5mg/100ml。", "在青岩区集贸市场扒窃他人手机一部，经鉴定价值人民币六千元。")
    .replace("在道路上醉酒驾驶机动车", "扒窃他人财物，数额较大")
)  # fmt: skip
THEFT_INDICTMENT = (
    INDICTMENT.replace("危险驾驶", "盗窃")
    .replace("饮酒后驾驶小型轿车沿青岩区环城北路由东向西行驶，在柳树桥路口被执勤民警查获。经鉴定，罗庆生血液中乙醇含量为132.5mg/100ml。", "在青岩区集贸市场扒窃他人手机一部，经鉴定价值人民币六千元。")
    .replace("在道路上醉酒驾驶机动车", "扒窃他人财物，数额较大")
)  # fmt: skip


def paths(folder: Path) -> dict[Any, Path]:
    (folder / "起诉书.txt").write_text(THEFT_INDICTMENT)
    (folder / "判决书.txt").write_text(THEFT_JUDGMENT)
    return {"indictment": folder / "起诉书.txt", "judgment": folder / "判决书.txt"}


def test_a_case_with_the_offices_bank(folder: Path, tmp_path: Path) -> None:
    """In the result, in the report, in the draft with the numbers, and as one finding."""
    settings = Settings(home=tmp_path, bank=folder)
    result = analyse(paths(tmp_path), model=False, settings=settings)
    similar = result["similar"]
    number = similar["cases"][0]["number"]
    (far,) = [f for f in result["findings"] if f["code"] == part.CODE]
    assert "40件" in far["message"]
    assert (far["source"], far["severity"], far["evidence"][0]["role"]) == (
        "rule",
        "minor",
        "judgment",
    )
    assert [row for row in result["not_checked"] if row["code"] == part.CODE] == []
    report = render(result, ".html").decode()
    assert "、类案</h2>" in report
    assert report.count("<svg") >= 2
    cited = next(p for p in passages(result) if p.title == "类案")
    assert number in cited.text
    assert render(result, ".docx")
    assert render(result, ".pdf")


@pytest.mark.parametrize(
    ("setting", "severities", "lines"),
    [
        ("{on: false}", [], 0),  # neither the finding nor the line that no bank is there
        ("{severity: moderate}", ["moderate"], 1),
        ("{since: 2099-01-01}", [], 1),  # the judgment is older
    ],
)
def test_an_office_governs_the_finding(
    folder: Path, tmp_path: Path, setting: str, severities: list[str], lines: int
) -> None:
    checks = tmp_path / "checks.yaml"
    checks.write_text(f"checks:\n  {part.CODE}: {setting}\n")
    documents = {"judgment": parse(source_from_text(THEFT_JUDGMENT))}
    case = CaseFile(documents)  # type: ignore[arg-type]
    with_bank = part.of_case(case, Settings(home=tmp_path, bank=folder, checks=checks))
    assert [found.severity for found in with_bank.findings] == severities
    assert with_bank.similar is not None  # like cases are shown all the same
    without = part.of_case(case, Settings(home=tmp_path, checks=checks))
    assert len(without.not_checked) == lines


def test_without_a_bank_there_is_one_line(tmp_path: Path) -> None:
    result = analyse(paths(tmp_path), model=False, settings=Settings(home=tmp_path))
    assert result["similar"] is None
    assert [r["reason"] for r in result["not_checked"] if r["code"] == part.CODE] == [part.NO_BANK]
    assert similar_blocks(result["similar"]) == []
    assert not (tmp_path / "cases").exists()


@pytest.mark.parametrize("spoilt", ["nothing", "empty", "garbage"])
def test_a_bank_that_cannot_be_used_stops_no_analysis(tmp_path: Path, spoilt: str) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    if spoilt != "nothing":
        (folder / "bank.sqlite3").write_bytes(b"no database" if spoilt == "garbage" else b"")
    documents = {"indictment": parse(source_from_text(THEFT_INDICTMENT))}
    found = part.of_case(CaseFile(documents), Settings(home=tmp_path))  # type: ignore[arg-type]
    assert found.similar is None
    assert [row.code for row in found.not_checked] == [part.CODE]
    assert found.not_checked[0].reason.startswith("未作类案比对")


@pytest.mark.timeout(60)
def test_an_index_in_use_is_waited_for(folder: Path, tmp_path: Path) -> None:
    other = Bank(folder)
    look_up(other, asked(theft(8, 99)), 1)
    documents = {"indictment": parse(source_from_text(THEFT_INDICTMENT))}
    leaving = threading.Timer(0.5, other.close)
    leaving.start()
    found = part.of_case(CaseFile(documents), Settings(home=tmp_path, bank=folder))  # type: ignore[arg-type]
    leaving.join()
    assert found.not_checked == []
    assert found.similar is not None


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["assistant", "similar", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 0


def test_the_verb(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file, report = tmp_path / "判决书.txt", tmp_path / "类案.html"
    file.write_text(THEFT_JUDGMENT)
    code = run(monkeypatch, str(file), "-k", "2", "--bank", str(folder), "--report", str(report))
    out = capsys.readouterr().out
    assert (code, out.count("罪名相同：盗窃罪")) == (0, 2)
    assert out.count("〔库内编号 ") == 2  # by which `cases remove` is told one
    assert "【提示】判决有期徒刑二年八个月" in out
    assert "类案检索报告" in report.read_text()
    wanted = '{"charges": ["抢劫"]}'
    assert (
        run(
            monkeypatch,
            "--text",
            ROBBERY,
            "--filters",
            wanted,
            "--bank",
            str(folder),
            "--json",
            "-",
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)["similar"]
    assert [one["charges"] for one in told["cases"]] == [["抢劫罪"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "二者取一"),  # nothing to look for
        (("a.txt", "--text", "案情"), "二者取一"),  # two things
        (("--text", ROBBERY, "--filters", "{"), "不是 JSON"),
        (("--text", ROBBERY, "--filters", "[]"), "JSON 对象"),
        (("--text", ROBBERY, "--filters", '{"colour": "red"}'), "无法使用"),  # no such filter
        (("--text", ROBBERY, "--report", "a.xyz"), "报告不能存为"),
        (("--text", ROBBERY), "没有案例库"),
    ],
)
def test_refusals(
    words: tuple[str, ...],
    told: str,
    settings_home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *words) == 2
    assert told in capsys.readouterr().err.strip().splitlines()[-1]


def test_by_vectors_a_case_told_in_other_words_is_found(tmp_path: Path) -> None:
    # One copy of the model a process, whoever asks for it.
    embedder = default_embedder(None, load().cache)
    with Bank(tmp_path / "bank", embedder, create=True) as opened:
        opened.add([theft(8, 1), case(ROBBERY, 40, "抢劫罪"), case(DRUNK, 2, "危险驾驶罪")])
        told, _ = look_up(opened, of_text("男子喝了白酒后开车回家，遇交警设卡检查。"), 1)
    assert told["cases"][0]["charges"] == ["危险驾驶罪"]
    assert WORDS_ONLY not in told["notes"]


class August:
    """Likes acts of August, which nothing else orders by."""

    def scores(self, query: str, passages: Sequence[str]) -> Sequence[float]:
        return [float("年8月" in passage) for passage in passages]


def test_a_reranker_reads_the_first_cases_again(tmp_path: Path) -> None:
    asked = of_text(FACTS.format(month=1, sum=6000))
    with Bank(tmp_path / "bank", create=True) as bank:
        bank.add([theft(6, number) for number in range(1, 9)])
        plain, again = (
            [one["number"] for one in look_up(bank, asked, 8, None, reader)[0]["cases"]]
            for reader in (None, August())
        )
    august = "（2022）云9902刑初7号"
    assert again.index(august) < plain.index(august)


def test_a_folder_without_a_reranker_is_named(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path, reranker=tmp_path)
    with pytest.raises(SettingsError, match="无法载入"):
        reranker(settings)
