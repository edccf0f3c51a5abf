"""Styles and scripts of the pages: local files, each under a name made from its content.

A browser may keep such a file for ever: a changed one has another name.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from api.access import Permission, need

FOLDER = Path(__file__).parent / "static"
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"
DIGITS = 10
router = APIRouter(include_in_schema=False)


def _named(path: Path, content: bytes) -> str:
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:DIGITS]}{path.suffix}"


_FILES = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir())}
_NAMES = {name: _named(Path(name), content) for name, content in _FILES.items()}
_SERVED = {_NAMES[name]: (MEDIA_TYPES[Path(name).suffix], _FILES[name]) for name in _FILES}


def asset(name: str) -> str:
    """The address of a file of `static/`. Raises KeyError for one that is not there.

    >>> asset("app.css").startswith("/static/app."), asset("app.css").endswith(".css")
    (True, True)
    """
    return f"/static/{_NAMES[name]}"


@router.get("/static/{name}", response_class=Response, dependencies=[need(Permission.OPEN)])
def static(name: str) -> Response:
    if name not in _SERVED:
        raise HTTPException(404)
    media_type, content = _SERVED[name]
    return Response(content, media_type=media_type, headers={"cache-control": FOREVER})
