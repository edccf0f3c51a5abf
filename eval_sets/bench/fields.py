"""What extracting the fields of a document costs beside segmenting the same text with jieba.

CPU seconds of one process. Document by document the two take turns, so that whatever else
the machine does falls on both; jieba's dictionary and our tables are loaded before.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from statistics import median
from typing import Any

import jieba

from eval_sets.bench.documents import texts
from ingestion.extract import parse
from ingestion.readers import source_from_text

PASSES = 3
_WARM_UP = 20


def run(data: Path) -> dict[str, Any]:
    """`ratio`: field extraction over segmentation, the median of the passes.

    `ratio_with_reading` adds normalising the text, which jieba is spared.
    """
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    judgments = texts(data)
    for text in judgments[:_WARM_UP]:
        jieba.lcut(text)
        parse(source_from_text(text))
    passes = [_pass(judgments) for _ in range(PASSES)]
    return {
        "n": len(judgments),
        "characters": sum(map(len, judgments)),
        "passes": passes,
        "ratio": median(p["ratio"] for p in passes),
        "ratio_with_reading": median(p["ratio_with_reading"] for p in passes),
    }


def _pass(judgments: list[str]) -> dict[str, float]:
    reading = fields = words = 0.0
    for text in judgments:
        begun = time.process_time()
        source = source_from_text(text)
        read = time.process_time()
        parse(source)
        parsed = time.process_time()
        jieba.lcut(text)
        words += time.process_time() - parsed
        fields += parsed - read
        reading += read - begun
    return {
        "cpu_fields": round(fields, 3),
        "cpu_reading": round(reading, 3),
        "cpu_jieba": round(words, 3),
        "ratio": round(fields / words, 3),
        "ratio_with_reading": round((fields + reading) / words, 3),
    }
