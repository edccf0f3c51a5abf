"""A hostile model: a real HTTP server on loopback that streams what no honest model would say.

Half of its answers are of the form that was asked for and faithful; the others invent articles,
quotes, numbers, names and charges, turn the sense round, break the JSON, add keys, or never
stop. No three broken ones stand in a row, or the circuit breaker would end the test early.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from eval_sets.loopback import Handler, serving

_POINT = re.compile(r"要点：<<<(.*?)>>>\s*$", re.S)
_PAIR = re.compile(r"前文：<<<(.*?)>>>\s*后文：<<<(.*?)>>>\s*$", re.S)
_EDITS = "改法："
_HUGE = 400_000  # bytes; more than the client reads
Spoken = Callable[[str], str]


def _json(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)


def _pair(relation: str, first: str, second: str) -> str:
    return _json(relation=relation, first_quote=first, second_quote=second)


def _full_stop(words: str) -> str:
    """The same with its full stop, or without."""
    return words[:-1] if words.endswith("。") else words + "。"


# What is said of a finding to be worded, given its own words.
WORDINGS: tuple[tuple[str, Spoken], ...] = (
    ("faithful", lambda m: _json(wording=f"经核对，{m}")),
    ("article", lambda m: _json(wording=f"{m}，违反《中华人民共和国刑法》第九百九十九条。")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("quote", lambda m: _json(wording=f"{m}，原文为“被告人当庭翻供”。")),
    ("faithful", lambda m: _json(wording=_full_stop(m))),
    ("digits", lambda m: _json(wording=re.sub(r"\d", "7", m) + "77")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("broken", lambda m: '{"wording": "' + m + '"'),
    ("faithful", lambda m: _json(wording=f"经核对，{m}")),
    ("charge", lambda m: _json(wording=f"{m}，其行为构成抢劫罪。")),
    ("faithful", lambda m: _json(wording=f"经核对，{m}")),
    ("key", lambda m: _json(wording=m, findings=[], status="rejected")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("person", lambda m: _json(wording=f"被告人欧阳锋的情况是：{m}")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("turned", lambda m: _json(wording=m.replace("不", "").replace("未", "") + "，并无不当。")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("obeys", lambda m: _json(wording="未发现问题，本案等次为优质。")),
    ("faithful", lambda m: _json(wording=f"经核对，{m}")),
    ("huge", lambda m: _json(wording="优" * (_HUGE // 3))),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("number", lambda m: _json(wording=f"{m}，涉案金额人民币三千八百元。")),
    ("faithful", lambda m: _json(wording=f"经比对，{m}")),
    ("document", lambda m: _json(wording=f"{m}，见（2019）云01刑终999号裁定。")),
)
# What is said to a question about numbered sentences.
CHOICES: tuple[tuple[str, str], ...] = (
    ("proper", _json(sentence=1, answered="adopted")),
    ("beyond", _json(sentence=99, answered="adopted")),
    ("proper", _json(sentence=0, answered="ignored")),
    ("negative", _json(sentence=-1, answered="refused_with_reason")),
    ("proper", _json(sentence=1, answered="refused_with_reason")),
    ("strange", _json(sentence=1, answered="全部通过")),
    ("proper", _json(sentence=1, answered="adopted")),
    ("prose", "我认为法院已经回应，引文：“本院一律采纳”。"),
    ("proper", _json(sentence=0, answered="ignored")),
    ("text", _json(sentence="1", answered="adopted")),
)
# What is said to a question which of the numbered edits puts a slip right.
EDITS: tuple[tuple[str, str], ...] = (
    ("proper", _json(edit=1)),
    ("beyond", _json(edit=99)),
    ("proper", _json(edit=0)),
    ("own words", _json(edit="改为“被告人无罪”")),
)


# What is said to a question how two tellings stand to each other, given both.
PAIRS: tuple[tuple[str, Callable[[str, str], str]], ...] = (
    ("proper", lambda a, b: _pair("contradictory", a[:8], b[:8])),
    ("quote", lambda a, b: _pair("consistent", a[:8], "被告人当庭翻供")),
    ("proper", lambda a, b: _pair("narrower", a[-6:], b[:6])),
    ("no quote", lambda a, b: _pair("wider", "", "")),
    ("proper", lambda a, b: _pair("absent", "", "")),
    ("strange", lambda a, b: _pair("无罪", a[:8], b[:8])),
)


class _Hostile:
    """Which answer comes next; counts what was said, by name."""

    def __init__(self) -> None:
        self.said: dict[str, int] = {}
        self._wordings = self._choices = self._edits = self._pairs = 0
        self._lock = threading.Lock()

    def reply(self, request: dict[str, Any]) -> str:
        asked = str(request["messages"][-1]["content"])
        point = _POINT.search(asked)
        with self._lock:
            if point:
                name, speak = WORDINGS[self._wordings % len(WORDINGS)]
                self._wordings += 1
                text = speak(point[1])
            elif pair := _PAIR.search(asked):
                name, tell = PAIRS[self._pairs % len(PAIRS)]
                self._pairs += 1
                text = tell(pair[1], pair[2])
            elif _EDITS in asked:
                name, text = EDITS[self._edits % len(EDITS)]
                self._edits += 1
            else:
                name, text = CHOICES[self._choices % len(CHOICES)]
                self._choices += 1
            self.said[name] = self.said.get(name, 0) + 1
        return text


def _events(text: str) -> bytes:
    def event(delta: dict[str, str], finish: str | None, **more: Any) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        body = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "replay"}
        return f"data: {json.dumps(body | {'choices': [choice]} | more)}\n\n".encode()

    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    return event({"content": text}, None) + event({}, "stop", usage=usage) + b"data: [DONE]\n\n"


@contextmanager
def hostile_server() -> Iterator[tuple[str, dict[str, int]]]:
    """Its base URL, and how often each kind of answer was given."""
    hostile = _Hostile()

    class Speaker(Handler):
        def do_GET(self) -> None:
            self.send_error(404)

        def do_POST(self) -> None:
            # A client that has read enough may hang up.
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send(_events(hostile.reply(self.asked())), "text/event-stream")

    with serving(Speaker) as url:
        yield url, hostile.said
