"""The fourth planter: what a hand that saw none of the checks would spoil in a pair.

python -m eval_sets.planting.fourth DATA [--most N] [--kinds A,B] [--missed]

works on the same pairs and counts in the same way as the third.
"""

from __future__ import annotations

from importlib import import_module

from eval_sets.planting.fourth_core import FOURTH
from eval_sets.planting.third import look_at

for _module in ("fourth_persons", "fourth_facts", "fourth_law", "fourth_course", "fourth_round"):
    import_module(f"eval_sets.planting.{_module}")

__all__ = ["FOURTH"]

if __name__ == "__main__":
    look_at(FOURTH)
