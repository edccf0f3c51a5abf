"""What was read of a case's documents, sealed beside its result: a scan is recognised once only.

Made by one version of the program; another reads the original again.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.settings import Settings
from assistant.storage.keys import office_key
from assistant.storage.schema import Base
from assistant.storage.sealed import seal, unsealed
from assistant.versions import versions


class ReadingRow(Base):
    """A document of a case as it was read; `content` is its JSON, packed and sealed."""

    __tablename__ = "readings"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(32), primary_key=True)
    program: Mapped[str] = mapped_column(Text)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def packed(settings: Settings, documents: Mapping[str, Any]) -> dict[str, bytes]:
    """Documents (JSON by role) as they are kept. Raises KeyUnusable."""
    key = office_key(settings)
    found = {}
    for role, document in documents.items():
        content = gzip.compress(json.dumps(document, ensure_ascii=False).encode(), 3)
        out = io.BytesIO()
        seal(io.BytesIO(content), out, key)
        found[role] = out.getvalue()
    return found


def put(session: Session, case_id: str, sealed: Mapping[str, bytes]) -> None:
    """Keep what `packed` made, in the caller's writing transaction."""
    for role, content in sealed.items():
        session.merge(ReadingRow(case_id=case_id, role=role, program=_program(), content=content))


def get(session: Session, settings: Settings, case_id: str, role: str) -> Any:
    """The document's JSON; None where none is kept that this program made.

    Raises KeyUnusable, Unreadable.
    """
    row = session.get(ReadingRow, (case_id, role))
    if row is None or row.program != _program():
        return None
    content = b"".join(unsealed(io.BytesIO(row.content), office_key(settings)))
    return json.loads(gzip.decompress(content))


def _program() -> str:
    told = versions()
    return f"{told['program']} {told['rules']}"
