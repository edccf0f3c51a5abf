"""Similar cases: the office's bank of decided cases, and what is done with it."""

from __future__ import annotations
