"""HTTP access to cases, decisions and reports, on the loopback address only."""

from __future__ import annotations

from api.app import create_app
from api.server import serve

__all__ = ["create_app", "serve"]
