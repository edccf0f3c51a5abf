"""All measurements of speed and memory: `python -m eval_sets.bench --data FOLDER [NAME …]`.

FOLDER holds JSON lines with the full text of judgments in `fd`. Prints one JSON object with
the machine's facts, and for each measurement its n and ratios.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval_sets.bench import fields, folder, machine, opinions, pdf_reading
from ingestion.errors import InputError

MEASUREMENTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "fields": fields.run,
    "folder": folder.run,
    "opinions": opinions.run,
    "pdf_reading": lambda _: pdf_reading.run(pages=200, runs=7),
}


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
            result[name] = MEASUREMENTS[name](asked.data)
    except InputError as error:
        sys.exit(str(error))
    print(json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
