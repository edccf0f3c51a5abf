"""Where a model answers: a configured endpoint, or a local server that published itself."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Literal

import httpx
from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from assistant.settings import Settings

# What servers say of a model that stays the same while it does (not `created`: some give now).
_LASTING = ("id", "root", "owned_by", "max_model_len", "meta", "digest")


class Endpoint(BaseModel):
    """An OpenAI-compatible base URL (with /v1), the model's name there, and the key.

    `sha256` is the hash of the weights where we serve them ourselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    name: str
    key: SecretStr | None = None
    kind: Literal["configured", "published", "private", "planned"]
    sha256: str | None = None

    @property
    def secret(self) -> str | None:
        return self.key.get_secret_value() if self.key else None

    def model_hash(self) -> str | None:
        """What names the model in records: its weights' hash, of another's server the hash of
        its address and of what it lists about the model; None where it lists nothing.
        """
        if self.sha256:
            return self.sha256
        entry = next((m for m in _listed(self.url, self.secret) if m.get("id") == self.name), None)
        if entry is None:
            return None
        told = {name: entry[name] for name in _LASTING if name in entry}
        text = json.dumps([self.url, told], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class Publication(BaseModel):
    """What `assistant model serve` leaves for other processes of the same user."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pid: int
    url: str
    name: str
    key: str
    sha256: str = ""


def client(key: str | None, seconds: float) -> httpx.Client:
    """No proxy from the environment, no redirects: the host that was checked is the one called."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(headers=headers, timeout=seconds, trust_env=False, follow_redirects=False)


def is_healthy(url: str, key: str | None, seconds: float = 2.0) -> bool:
    """Whether the endpoint lists its models to us (a stranger on the port does not)."""
    return bool(_listed(url, key, seconds))


def _listed(url: str, key: str | None, seconds: float = 2.0) -> list[dict[str, Any]]:
    """The models an endpoint says it has; empty where it says nothing that can be read."""
    try:
        with client(key, seconds) as http:
            answer = http.get(f"{url.rstrip('/')}/models")
            found = answer.json()["data"] if answer.status_code == 200 else []
            return [m for m in found if isinstance(m, dict)]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        return []


def publication_path(settings: Settings) -> Path:
    return settings.models / "server.json"


def publish(settings: Settings, publication: Publication) -> None:
    """Readable by this user only: the key stands in it."""
    path = publication_path(settings)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(publication.model_dump_json(), encoding="utf-8")


def withdraw(settings: Settings, pid: int) -> None:
    """Remove the publication if it is still that process's own."""
    path = publication_path(settings)
    try:
        if json.loads(path.read_text(encoding="utf-8")).get("pid") == pid:
            path.unlink()
    except (OSError, ValueError):
        return


def published(settings: Settings) -> Endpoint | None:
    """The published server if it answers.

    What a killed server left behind answers nobody (or not to the key): it is passed over
    here and written over by the next one.
    """
    path = publication_path(settings)
    try:
        found = Publication.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None
    if not (settings.may_call(found.url) and is_healthy(found.url, found.key)):
        return None
    return Endpoint(
        url=found.url,
        name=found.name,
        key=SecretStr(found.key),
        kind="published",
        sha256=found.sha256 or None,
    )
