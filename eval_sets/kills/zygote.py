"""A process in which everything is loaded: it forks web servers and workers, warm, in no time.

Killed and started fifty times, loading would take longer than the work. A fork is a process
like any other to those who talk to it and to `kill -9`. Reads one command a line (`web PORT`,
`worker`), answers with the process id. Called as `… zygote HOME CACHE DATABASE`.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.settings import Settings


def main(settings: Settings) -> None:
    _load(settings)
    # Nobody waits for the forks: the system clears them away.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "web":
            port = int(arguments[0])
            print(_forked(lambda port=port: _web(settings, port)), flush=True)  # type: ignore[misc]
        else:
            print(_forked(lambda: _worker(settings)), flush=True)


def _load(settings: Settings) -> None:
    import uvicorn  # noqa: F401

    import api.app  # noqa: F401
    import assistant.jobs.worker  # noqa: F401
    from assistant.analysis import conclude, judge
    from assistant.casefile import CaseFile
    from eval_sets.kills.papers import indictment
    from ingestion.extract import parse
    from ingestion.readers import source_from_text

    case = CaseFile(documents={"indictment": parse(source_from_text(indictment(0)))})
    conclude(case, judge(case, settings=settings), model=False, settings=settings)


def _forked(act: Callable[[], None]) -> int:
    child = os.fork()
    if child:
        return child
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)
    os.dup2(silent, 1)
    try:
        act()
    finally:
        os._exit(1)


def _web(settings: Settings, port: int) -> None:
    import uvicorn

    from api.app import create_app

    app = create_app(settings, own_worker=False)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="critical", access_log=False)


def _worker(settings: Settings) -> None:
    from assistant.jobs.process import work

    work(settings, attached=False)


if __name__ == "__main__":
    home, cache, database = sys.argv[1:]
    main(Settings(home=Path(home), cache=Path(cache), database_url=database))
