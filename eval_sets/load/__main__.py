"""`python -m eval_sets.load --users 20 --seconds 60 --kills 10`: exit code 1 where it does not hold."""

# First of all: it makes sockets, threads and processes those of gevent.
from locust.env import Environment  # isort: skip

import argparse
import json
import random
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from assistant.accounts import UserRole
from eval_sets.load.check import lost
from eval_sets.load.ledger import Ledger, percentile
from eval_sets.load.people import Officer
from eval_sets.load.texts import Texts
from eval_sets.workspace import Workspace

MOST_USERS, MOST_SECONDS, MOST_KILLS = 50, 300, 50
TIMES_THE_MEDIAN = 3.0
PHASES = ("alone", "arriving", "together", "kills")
ARRIVING_SECONDS = 15.0
BETWEEN_KILLS = (2.0, 8.0)


def main() -> int:
    """Run and print the numbers as JSON."""
    options = _options()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        environment = {"ASSISTANT_DATABASE_URL": options.database} if options.database else {}
        with Workspace(home, environment) as workspace:
            told = run(workspace, options.users, options.seconds, options.kills)
    sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return 0 if told["holds"] else 1


def run(workspace: Workspace, users: int, seconds: float, kills: int) -> dict[str, Any]:
    """One person alone, then all, then all while everything is killed; then the count."""
    ledger = Ledger()
    names = [f"承办人{n:02}" for n in range(1, users + 1)]
    accounts = workspace.add_many(names, UserRole.officer)
    Officer.url, Officer.ledger, Officer.texts = workspace.url, ledger, Texts()
    Officer.accounts = deque(accounts)
    _say("one person alone")
    with _at_work(1):
        time.sleep(seconds / 2)
    restarts = []
    ledger.phase = "arriving"
    _say(f"{users} together")
    with _at_work(users):
        # Everybody signs in at the same second, which no office does: measured after that.
        time.sleep(min(seconds, ARRIVING_SECONDS))
        ledger.phase = "together"
        time.sleep(seconds)
        ledger.phase = "kills"
        for _ in range(kills):
            time.sleep(random.uniform(*BETWEEN_KILLS))
            restarts.append(_killed(workspace))
    ledger.phase = "after"
    _say(f"looking for {len(ledger.uploads)} uploads, {len(ledger.decisions)} decisions")
    gone = lost(workspace, ledger, accounts)
    return _told(ledger, gone, restarts, users, seconds)


@contextmanager
def _at_work(users: int) -> Iterator[None]:
    environment = Environment(user_classes=[Officer])
    runner = environment.create_local_runner()
    runner.start(users, spawn_rate=users)
    try:
        yield
    finally:
        runner.quit()


def _killed(workspace: Workspace) -> float:
    """kill -9 of everything, of the server or of its worker; seconds until pages are back."""
    began = time.monotonic()
    struck = random.choice((workspace.kill, workspace.kill_server, workspace.kill_workers))
    struck()
    if struck != workspace.kill_workers:
        workspace.start()
    _say(f"{struck.__name__}, back after {time.monotonic() - began:.1f} s")
    return time.monotonic() - began


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


def _told(
    ledger: Ledger, gone: dict[str, Any], restarts: list[float], users: int, seconds: float
) -> dict[str, Any]:
    alone, together = ledger.times("alone"), ledger.times("together")
    single, p95 = median(alone or [0.0]), percentile(together, 0.95)
    errors = [r for phase in PHASES for r in ledger.errors(phase)]
    within = bool(alone and together) and p95 <= TIMES_THE_MEDIAN * single
    return {
        "users": users,
        "seconds": seconds,
        "requests": {p: sum(r.phase == p for r in ledger.requests) for p in PHASES},
        "page_ms": {
            "alone_median": round(single, 1),
            "together_median": round(median(together or [0.0]), 1),
            "together_p95": round(p95, 1),
            "p95_to_alone_median": round(p95 / single, 2) if single else None,
        },
        "upload_ms": {
            p: round(median(ledger.times(p, "upload") or [0.0]), 1) for p in ("alone", "together")
        },
        "errors": [f"{r.phase} {r.name}: {r.error or 'no answer'}" for r in errors][:20],
        "errors_count": len(errors),
        "kills": len(restarts),
        "cut_off": sum(r.cut for r in ledger.requests if r.phase == "kills"),
        "longest_restart_s": round(max(restarts, default=0.0), 1),
        "accepted": {"uploads": len(ledger.uploads), "decisions": len(ledger.decisions)},
        **gone,
        "p95_within": within,
        "holds": within and not errors and not any(gone["lost"].values()) and gone["audit_clean"],
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--database", default="", help="PostgreSQL's URL; SQLite without it")
    options = parser.parse_args()
    options.users = min(options.users, MOST_USERS)
    options.seconds = min(options.seconds, MOST_SECONDS)
    options.kills = min(options.kills, MOST_KILLS)
    return options


if __name__ == "__main__":
    raise SystemExit(main())
