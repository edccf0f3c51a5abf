"""Why there is no embedding. Each message is one Chinese sentence.

EmbedderMissing   search and import go on lexically, and say so
"""

from __future__ import annotations


class EmbedderMissing(Exception):
    """The model's files are absent, damaged or not a model; `str(error)` is shown to users."""
