"""On what a figure was measured: without it no speed means anything."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from assistant.versions import versions
from ingestion.readers.threads import available


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def facts() -> dict[str, Any]:
    """Processor, cores, load at this moment, memory in MiB, system, Python and program."""
    return {
        "processor": _processor(),
        "cores": available(),
        "load": round(os.getloadavg()[0], 2),
        "memory_mib": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "program": versions()["program"],
    }
