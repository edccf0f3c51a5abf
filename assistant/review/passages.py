"""Rewriting a paragraph of the evaluation opinion, and going back to the program's words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from assistant.drafting.opinion import Passage, passages
from assistant.review.errors import NothingChanged, StaleVersion
from assistant.review.workflow import check_actor, require_open
from assistant.storage import Store
from assistant.storage.canonical import digest
from assistant.storage.chain import Event, append
from assistant.storage.passages import EDITED, RESTORED, rewritten
from assistant.storage.records import FINAL, Stage
from assistant.storage.rows import newest, unsigned_result


def mark_of(passage: Passage) -> str:
    """What a page sends back to show that the person saw the program's words of today."""
    return digest(passage.drafted)[:16]


def rewrite(
    store: Store,
    case_id: str,
    title: str,
    text: str,
    *,
    mark: str,
    actor: str,
    stage: Stage = FINAL,
) -> None:
    """The paragraph reads as `text` from now on; blank is the program's own again.

    `mark`: that of the paragraph as the person saw it (`mark_of`); `stage`: as in `perform`.
    Raises StaleVersion where the findings have moved on since, CaseSigned, NothingChanged,
    NoActor or NoSuchCase.
    """
    name, wanted = check_actor(actor), text.replace("\r\n", "\n").strip()
    with store.writing() as session:
        passage = _passage(session, case_id, title, stage)
        if passage is None or mark_of(passage) != mark:
            raise StaleVersion("问题的决定已有变化，评查意见随之变了，请刷新后再改。")
        back = wanted in ("", passage.drafted)
        if wanted == passage.text or (back and title not in rewritten(session, case_id)):
            raise NothingChanged("这一段没有任何改动。")
        append(
            session,
            Event(
                action=RESTORED if back else EDITED,
                actor=name,
                case_id=case_id,
                before={"text": passage.text if back else passage.drafted},
                after={"passage": title} if back else {"passage": title, "text": wanted},
            ),
        )


def _passage(session: Session, case_id: str, title: str, stage: Stage) -> Passage | None:
    analysis = newest(session, case_id)
    require_open(session, analysis, stage)
    found = passages(unsigned_result(session, analysis))
    return next((passage for passage in found if passage.title == title), None)
