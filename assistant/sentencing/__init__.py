"""Sentencing: an opinion worked out step by step, and checks on sentences as such."""

from assistant.sentencing.bounds import (
    Excess,
    combined_out_of_bounds,
    illegal_terms,
    probation_out_of_bounds,
)
from assistant.sentencing.combination import combine
from assistant.sentencing.dates import custody_end, expected_end
from assistant.sentencing.model import SentencingOpinion, Step
from assistant.sentencing.opinion import opine
from assistant.sentencing.recommend import Comparison, recommendation_vs_verdict
from assistant.sentencing.whole import work_out

__all__ = [
    "Comparison",
    "Excess",
    "SentencingOpinion",
    "Step",
    "combine",
    "combined_out_of_bounds",
    "custody_end",
    "expected_end",
    "illegal_terms",
    "opine",
    "probation_out_of_bounds",
    "recommendation_vs_verdict",
    "work_out",
]
