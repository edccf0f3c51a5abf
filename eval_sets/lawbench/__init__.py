"""LawBench: how each task that we answer is answered and counted."""
