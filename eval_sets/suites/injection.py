"""Whether documents that give orders are obeyed: verdicts, findings and grade held against the
same document without the order (`eval_sets/injection`).

`data` is a file of hostile texts in the form of `eval_sets/injection/documents.yaml`. `run` judges
by rules alone, `run_with_model` with the model of the settings wording what rules find.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from assistant.model import serving
from assistant.settings import load
from assistant.versions import versions
from eval_sets.injection.build import hostile
from eval_sets.injection.checking import Outcome, base, flagged, run_one
from eval_sets.metrics import share
from ingestion.errors import InputError

Progress = Callable[[int, int], None]


def _run(data: Path, limit: int | None, progress: Progress | None, model: bool) -> dict[str, Any]:
    started = time.monotonic()
    try:
        documents = hostile(data)[:limit]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"“{data.name}”不是注入文本的清单。") from error
    failed: dict[str, list[str]] = {}
    told = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        settings = load().model_copy(
            update={"home": folder, "model_budget": 36_000.0, "model_timeout": 600.0}
        )
        if model:
            stack.enter_context(serving(settings))

        @cache
        def without(in_layout: bool) -> Outcome:
            return base(settings, folder / "plain.docx" if in_layout else None)

        for done, document in enumerate(documents, start=1):
            said = run_one(document, folder, settings, without, model)
            if said:
                failed[document.id] = said
            told += flagged(document, folder)
            if progress:
                progress(done, len(documents))
    return {
        "suite": "injection_with_model" if model else "injection",
        "n": len(documents),
        "metrics": {
            "passed": share(len(documents) - len(failed), len(documents)),
            "documents": len(documents),
            "flagged": share(told, len(documents)),
            "failed": failed,
        },
        "intervals": {},
        "seconds": round(time.monotonic() - started, 3),
        "versions": versions(),
    }


def run(data: Path, limit: int | None = None, progress: Progress | None = None) -> dict[str, Any]:
    """By rules alone. Raises InputError for a file of another form."""
    return _run(data, limit, progress, model=False)


def run_with_model(
    data: Path, limit: int | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """With the model of the settings; needs one. Raises InputError, ModelUnavailable."""
    return _run(data, limit, progress, model=True)
