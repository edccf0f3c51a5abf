"""A model asked whether findings hold: `python -m eval_sets.finding_right --answers FOLDER`.

Over the pairs of `eval_sets/gold/findings.jsonl` (invented: each kind of finding once right, once
a false alarm); with `--data`, the folder of development data, over the findings of
`eval_sets/gold/check_hits.jsonl` that the program still gives: as many right ones, drawn by a
fixed seed, as there are false alarms, because a model that always agrees would be right on nine
in ten. Answers are kept in the folder. The program asks this question only in `assistant eval
compare`, over the office's own decisions.
"""

from __future__ import annotations

import argparse
import json
import random
from importlib.resources import files
from pathlib import Path

from assistant.findings import Finding
from assistant.model import running
from assistant.model.gateway import Gateway
from assistant.settings import load
from eval_sets.compare import Decided, foretold, quoted, settings_of
from eval_sets.gold.hits import verdicts
from eval_sets.metrics import bootstrap_interval, share
from eval_sets.precision import hits

_SEED = 20240301


def own() -> list[Decided]:
    """The invented findings, half of them false alarms."""
    text = (files("eval_sets") / "gold" / "findings.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    return [Decided(r["title"], r["message"], tuple(r["quotes"]), r["right"]) for r in rows]


def judged(data: Path) -> list[Decided]:
    """Findings on the data with a person's verdict, half of them false alarms."""
    told = verdicts()
    found: dict[bool, dict[str, Decided]] = {True: {}, False: {}}
    for one, finding, _ in hits(data):
        if one in told:
            found[told[one]]["/".join(one)] = _decided(finding, told[one])
    draw = random.Random(_SEED)
    wrong, right = (sorted(found[verdict].items()) for verdict in (False, True))
    count = min(len(wrong), len(right))
    return [d for _, d in [*draw.sample(wrong, count), *draw.sample(right, count)]]


def _decided(finding: Finding, right: bool) -> Decided:
    return Decided(finding.title, finding.message, quoted(e.quote for e in finding.evidence), right)


def _accuracy(rows: list[bool]) -> float:
    return share(sum(rows), len(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--answers", type=Path, required=True)
    given = parser.parse_args()
    settings = settings_of(given.model, load()).model_copy(update={"home": given.answers})
    findings = judged(given.data) if given.data else own()
    with running(settings) as endpoint:
        right = []
        gateway = Gateway(endpoint, settings)
        for finding in findings:
            right.append(foretold(gateway, finding))
            print(f"{len(right)}: {_accuracy(right):.3f}", flush=True)
        cost = gateway.totals()
    by_label = {
        name: _accuracy([r for r, f in zip(right, findings, strict=True) if f.right is label])
        for name, label in (("right_ones", True), ("false_alarms", False))
    }
    told = {"n": len(right), "accuracy": _accuracy(right), **by_label, "model": cost}
    told["interval"] = list(bootstrap_interval(right, lambda rows: _accuracy(list(rows))))
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
