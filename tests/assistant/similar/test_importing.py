"""Importing: every kind of input, each case once, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from samples import INDICTMENT, JUDGMENT

from assistant.similar.courts import level_of, regions_of
from assistant.similar.importing import Imported, describe, import_cases
from assistant.similar.sources import expected, find
from assistant.similar.stored import case_of_document, case_of_facts
from ingestion.errors import InputError, NotFound
from ingestion.extract import parse
from ingestion.readers import source_from_text
from knowledge_base.casebank import Bank, StoredCase
from knowledge_base.retrieval.tokens import passage_weights

FACTS = "被告人在集贸市场扒窃他人手机一部，价值人民币二千一百元，后主动投案并如实供述。"


def take_in(bank_folder: Path, *paths: Path, replace: bool = False) -> Imported:
    with Bank(bank_folder, create=True) as bank:
        return import_cases(bank, find(paths), replace=replace)


def stored(bank_folder: Path) -> list[StoredCase]:
    with Bank(bank_folder) as bank:
        return list(bank.all_cases())


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    return path


def test_a_judgment_as_it_is_kept() -> None:
    case = case_of_document(parse(source_from_text(JUDGMENT)))
    assert case.court == "临江市青岩区人民法院"
    assert (case.regions, case.level) == (("临江市", "青岩区"), "basic")
    assert case.charges == ("危险驾驶罪",)
    assert case.tiers == {"危险驾驶罪": 1}
    assert (case.number, case.year, case.persons) == ("（2023）云9902刑初97号", 2023, 1)
    (sentence,) = case.sentences
    assert (sentence.verdict, sentence.months, sentence.probation_months) == ("detention", 1, 2)
    assert sentence.fine_fen == 300_000
    assert case.verdicts == ("detention", "probation")
    assert case.circumstances == ("confession", "plea_leniency")
    assert [(q.what, q.value) for q in case.quantities] == [("alcohol", 132.5)]
    assert len(case.passages) == 1
    assert all(case.passage(n) in case.facts for n in range(len(case.passages)))
    assert "判决如下" not in case.facts


def test_facts_alone_as_they_are_kept() -> None:
    case = case_of_facts(FACTS, ["盗窃"], "一案")
    assert case.charges == ("盗窃罪",)
    assert case.amount_fen == 210_000
    assert "surrender" in case.circumstances
    assert case.verdicts == ()


@pytest.mark.parametrize(
    ("court", "regions", "level"),
    [
        ("云岭省江州市城东区人民法院", ("云岭省", "江州市", "城东区"), "basic"),  # three parts
        ("江州市中级人民法院", ("江州市",), "intermediate"),  # a city's own court
        ("云岭省高级人民法院", ("云岭省",), "high"),  # a province's
        ("云岭省泽州县人民法院", ("云岭省", "泽州县"), "basic"),  # 州 inside a name
        ("中华人民共和国最高人民法院", (), "supreme"),  # the whole country's
    ],
)
def test_courts(court: str, regions: tuple[str, ...], level: str) -> None:
    assert (regions_of(court), level_of(court)) == (regions, level)


def test_folders_lines_and_archives(tmp_path: Path) -> None:
    source = tmp_path / "in"
    (source / "deep").mkdir(parents=True)
    (source / "deep" / "判决.txt").write_text(JUDGMENT)
    (source / ".hidden.txt").write_text(JUDGMENT)
    lines(source / "案情.jsonl", {"id": "1", "text": FACTS, "charges": ["盗窃罪"]})
    with zipfile.ZipFile(source / "包.zip", "w") as archive:
        archive.writestr(
            "二审/判决.txt", JUDGMENT.replace("刑初", "刑终").replace("罗庆生", "罗庆升")
        )
        archive.writestr("行.jsonl", json.dumps({"fd": JUDGMENT + "（抄件）"}))
        archive.writestr("说明.xlsx", b"not read")
    assert expected(find([source])) == 5
    result = take_in(tmp_path / "bank", source)
    assert (result.added, result.same_number, result.failed) == (3, 1, [])
    assert [c.source for c in stored(tmp_path / "bank")] == [
        "判决.txt",
        "包.zip/二审/判决.txt",
        "案情.jsonl 第1行",
    ]
    again = take_in(tmp_path / "bank", source)
    assert (again.added, again.known, again.same_number) == (0, 3, 1)


def test_a_changed_judgment_of_the_same_number(tmp_path: Path) -> None:
    old, new = tmp_path / "a.txt", tmp_path / "b.txt"
    old.write_text(JUDGMENT)
    new.write_text(JUDGMENT + "\n（更正后）")
    take_in(tmp_path / "bank", old)
    assert take_in(tmp_path / "bank", new).same_number == 1
    assert take_in(tmp_path / "bank", new, replace=True).replaced == 1
    assert [c.source for c in stored(tmp_path / "bank")] == ["b.txt"]


def test_each_bad_file_is_one_sentence_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(INDICTMENT)
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "c.txt").write_bytes(b"")
    (tmp_path / "d.txt").write_text(JUDGMENT)
    (tmp_path / "e.zip").write_bytes(b"PK no archive")
    lines(tmp_path / "f.jsonl", {"text": FACTS}, {"text": 3}, [], {"text": FACTS, "charges": [1]})
    with (tmp_path / "f.jsonl").open("a") as stream:
        stream.write("{half a line")
    with zipfile.ZipFile(tmp_path / "g.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("炸弹.txt", b"0" * 40_000_000)
    result = take_in(tmp_path / "bank", tmp_path)
    assert result.added == 2
    assert [one.file for one in result.failed] == [
        "a.txt",
        "b.pdf",
        "c.txt",
        "e.zip",
        "f.jsonl 第2行",
        "f.jsonl 第3行",
        "f.jsonl 第4行",
        "f.jsonl 第5行",
        "g.zip/炸弹.txt",
    ]
    assert all(one.reason.endswith("。") and "\n" not in one.reason for one in result.failed)
    told = list(describe(result))
    assert told[0].startswith("入库 2 件")
    assert any("只能按字词检索" in line for line in told)


def test_nothing_to_import(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="找不到"):
        find([tmp_path / "nothing"])
    (tmp_path / "a.xlsx").write_bytes(b"1")
    with pytest.raises(InputError, match="没有可导入的文件"):
        find([tmp_path])


def test_file_names_of_older_archives(tmp_path: Path) -> None:
    """Chinese Windows writes names as GBK and does not say so."""
    name = "判决书.txt".encode("gbk").decode("cp437")
    entry = zipfile.ZipInfo("x" * len(name))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(entry, JUDGMENT)
    raw = (tmp_path / "a.zip").read_bytes()
    gbk = "判决书.txt".encode("gbk")
    (tmp_path / "a.zip").write_bytes(raw.replace(b"x" * len(name), gbk))
    take_in(tmp_path / "bank", tmp_path / "a.zip")
    assert [c.source for c in stored(tmp_path / "bank")] == ["a.zip/判决书.txt"]


CHILD = """
import sys
from pathlib import Path
from assistant.similar.importing import import_cases
from assistant.similar.sources import expected, find
from knowledge_base.casebank import Bank
with Bank(Path(sys.argv[1]), create=True) as bank:
    import_cases(bank, find([Path(sys.argv[2])]))
