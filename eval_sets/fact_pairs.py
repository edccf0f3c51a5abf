"""A model asked about every labelled fact pair: `python -m eval_sets.fact_pairs OUT --model M`.

M is named as for `assistant eval compare` (`default`, a GGUF file, a directory, `URL#NAME`).
Writes the pairs with the model's answer in `model`, for suite `fact_pairs` to score.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.comparison.tie_break import FACT_PAIR, quoted_from
from assistant.model import running
from assistant.model.gateway import Gateway
from assistant.model.record import Answer
from assistant.settings import Settings, load
from eval_sets.compare import settings_of
from prompts import load as prompt


def answers(pairs: list[dict[str, Any]], settings: Settings) -> Iterator[dict[str, Any]]:
    """The pairs with what the model says; None where no usable answer came."""
    with running(settings) as endpoint:
        gateway = Gateway(endpoint, settings)
        for pair in pairs:
            fields = {"first": pair["first"], "second": pair["second"]}
            reply = gateway.ask(
                prompt(FACT_PAIR), fields, check=quoted_from(pair["first"], pair["second"])
            )
            said = reply.values["relation"] if isinstance(reply, Answer) else None
            yield {**pair, "model": said}


def pairs() -> list[dict[str, Any]]:
    """The labelled pairs of the repository."""
    text = (files("eval_sets") / "gold" / "fact_pairs.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--model", default="default")
    asked = parser.parse_args()
    with asked.out.open("w", encoding="utf-8") as out:
        for row in answers(pairs(), settings_of(asked.model, load())):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()


if __name__ == "__main__":
    main()
