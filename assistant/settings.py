"""Settings: read once from ASSISTANT_* environment variables, checked, and passed on.

ASSISTANT_SETTINGS may name one YAML file with the same names as keys; the environment wins.

| variable | meaning | default |
| --- | --- | --- |
| ASSISTANT_HOME | cases, database, reports | the user's data folder |
| ASSISTANT_CACHE | model weights, indexes: all of it can be made again | the user's cache folder |
| ASSISTANT_DATABASE_URL | SQLAlchemy URL | SQLite file in ASSISTANT_HOME |
| ASSISTANT_KEY_FILE | key that originals and backups are encrypted with | in ASSISTANT_HOME |
| ASSISTANT_RETENTION | YAML file of the office's own retention periods | nothing expires |
| ASSISTANT_MODEL_BACKEND | llama_cpp, openai_compatible or transformers | by MODEL_URL |
| ASSISTANT_MODEL_PATH | a GGUF file, or a model directory (transformers) | the default model |
| ASSISTANT_MODEL_URL | OpenAI-compatible endpoint | none: the local model is served |
| ASSISTANT_MODEL_NAME | model name sent to that endpoint | the default model |
| ASSISTANT_MODEL_KEY | key for that endpoint, never logged | none |
| ASSISTANT_ALLOWED_HOSTS | intranet hosts allowed beside loopback, comma separated | none |
| ASSISTANT_MODEL_TIMEOUT | seconds one model call may take | 90 |
| ASSISTANT_MODEL_START_TIMEOUT | seconds the local server may take to load | 120 |
| ASSISTANT_MODEL_BUDGET | seconds all model calls of one case may take together | 110 |
| ASSISTANT_MODEL_PROMPT_TOKENS | prompt tokens of one case, after which no more is asked | 12000 |
| ASSISTANT_MODEL_OUTPUT_TOKENS | output tokens of one case, likewise | 2400 |
| ASSISTANT_MODEL_PARALLEL | questions that one model answers at the same time | 1 |
| ASSISTANT_MODEL_CACHE_MB | size of the file of answers already given; 0 keeps none | 64 |
| ASSISTANT_THRESHOLDS | YAML file of the province's own amounts | the national lower bounds |
| ASSISTANT_CHECKS | YAML file: checks on or off, severity, since when | as shipped |
| ASSISTANT_BANK | folder of the case bank | cases in ASSISTANT_HOME |
| ASSISTANT_EMBEDDING | sentence-transformers folder | the default embedding |
| ASSISTANT_RERANKER | folder of a cross-encoder that reads the first similar cases again | none |
| ASSISTANT_QDRANT_URL | Qdrant server for the case bank's index | none: in this process |
| ASSISTANT_SERVER_NAMES | names by which others reach this server, comma separated | none |
| ASSISTANT_SERVER_TLS | true behind a TLS proxy: cookies over HTTPS only | false |
| ASSISTANT_SESSION_IDLE_MINUTES | a sign-in ends after so long without a request | 30 |
| ASSISTANT_SESSION_HOURS | a sign-in ends after so long in any case | 12 |
| ASSISTANT_THREADS | threads of the local model | the cores of the machine |
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import yaml
from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from knowledge_base import local_thresholds, office_checks
from knowledge_base.loader import TableError
from knowledge_base.local_thresholds import LocalThreshold
from knowledge_base.office_checks import OfficeCheck

APPLICATION = "procuratorate-assistant"
DEFAULT_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
BackendKind = Literal["llama_cpp", "openai_compatible", "transformers"]
_HOSTS = ("allowed_hosts", "server_names")
_PATHS = (
    "home", "cache", "key_file", "retention", "thresholds", "checks", "bank", "model_path",
    "embedding", "reranker",
)  # fmt: skip


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names it."""