"""


def _count(bank: Path) -> int:
    try:
        with sqlite3.connect(f"file:{bank / 'bank.sqlite3'}?mode=ro", uri=True) as sql:
            return int(sql.execute("SELECT count(*) FROM stored").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_killed_twice_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    bank, total = tmp_path / "bank", 1000
    goods = ("手机", "电动车", "黄金首饰", "香烟", "笔记本电脑")
    rows = [
        {"text": f"被告人第{n}次到案前窃取{goods[n % 5]}{n}件，价值人民币{n + 1000}元。"}
        for n in range(total)
    ]
    source = lines(tmp_path / "in.jsonl", *rows)
    command = [sys.executable, "-c", CHILD, str(bank), str(source)]
    reached = 0
    for _ in range(2):
        child = subprocess.Popen(command)
        while _count(bank) <= reached and child.poll() is None:
            time.sleep(0.005)
        os.kill(child.pid, signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
        before, reached = reached, _count(bank)
        assert before < reached < total
    assert subprocess.run(command, check=False).returncode == 0
    with Bank(bank) as opened:
        assert sorted(c.source for c in opened.all_cases()) == sorted(
            f"in.jsonl 第{n}行" for n in range(1, total + 1)
        )
        assert opened.stats().passages == total
        found = [h.case for h in opened.sparse(passage_weights("窃取"), 5 * total)]
        assert sorted(found) == sorted(c.id for c in opened.all_cases())
