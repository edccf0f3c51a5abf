"""`python -m eval_sets.kills`: prints the verdict as JSON; exit code 1 where it does not hold."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings
from eval_sets.kills.office import run


def main(
    runs: Annotated[int, typer.Option(min=1, help="how many kills")] = 200,
    database: Annotated[
        str | None, typer.Option(help="SQLAlchemy URL of an empty database")
    ] = None,
    seed: Annotated[int, typer.Option()] = 13,
) -> None:
    """Kill processes at random moments and look what became of the uploads."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(home=Path(home), cache=Path(home) / "cache", database_url=database)
        verdict = run(settings, runs, seed)
    told = {"holds": verdict.holds, "prompt": verdict.prompt, **asdict(verdict)}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    raise typer.Exit(0 if verdict.holds and verdict.prompt else 1)


typer.run(main)
