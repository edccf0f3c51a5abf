"""Is the history whole? Every deviation is a `Problem`; an honest store has none."""

from __future__ import annotations

from assistant.audit.contents import check_results, check_signatures
from assistant.audit.problem import Problem
from assistant.audit.told import Told, check_anchor, read_events
from assistant.storage import Store


def verify(store: Store) -> list[Problem]:
    """Check the chain, the anchor, and that stored results and decisions follow from them."""
    told = Told()
    with store.reading() as session:
        problems = list(read_events(session, told))
        problems += check_anchor(store.anchor, told.hashes)
        problems += check_results(session, told)
        problems += check_signatures(session, told)
    return problems
