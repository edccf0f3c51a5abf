"""All tables of the program, whichever area they belong to."""

from __future__ import annotations

from sqlalchemy import MetaData

from assistant.storage.schema import Base


def metadata() -> MetaData:
    """The tables, parents before children in `sorted_tables`."""
    # Areas above this package: asked when needed, so that none imports another in a circle.
    import assistant.accounts.schema
    import assistant.jobs.schema
    import assistant.quality.schema
    import assistant.storage.erasing
    import assistant.storage.readings
    import assistant.storage.register  # noqa: F401

    return Base.metadata