def is_loopback(host: str) -> bool:
    """True for localhost and loopback addresses; names are not resolved."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Settings(BaseModel):
    """All settings of a process; nothing else reads the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid", protected_namespaces=())

    home: Path = Field(default_factory=lambda: user_data_path(APPLICATION, appauthor=False))
    cache: Path = Field(default_factory=lambda: user_cache_path(APPLICATION, appauthor=False))
    database_url: str | None = None
    key_file: Path | None = None
    retention: Path | None = None
    model_backend: BackendKind | None = None
    model_path: Path | None = None
    model_url: str | None = None
    model_name: str = DEFAULT_MODEL
    model_key: SecretStr | None = None
    allowed_hosts: frozenset[str] = frozenset()
    model_timeout: float = Field(default=90.0, gt=0)
    model_start_timeout: float = Field(default=120.0, gt=0)
    model_budget: float = Field(default=110.0, gt=0)
    model_prompt_tokens: int = Field(default=12_000, ge=1)
    model_output_tokens: int = Field(default=2_400, ge=1)
    model_parallel: int = Field(default=1, ge=1, le=64)
    model_cache_mb: int = Field(default=64, ge=0)
    thresholds: Path | None = None
    checks: Path | None = None
    bank: Path | None = None
    embedding: Path | None = None
    reranker: Path | None = None
    qdrant_url: str | None = None
    server_names: frozenset[str] = frozenset()
    server_tls: bool = False
    session_idle_minutes: int = Field(default=30, ge=1, le=24 * 60)
    session_hours: int = Field(default=12, ge=1, le=24)
    threads: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=1)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL of the database."""
        return self.database_url or f"sqlite:///{self.home / 'assistant.sqlite3'}"

    @property
    def backend(self) -> BackendKind:
        """Where the model runs: as set, else an endpoint where its URL is set, else embedded."""
        return self.model_backend or ("openai_compatible" if self.model_url else "llama_cpp")

    @property
    def local_thresholds(self) -> tuple[LocalThreshold, ...]:
        """The province's amounts; none where no file is set. Raises SettingsError."""
        if self.thresholds is None:
            return ()
        try:
            return local_thresholds.read(self.thresholds)
        except TableError as error:
            raise SettingsError(str(error)) from error

    @property
    def office_checks(self) -> dict[str, OfficeCheck]:
        """The office's word on single checks; none where no file is set. Raises SettingsError."""
        if self.checks is None:
            return {}
        try:
            return office_checks.read(self.checks)
        except TableError as error:
            raise SettingsError(str(error)) from error

    @property
    def models(self) -> Path:
        """The folder of the model weights."""
        return self.cache / "models"

    def may_call(self, url: str) -> bool:
        """Whether the program may open a connection to this URL's host."""
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        return parts.scheme in ("http", "https") and (
            is_loopback(host) or host in self.allowed_hosts
        )


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process (or of the given environment).

    Raises SettingsError, in Chinese, where a variable cannot be used.
    """
    given = os.environ if environment is None else environment
    env = {**_from_file(given.get("ASSISTANT_SETTINGS", "").strip()), **given}
    values: dict[str, object] = {}
    for name in Settings.model_fields:
        raw = env.get(f"ASSISTANT_{name.upper()}", "").strip()
        if not raw:
            continue
        if name in _HOSTS:
            values[name] = frozenset(h.strip().lower() for h in raw.split(",") if h.strip())
        elif name in _PATHS:
            values[name] = Path(raw).expanduser().absolute()
        else:
            values[name] = raw
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper()
        raise SettingsError(f"设置项 ASSISTANT_{name} 的值无法使用，请检查。") from error


def _from_file(path: str) -> dict[str, str]:
    """The variables that the settings file names. Raises SettingsError."""
    if not path:
        return {}
    try:
        told = yaml.safe_load(Path(path).expanduser().read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SettingsError(f"设置文件“{path}”无法读取，或者不是 YAML 格式。") from error
    known = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields}
    if not isinstance(told, dict):
        raise SettingsError(f"设置文件“{path}”应为“名称: 值”的列表。")
    for name, value in told.items():
        if name not in known:
            raise SettingsError(f"设置文件“{path}”中没有“{name}”这一项，请检查拼写。")
        if isinstance(value, dict | list):
            raise SettingsError(f"设置文件“{path}”中“{name}”的值应为一行文字或者数字。")
    return {name: str(value) for name, value in told.items() if value is not None}
