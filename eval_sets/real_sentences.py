"""The installed model's own sentences, many of them, checked as suite `grounding` does.

    python -m eval_sets.real_sentences DATA… --answers FOLDER [--sentences 500]

DATA: judgments or pairs, in the order given. The model takes seconds a sentence: its answers are
kept in the folder, and a run that was broken off goes on where it stood. After each case one line
says how far it has come; at the end the count is printed, dropped answers by their reason.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from assistant.model import serving
from assistant.settings import Settings, load
from eval_sets.compare import DEFAULT, settings_of
from eval_sets.suites.grounding import Tally, cases, tally_case

SENTENCES = 500


def gathered(data: list[Path], settings: Settings, sentences: int) -> Tally:
    """Cases analysed with the model of the settings until so many sentences were shown, or no
    case is left.
    """
    tally, done = Tally(), 0
    for path in data:
        for case in cases(path, None):
            if tally.sentences >= sentences:
                return tally
            tally_case(case, settings, tally)
            done += 1
            wrong = len(tally.unsupported)
            print(f"{done}: {tally.sentences} shown, {wrong} unsupported", flush=True)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--answers", type=Path, required=True)
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    given = parser.parse_args()
    settings = settings_of(DEFAULT, load()).model_copy(update={"home": given.answers})
    with serving(settings):
        tally = gathered(given.data, settings, given.sentences)
    print(json.dumps(tally.to_json(), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
