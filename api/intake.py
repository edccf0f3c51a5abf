"""From uploaded files to a stored case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from api.services import Services
from assistant.cards import read_card
from assistant.storage import uploads
from ingestion.errors import InputError
from ingestion.model import Role

CARD: Role = "card"


def analyse_uploads(
    kit: Services,
    files: Mapping[Role, tuple[str, BinaryIO]],
    *,
    model: bool,
    actor: str,
) -> str:
    """Analyse the files given by role as (name, stream); returns the case id.

    Nothing is kept where the input is refused. Raises InputError, UploadTooLarge, and
    ModelUnavailable where the model is asked for and is not installed.
    """
    # The analysis brings OCR and model libraries along: not before it is needed.
    from assistant.analysis import analyse

    with uploads.staging(kit.settings) as folder:
        staged: dict[Role, Path] = {
            role: uploads.stage(folder / role, name, stream)
            for role, (name, stream) in files.items()
        }
        card_path = staged.pop(CARD, None)
        card = read_card(card_path) if card_path else None
        if not staged:
            raise InputError("请至少上传一份文书。")
        with kit.turn:
            result = analyse(staged, card=card, model=model, settings=kit.settings)
        case_id = kit.store.save_analysis(result, actor=actor)
        for path in staged.values():
            uploads.keep(kit.settings, path)
    return case_id
