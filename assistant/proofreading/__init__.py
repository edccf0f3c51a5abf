"""Slips of the pen found by what legal writing usually looks like, without any model.

A noisy channel: where the text reads oddly, every small edit (a character or word of like sound,
one too many, one missing, two swapped) is tried, and a few fitted weights say how likely it is
what was meant. Numbers come from `knowledge_base.language_data` and `knowledge_base.proofreading`.
"""

from assistant.proofreading.choice import Correction, carried_out, corrections

__all__ = ["Correction", "carried_out", "corrections"]
