"""The suites by name. A suite is imported when it is run: some need heavy parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

__all__ = ["SUITES", "Suite"]

Progress = Callable[[int, int], None]


class Suite(Protocol):
    """Runs over `data` and returns what contracts/eval.schema.json describes."""

    def __call__(
        self, data: Path, limit: int | None = None, progress: Progress | None = None
    ) -> dict[str, Any]: ...


def _lazy(module: str, function: str = "run") -> Suite:
    def run(
        data: Path, limit: int | None = None, progress: Progress | None = None
    ) -> dict[str, Any]:
        suite: Suite = getattr(import_module(f"eval_sets.suites.{module}"), function)
        return suite(data, limit, progress)

    return run


SUITES: Mapping[str, Suite] = {
    "cail2018": _lazy("cail2018"),
    "documents": _lazy("documents"),
    "extraction": _lazy("extraction"),
    "grounding": _lazy("grounding"),
    "injection": _lazy("injection"),
    "injection_with_model": _lazy("injection", "run_with_model"),
    "fact_pairs": _lazy("fact_pairs"),
    "lawbench": _lazy("lawbench"),
    "lecard": _lazy("lecard"),
    "planted": _lazy("planted"),
    "reasoning": _lazy("reasoning"),
    "sentencing": _lazy("sentencing"),
}
