"""Points of the defence and spoken circumstances in facts told by courts.

    python -m eval_sets.gold.fact_points DATA [--round N] [--wrong]

DATA is the folder that holds `cail2018/`, `judgments/` and `lawbench/`. Labels stand in `fact_points.jsonl`,
made before the program's first run on their texts: `{"id", "round", "arguments": [...],
"spoken": [[key, polarity, speaker]]}`; points as in `arguments.jsonl` with offsets into the facts
as framed here, `spoken` for the whole text (null: not labelled), conventions as in README.md.
A row with `cut` is a whole judgment of `judgments/` without the stretches given there, the part of
the defence: its points are those that the court tells. Where `cut` is empty nothing is left out.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval_sets.gold.boundaries import ArgumentsLabel, compare, lost
from eval_sets.metrics import Counts, bootstrap_interval, counts, micro_f1
from ingestion.extract import parse
from ingestion.model import CaseDocument
from ingestion.readers import source_from_text

LABELS = Path(__file__).parent / "fact_points.jsonl"
FIELDS = ("arguments", "arguments_overlap", "arguments_by", "spoken")
_PARTY = "{role}{name}，男，1990年5月12日出生，汉族，初中文化，农民。现羁押于江城市看守所。\n"
_FIRST = (
    "江城市云溪区人民法院\n刑事判决书\n（2020）江0108刑初206号\n公诉机关江城市云溪区人民检察院。\n"
    "{parties}江城市云溪区人民检察院以江云检刑诉〔2020〕118号起诉书指控被告人犯罪，向本院提起公诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
)
_SECOND = (
    "江城市中级人民法院\n刑事判决书\n（2020）江01刑终206号\n原公诉机关江城市云溪区人民检察院。\n"
    "{parties}江城市云溪区人民法院审理江城市云溪区人民检察院指控原审被告人{name}犯罪一案，"
    "于2020年3月6日作出（2020）江0108刑初206号刑事判决。宣判后，原审被告人{name}不服，提出上诉。"
    "本院依法组成合议庭，公开开庭审理了本案。现已审理终结。\n"
)
_AFTER = (
    "\n本院认为，被告人的行为已构成犯罪，应依法惩处。依照《中华人民共和国刑法》第六十一条之规定，判决如下：\n"
    "被告人{name}犯盗窃罪，判处有期徒刑一年。\n审判长周立\n二〇二〇年八月三日\n书记员李清\n"
)
_FOUND = "\n经审理查明，公诉机关指控的事实属实，有经庭审质证的证据证实，足以认定。"
_SECOND_INSTANCE = re.compile(r"上诉人|原审|原判|二审")
_OPENS = re.compile(r"\s*[^。]{0,60}?(?:指控|查明|审理|上诉)")
_FINDS = re.compile(r"查明|经复核")
# CAIL masks the penalty; what the defence asks for is the probation.
_NAMED = re.compile(
    r"(?:(被告人)|上诉人)([一-龥]\d?(?:某{1,2}|×{1,2}|[XＸ]{1,2})\d?[甲乙丙丁戊己]?)"
)
_ASKED = re.compile(r"适用××(?=[，。；])")


def as_judgment(facts: str) -> str:
    """The facts in the frame of a judgment: heading before, finding and reasoning after."""
    text = _ASKED.sub("适用缓刑", facts).strip()
    opening = "" if _OPENS.match(text) else "经审理查明，"
    second = _SECOND_INSTANCE.search(text)
    role = "上诉人（原审被告人）" if second else "被告人"
    named = _NAMED.findall(text)
    # An appellant who is called nothing else may be the victim's side.
    accused = [name for word, name in named if word] or [name for _, name in named]
    names = list(dict.fromkeys(accused)) or ["钟启明"]
    parties = "".join(_PARTY.format(role=role, name=name) for name in names)
    before = (_SECOND if second else _FIRST).format(parties=parties, name=names[0])
    found = "" if _FINDS.search(opening + text) else _FOUND
    return before + opening + text + found + _AFTER.format(name=names[0])


def facts(data: Path) -> dict[str, str]:
    """The texts by id: `cail2018/LINE` (from 0), `lawbench/TASK/NUMBER`."""
    lines = (data / "cail2018" / "dev.jsonl").read_text("utf-8").splitlines()
    found = {f"cail2018/{n}": str(json.loads(line)["fact"]) for n, line in enumerate(lines)}
    for path in sorted((data / "lawbench").glob("3-*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            found[f"lawbench/{row['id']}"] = re.sub(r"^(?:事实|文书)[:：]", "", row["question"])
    return {k: re.split(r"\n(?:罪名|刑法|涉及|上文|法条)", text)[0] for k, text in found.items()}


def without(judgment: str, cut: Sequence[tuple[int, int]]) -> str:
    """The judgment's normalised text without the stretches, which are in order."""
    text = source_from_text(judgment).text
    for start, end in reversed(cut):
        text = text[:start] + text[end:]
    return text


def judgments(data: Path) -> dict[str, str]:
    """The whole judgments by id."""
    lines = (data / "judgments" / "dev.jsonl").read_text("utf-8").splitlines()
    return {row["text_id"]: row["fd"] for row in map(json.loads, lines)}


def framed(row: Mapping[str, Any], data: Mapping[str, str]) -> str:
    """The text that a row of labels is about."""
    text = data[row["id"]]
    return without(text, row["cut"]) if "cut" in row else as_judgment(text)


def _spoken(doc: CaseDocument) -> set[tuple[str, str, str]]:
    parties = ("prosecution", "defence")
    return {(c.key, c.polarity, c.speaker) for c in doc.circumstances if c.speaker in parties}


def _differences(doc: CaseDocument, row: Mapping[str, Any], label: ArgumentsLabel) -> Iterator[str]:
    for point in label.arguments:
        yield f"  label {point.by} {doc.text[point.start : point.end]}"
    for argument in doc.arguments:
        yield f"  given {argument.by} {doc.text[argument.span.start : argument.span.end]}"
    if row["spoken"] is None:
        return
    wanted = {tuple(one) for one in row["spoken"]}
    yield f"  missed {sorted(wanted - _spoken(doc))} wrong {sorted(_spoken(doc) - wanted)}"


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("--round", type=int)
    parser.add_argument("--wrong", action="store_true", help="show what was read wrong")
    given = parser.parse_args()
    texts = facts(given.data) | judgments(given.data)
    rows: list[dict[str, Counts]] = []
    gone = 0
    for row in map(json.loads, LABELS.read_text("utf-8").splitlines()):
        if given.round not in (None, row["round"]):
            continue
        label = ArgumentsLabel(id=row["id"], arguments=row["arguments"])
        doc = parse(source_from_text(framed(row, texts)))
        found = dict(compare(doc, label))
        if row["spoken"] is not None:
            found["spoken"] = counts(_spoken(doc), {tuple(one) for one in row["spoken"]})
        gone += lost(doc, label)
        rows.append(found)
        if given.wrong and any(found[f].extra + found[f].missed for f in FIELDS if f in found):
            print(row["id"], *_differences(doc, row, label), sep="\n")
    print(f"{len(rows)} texts, {gone} labelled places not found")
    for field in FIELDS:
        _report(field, [row[field] for row in rows if field in row])


def _report(field: str, rows: Sequence[Counts]) -> None:
    low, high = bootstrap_interval(rows, micro_f1)
    labels = sum(r.hits + r.missed for r in rows)
    print(f"{field}: {labels} labels, F1 {micro_f1(rows):.4f} ({low:.3f}–{high:.3f})")


if __name__ == "__main__":
    main()
