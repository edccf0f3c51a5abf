"""A model asked whether findings hold: `python -m eval_sets.finding_right DATA --answers FOLDER`.

DATA is the folder of development data. The findings are those of `eval_sets/gold/check_hits.jsonl`
that the program still gives: as many right ones, drawn by a fixed seed, as there are false alarms,
because a model that always agrees would be right on nine in ten. Answers are kept in the folder.
The program asks this question only in `assistant eval compare`, over the office's own decisions.
"""

from __future__ import annotations

import argparse
import json
import random
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


def asked(data: Path, most: int | None = None) -> list[Decided]:
    """Findings with a person's verdict, half of them false alarms, `most` of each."""
    told = verdicts()
    found: dict[bool, dict[str, Decided]] = {True: {}, False: {}}
    for one, finding, _ in hits(data):
        if one in told:
            found[told[one]]["/".join(one)] = _decided(finding, told[one])
    draw = random.Random(_SEED)
    wrong, right = (sorted(found[verdict].items()) for verdict in (False, True))
    count = min(len(wrong), len(right), most or len(wrong))
    return [d for _, d in [*draw.sample(wrong, count), *draw.sample(right, count)]]


def _decided(finding: Finding, right: bool) -> Decided:
    return Decided(finding.title, finding.message, quoted(e.quote for e in finding.evidence), right)


def _accuracy(rows: list[bool]) -> float:
    return share(sum(rows), len(rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--model", default="default")
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--most", type=int, help="so many right ones and false alarms each")
    given = parser.parse_args()
    settings = settings_of(given.model, load()).model_copy(update={"home": given.answers})
    findings = asked(given.data, given.most)
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
