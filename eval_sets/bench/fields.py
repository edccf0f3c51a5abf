"""What extracting the fields of a document costs beside segmenting the same text with jieba.

CPU seconds of one process. Document by document the two take turns, so that whatever else
the machine does falls on both; jieba's dictionary and our tables are loaded before.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

import jieba

from eval_sets.bench.documents import texts
from ingestion.extract import parse
from ingestion.readers import source_from_text

PASSES = 5
_WARM_UP = 20


def run(data: Path) -> dict[str, Any]:
    """`ratio`: field extraction over segmentation; each document counts with its least seconds.

    `ratio_with_reading` adds normalising the text, which jieba is spared.
    """
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    judgments = texts(data)
    for text in judgments[:_WARM_UP]:
        _seconds(text)
    passes = [[_seconds(text) for text in judgments] for _ in range(PASSES)]
    reading, fields, words = (
        sum(min(one[step] for one in document) for document in zip(*passes, strict=True))
        for step in range(3)
    )
    return {
        "n": len(judgments),
        "characters": sum(map(len, judgments)),
        "passes": PASSES,
        "cpu_fields": round(fields, 3),
        "cpu_reading": round(reading, 3),
        "cpu_jieba": round(words, 3),
        "ratio": round(fields / words, 3),
        "ratio_with_reading": round((fields + reading) / words, 3),
    }


def _seconds(text: str) -> tuple[float, float, float]:
    """CPU seconds of reading a text, of extracting its fields, and of segmenting it."""
    begun = time.process_time()
    source = source_from_text(text)
    read = time.process_time()
    parse(source)
    parsed = time.process_time()
    jieba.lcut(text)
    return read - begun, parsed - read, time.process_time() - parsed
