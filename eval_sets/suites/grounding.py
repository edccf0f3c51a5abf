"""Whether every sentence shown as a model's stands on its sources.

Each case is analysed with a model; what the model worded or decided and the program would show is
checked again here, by means of its own: every number, title, article, quotation and document
number of a sentence must stand in the finding it words, every quote at its place in the document,
every cited article must exist. `supported` is the share that does, `sentences` how many were
shown, `dropped` how many answers the program threw away, `dropped_reasons` why.

Two models: `replay`, a hostile server that lies in every second answer (eval_sets/replay.py), over
all cases; and `model`, the installed default model, over the first few (over many:
eval_sets/real_sentences.py). `data` is judgments (`text_id`, `fd`) or pairs (`indictment`,
`judgment`).
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.analysis import analyse_case
from assistant.casefile import CaseFile
from assistant.model import serving
from assistant.model.install import status
from assistant.settings import Settings, load
from assistant.versions import versions
from eval_sets.metrics import share
from eval_sets.replay import hostile_server
from eval_sets.suites.planted import read_pair
from ingestion.errors import InputError
from ingestion.extract import parse
from ingestion.readers import source_from_text
from knowledge_base import laws
from knowledge_base.numerals import article_number

Progress = Callable[[int, int], None]

REAL_CASES = 4
_NO_LIMIT = 10**9
_NUMERAL = "零〇一二三四五六七八九十百千万亿两"
_PART = re.compile(
    rf"\d+|《[^》]*》|第[{_NUMERAL}]+条|[“\"][^”\"]*[”\"]|[（〔(]\d{{4}}[）〕)][^，。；]{{0,12}}号|[{_NUMERAL}]{{2,}}"
)
_ARTICLE = re.compile(rf"《([^》]+)》(第[{_NUMERAL}\d]+条(?:之[{_NUMERAL}]+)?)")
_CRIME = re.compile(r"构成([\u4e00-\u9fff]{2,12}罪)")


@dataclass
class Tally:
    """What was shown and what was not; `different`: sentences, each counted once."""

    sentences: int = 0
    different: set[str] = field(default_factory=set)
    calls: int = 0
    dropped: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unsupported: list[str] = field(default_factory=list)
    invented_articles: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "supported": share(self.sentences - len(self.unsupported), self.sentences),
            "sentences": self.sentences,
            "different": len(self.different),
            "calls": self.calls,
            "dropped": self.dropped,
            "dropped_reasons": dict(self.reasons),
            "invented_articles": self.invented_articles,
            "unsupported": self.unsupported[:20],
        }


def cases(data: Path, limit: int | None) -> Iterator[CaseFile]:
    """The judgments and pairs of the data (`limit`: the first ones)."""
    found = 0
    for file in sorted(data.glob("*.jsonl")) if data.is_dir() else [data]:
        with file.open(encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                if found == limit:
                    return
                if "fd" in row:
                    document = parse(source_from_text(row["fd"]))
                    document.role = "judgment"
                    yield CaseFile(documents={"judgment": document})
                    found += 1
                elif "indictment" in row and "judgment" in row:
                    yield read_pair(row)
                    found += 1


def _check_wording(wording: dict[str, Any], tally: Tally) -> None:
    said, source = wording["wording"], wording["template"]
    tally.sentences += 1
    tally.different.add(said)
    strange = [part for part in _PART.findall(said) if part not in source]
    strange += [name for name in _CRIME.findall(said) if name not in source]
    for law, number in _ARTICLE.findall(said):
        article = article_number(number)
        if (
            article
            and laws.title(law)
            and laws.status(law, article[0], article[1]) == "no_such_article"
        ):
            tally.invented_articles += 1
            strange.append(number)
    if strange:
        tally.unsupported.append(f"{wording['code']}: {'、'.join(strange)}")


def _check_items(case: CaseFile, items: list[dict[str, Any]], tally: Tally) -> None:
    for item in items:
        if item["decided_by"] != "model":
            continue
        tally.sentences += 1
        tally.different.add(f"{item['kind']} {item['subject']['quote']}")
        text = case.judgment.text if case.judgment else ""
        for span in (item["subject"], item["quote"]):
            if span is not None and text[span["start"] : span["end"]] != span["quote"]:
                tally.unsupported.append(f"{item['kind']}: {item['verdict']}")
                break


def _check_passages(case: CaseFile, differences: dict[str, Any] | None, tally: Tally) -> None:
    """What the model says of two passages shows words of both."""
    pairs = differences["pairs"] if differences else []
    for passage in (p for pair in pairs for count in pair["counts"] for p in count["passages"]):
        if passage.get("decided_by") != "model":
            continue
        tally.sentences += 1
        tally.different.add(f"{passage['first']['quote']} {passage['second']['quote']}")
        for span, quote in zip(
            (passage["first"], passage["second"]), passage["quotes"], strict=True
        ):
            document = case.documents.get(span["role"])
            told = document.text[span["start"] : span["end"]] if document else ""
            if quote not in told or not (quote or passage["relation"] == "missing"):
                tally.unsupported.append(f"fact_pair: {passage['relation']}")
                break


def _check_evidence(case: CaseFile, findings: list[dict[str, Any]], tally: Tally) -> None:
    for finding in findings:
        if finding["source"] != "model":
            continue
        for span in finding["evidence"]:
            document = case.documents.get(span["role"])
            if document is None or document.text[span["start"] : span["end"]] != span["quote"]:
                tally.unsupported.append(f"{finding['code']}: evidence")
                break


def tally_case(case: CaseFile, settings: Settings, tally: Tally) -> None:
    """Analyse one case with the model of the settings and check what would be shown."""
    result = analyse_case(case, model=True, settings=settings)
    used = result["model"]
    if used is None:
        return
    tally.calls += used["calls"]
    tally.dropped += used["dropped"]
    tally.reasons.update(used["dropped_reasons"])
    for wording in used["wordings"]:
        _check_wording(wording, tally)
    _check_items(case, result["reasoning"]["items"] if result["reasoning"] else [], tally)
    _check_passages(case, result["differences"], tally)
    _check_evidence(case, result["findings"], tally)


def _free(settings: Settings, home: Path, **more: Any) -> Settings:
    """Nothing on file, and neither time nor tokens end a case early."""
    freed = {
        "home": home,
        "model_budget": 36_000.0,
        "model_timeout": 600.0,
        "model_prompt_tokens": _NO_LIMIT,
        "model_output_tokens": _NO_LIMIT,
    }
    return settings.model_copy(update=freed | more)


def run(data: Path, limit: int | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """`limit` cases for the replay, and at most as many for the model. Raises InputError."""
    started = time.monotonic()
    found = list(cases(data, limit))
    if not found:
        raise InputError(f"“{data.name}”中没有判决书，也没有起诉书与判决书的配对。")
    replay, real = Tally(), Tally()
    installed = status(load()).installed
    few = found[:REAL_CASES] if installed else []
    done = 0
    with TemporaryDirectory() as home:
        with hostile_server() as (url, said):
            settings = _free(
                load(), Path(home), model_backend=None, model_url=url, model_name="replay"
            )
            for case in found:
                tally_case(case, settings, replay)
                done += 1
                if progress:
                    progress(done, len(found) + len(few))
        if few:
            settings = _free(load(), Path(home))
            with serving(settings):
                for case in few:
                    tally_case(case, settings, real)
                    done += 1
                    if progress:
                        progress(done, len(found) + len(few))
    shown = replay.sentences + real.sentences
    wrong = len(replay.unsupported) + len(real.unsupported)
    return {
        "suite": "grounding",
        "n": len(found),
        "metrics": {
            "supported": share(shown - wrong, shown),
            "sentences": shown,
            "dropped": replay.dropped + real.dropped,
            "invented_articles": replay.invented_articles + real.invented_articles,
            "replay": replay.to_json() | {"said": said},
            "model": real.to_json() if few else None,
        },
        "intervals": {},
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }
