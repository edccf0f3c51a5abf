"""How the checks stand in this office: its settings, and what its people decided."""

from __future__ import annotations

from assistant.checks.standing import Standing, standings
from assistant.settings import Settings
from assistant.storage.decided import decided


def office_standings(settings: Settings) -> dict[str, Standing]:
    """The standing of every check by code. Raises SettingsError."""
    return standings(settings.office_checks, decided(settings))
