"""The case bank and the models of this office, as the settings name them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.checks.standing import Standing
from assistant.office import office_standings
from assistant.settings import Settings, SettingsError
from knowledge_base.casebank import Bank
from knowledge_base.embedding import Embedder, default_embedder

if TYPE_CHECKING:
    from knowledge_base.retrieval.cross import Reranker

CODE = "SENT-021"
"""The check of a term far from those of like cases."""


def standing(settings: Settings) -> Standing:
    """How that check stands in this office. Raises SettingsError."""
    return office_standings(settings)[CODE]


def bank_folder(settings: Settings, given: Path | None = None) -> Path:
    """The folder of the bank: the one given, else the office's."""
    return given or settings.bank or settings.home / "cases"


def server_url(settings: Settings) -> str | None:
    """The Qdrant server, where one is set. Raises SettingsError for a host that is not allowed."""
    url = settings.qdrant_url
    if url and not settings.may_call(url):
        raise SettingsError("环境变量 ASSISTANT_QDRANT_URL 的主机不在允许之列，请检查。")
    return url


def embedder(settings: Settings) -> Embedder:
    """The office's embedder, loaded once. Raises EmbedderMissing."""
    return default_embedder(settings.embedding, settings.cache)


def reranker(settings: Settings) -> Reranker | None:
    """The office's cross-encoder, where one is set.

    Raises SettingsError for a folder that holds none.
    """
    if settings.reranker is None:
        return None
    from knowledge_base.retrieval.cross import CrossEncoderReranker, RerankerMissing

    try:
        return CrossEncoderReranker(settings.reranker)
    except RerankerMissing as error:
        raise SettingsError(str(error)) from error


def open_bank(
    settings: Settings,
    folder: Path | None = None,
    *,
    model: Embedder | None = None,
    create: bool = False,
) -> Bank:
    """The office's bank, or that in `folder`. Raises NoBank, SettingsError."""
    place = bank_folder(settings, folder)
    return Bank(place, model, url=server_url(settings), create=create)
