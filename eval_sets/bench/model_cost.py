"""What the model costs a case: tokens, and wall time over llama.cpp's own for the same tokens.

Each case is one judgment, analysed as `assistant check` does: own documents and judgments of
the data, spread evenly over it. One server answers all; nothing is on file at the beginning.
`ratio` sets the seconds of all calls by our clock against what llama.cpp says it computed in
those very calls, so that other work on the machine weighs on both. The second run of each case
must cost no tokens.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from assistant.analysis import analyse_case
from assistant.casefile import CaseFile
from assistant.model import serving
from assistant.settings import Settings, load
from eval_sets.bench.documents import texts
from eval_sets.own.labels import documents
from ingestion.extract import parse
from ingestion.readers import source_from_text

JUDGMENTS = 16  # of the data, beside all own ones
_COUNTS = ("calls", "prompt_tokens", "cached_tokens", "output_tokens", "seconds")


def run(data: Path) -> dict[str, Any]:
    """Medians over cases, the ratio over all calls, and the tokens of all second runs."""
    own = [d.text for d in documents() if d.label.type == "judgment"]
    all_judgments = texts(data)
    step = max(len(all_judgments) // JUDGMENTS, 1)
    cases = own + all_judgments[::step][:JUDGMENTS]
    rows = []
    with TemporaryDirectory() as home:
        # Time is the machine's of today: only tokens may end a case here.
        settings = load().model_copy(
            update={"home": Path(home), "model_budget": 3600.0, "model_timeout": 600.0}
        )
        with serving(settings):
            for number, text in enumerate(cases):
                first, second = _analysed(text, settings), _analysed(text, settings)
                rows.append({**first, "again_tokens": _tokens(second), "own": number < len(own)})
                print(json.dumps(rows[-1]), file=sys.stderr, flush=True)
    asked = [row for row in rows if row["calls"]]
    server = sum(row["server_seconds"] for row in asked)
    return {
        "n": len(rows),
        "own": len(own),
        "without_question": len(rows) - len(asked),
        "median": {name: median(row[name] for row in rows) for name in _COUNTS},
        "most": {name: max(row[name] for row in rows) for name in _COUNTS},
        "median_where_asked": {
            name: median([row[name] for row in asked] or [0]) for name in _COUNTS
        },
        "cached_share": round(
            sum(r["cached_tokens"] for r in asked) / max(sum(r["prompt_tokens"] for r in asked), 1),
            3,
        ),
        "ratio": round(sum(row["seconds"] for row in asked) / server, 3) if server else None,
        "step_ratio": round(sum(row["step"] for row in asked) / server, 3) if server else None,
        "again_tokens": sum(row["again_tokens"] for row in rows),
    }


def _analysed(text: str, settings: Settings) -> dict[str, Any]:
    """The `model` totals of one run, with the seconds of the whole model step as `step`."""
    case = CaseFile(documents={"judgment": parse(source_from_text(text))})
    result = analyse_case(case, model=True, settings=settings)
    used: dict[str, Any] = result["model"]
    kept = {name: used[name] for name in (*_COUNTS, "server_seconds", "dropped_reasons")}
    return {**kept, "step": result["timing"]["reasoning"]}


def _tokens(row: dict[str, Any]) -> int:
    return int(row["prompt_tokens"]) + int(row["output_tokens"])
