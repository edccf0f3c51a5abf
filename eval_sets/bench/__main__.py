"""All measurements of speed and memory: `python -m eval_sets.bench --data FOLDER [NAME …]`.

FOLDER holds JSON lines with the full text of judgments in `fd`. Prints one JSON object with
the machine's facts, and for each measurement its n and ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from eval_sets.bench import machine
from ingestion.errors import InputError

# Each is loaded when it is run, and the folder first: what the others load starts threads,
# and a process with threads starts its workers the slow way.
MEASUREMENTS = ("folder", "fields", "opinions", "pdf_reading", "model_cost", "check_speed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASUREMENTS))
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MEASUREMENTS)
    if unknown:
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    result: dict[str, Any] = {"machine": machine.facts()}
    try:
        for name in asked.names or MEASUREMENTS:
            result[name] = import_module(f"eval_sets.bench.{name}").run(asked.data)
    except InputError as error:
        sys.exit(str(error))
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
