"""Defence counsel from their own lines among the parties."""

from __future__ import annotations

import re

from ingestion.extract.blocks import Block
from ingestion.model import CaseDocument, Counsel, Defendant

_NAMES = re.compile(r"[\u4e00-\u9fff某×*XxＸ\d·]{2,8}(?:、[\u4e00-\u9fff某×*XxＸ\d·]{2,8})*")
_FIRM = re.compile(
    r"(?:系|均系|为|均为)?(?:由)?(?P<firm>[^，,。；;、\s]{2,40}?(?:律师事务所(?:[^，,。；;、\s律实]{1,8}分所)?|法律援助(?:中心|处|基金会)"
    r"|法律服务所|公职律师[^，,。；;\s]{0,6}|律师所))"
)
_APPOINTED = re.compile(r"指定|指派|法律援助")
_LEAD = re.compile(r"^(?:本院通过|本院|依法|系|均系|由)+")


def read_counsel(
    doc: CaseDocument, block: Block, people: list[Defendant], current: list[Defendant]
) -> None:
    """Add the counsel of a 辩护人 block to their clients.

    The clients are those named in the title (被告人甲的辩护人), else the defendants of the
    paragraph before.
    """
    text = doc.text
    match = _NAMES.match(text, block.body, block.end)
    if match is None:
        return
    clients = [p for p in people if block.client and p.name.value in block.client] or current
    firm = _FIRM.search(text, match.end(), block.end)
    appointed = bool(
        _APPOINTED.search(block.title) or _APPOINTED.search(text, match.end(), block.end)
    )
    start = match.start()
    for name in match[0].split("、"):
        counsel = Counsel(
            name=name,
            span=doc.span(start, start + len(name)),
            firm=_LEAD.sub("", firm["firm"]) if firm else None,
            appointed=appointed,
        )
        start += len(name) + 1
        for client in clients:
            client.counsel.append(counsel)
