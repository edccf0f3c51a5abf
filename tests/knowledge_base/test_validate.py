"""`kb validate` finds what is wrong: a copy of the package with its tables broken on purpose."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import knowledge_base

Break = Callable[[Path], None]


def _swap(table: str, before: str, after: str) -> Break:
    def change(tables: Path) -> None:
        path = tables / f"{table}.yaml"
        text = path.read_text("utf-8")
        assert before in text, (table, before)
        path.write_text(text.replace(before, after, 1), "utf-8")

    return change


def _add(table: str, row: str) -> Break:
    def change(tables: Path) -> None:
        path = tables / f"{table}.yaml"
        path.write_text(f"{path.read_text('utf-8')}  - {row}\n", "utf-8")

    return change


def _problems(tmp_path: Path, *breaks: Break) -> str:
    package = tmp_path / "knowledge_base"
    shutil.copytree(Path(knowledge_base.__file__).parent, package)
    for change in breaks:
        change(package / "tables")
    ask = "from knowledge_base.validate import problems; print(*problems(), sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=tmp_path, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


# What is broken, and a sentence that must be told. All stand in one copy: none hides another.
BROKEN: list[tuple[Break, str]] = [
    (  # a tier's amount below that of the lighter tier
        _swap("thresholds", "盗窃罪, tier: 2, low: [30000, 100000]", "盗窃罪, tier: 2, low: [500, 600]"),
        "数额标准表 盗窃罪：第2档的入档数额低于第1档",
    ),
    (  # a tier that the crime does not have
        _add("thresholds", "{charge: 抢夺罪, tier: 9, low: [1, 1], effective_from: 2020-01-01, source: 甲}"),
        "数额标准表 抢夺罪：没有第 9 档",
    ),
    (  # no first day
        _add("thresholds", "{charge: 受贿罪, tier: 1, low: [1, 1], only: [某某], source: 甲}"),
        "数额标准表 受贿罪第1档：没有施行日",
    ),
    (  # years without a rule
        _swap("crimes", "effective_to: 2021-02-28", "effective_to: 2019-12-31"),
        "2020-01-01至2021-02-28没有规定",
    ),
    (  # an article that does not exist
        _swap("crimes", "article: {article: 266}", "article: {article: 966}"),
        "个罪表 诈骗罪：《中华人民共和国刑法》第九百六十六条在法律数据库中不存在",
    ),
    (  # two versions of one article at once
        _swap("criminal_law_versions", "effective_to: 2021-02-28", "effective_to: 2022-02-28"),
        "刑法版本表 (17, None)：施行期间重叠",
    ),
    (  # paragraphs that the text does not have
        _swap("criminal_procedure_2012", "{article: 3, successor: 3, shape: [0, 0]}", "{article: 3, successor: 3, shape: [0]}"),
        "刑事诉讼法条号对照表 第三条：款项数与文本不符",
    ),
    (  # a wording whose version is unknown
        _add("criminal_law_texts", "{article: 264, effective_from: 2001-01-01, effective_to: 2002-01-01, text: 某某}"),
        "刑法旧文本表 第二百六十四条（2001-01-01起）：版本表中没有这一期间",
    ),
    (  # a circumstance that nobody defines
        _add("circumstance_phrases", "{key: no_such, cues: [某某], affirmed: ['某某']}"),
        "情节用语表：no_such 不是量刑情节表中的情节",
    ),
    (  # an expression that does not compile
        _add("starting_places", "{charge: 盗窃罪, tier: 1, when: 某某, months: [6, 8], patterns: ['(某'], source: 甲}"),
        "表达式“(某”不成立",
    ),
    (  # the same thing twice
        _add("wording", "{wrong: 足已认定, right: 足以认定}"),
        "足已认定 有重复",
    ),
    (  # a code outside the catalogue
        _swap("checks", "code: FMT-001", "code: FMT-999"),
        "检查规则 FMT-999：总目（check_codes）中没有这一项",
    ),
    (  # a law that the database does not have
        _add("law_names", "{alias: 某法, title: 中华人民共和国某某法}"),
        "法律名称表 某法：中华人民共和国某某法 不在法律数据库中",
    ),
]  # fmt: skip


def test_every_kind_of_defect_is_told(tmp_path: Path) -> None:
    told = _problems(tmp_path, *(change for change, _ in BROKEN))
    assert [sentence for _, sentence in BROKEN if sentence not in told] == []


def test_rows_that_cannot_be_read_and_tables_nobody_knows(tmp_path: Path) -> None:
    def stray(tables: Path) -> None:
        (tables / "stray.yaml").write_text("table: stray\nversion: 1\nrows: []\n", "utf-8")

    told = _problems(
        tmp_path,
        stray,
        _swap("drugs", "fairly:", "farely:"),
        _swap("grading", "version:", "issued:"),
        _add("penalties", "{key: x, name: x, value: 1, source: ''}"),
        _add("surnames", "{names: 甲, effective_from: 2020-01-02, effective_to: 2020-01-01}"),
    )
    for words in (
        "规则表 stray：knowledge_base 中没有程序读取它",
        "规则表 drugs 第 1 行不合规",
        "规则表 grading：没有版本",
        "规则表 penalties",
        "规则表 surnames",
    ):
        assert words in told
