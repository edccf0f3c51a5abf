"""A local `transformers` directory that answers in JSON of a schema, token by token.

Own decoding loop instead of `generate`: it streams, stops between two tokens, keeps the keys
and values of the last prompt (questions share a long beginning), and every token comes out of
the grammar's mask (llguidance), so that the answer is of the schema whatever the weights are.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CHUNK = 256  # prompt tokens between two looks at `stop`
_LARGEST_INTEGER = 9999
_MARGIN = 4  # tokens beside the shortest ending, for an escape that is open


class EngineError(Exception):
    """The directory holds no model that can be asked; the message says why."""


@dataclass(frozen=True)
class Question:
    """A chat, the flat JSON schema of its answer, and how to decode."""

    messages: Sequence[Mapping[str, str]]
    schema: Mapping[str, Any]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0


@dataclass
class Usage:
    """Token counts of one answer; `cached` prompt tokens were not computed again."""

    prompt: int = 0
    cached: int = 0
    output: int = 0
    finish: str = "length"


class Engine:
    """One model in this process. One answer at a time: callers wait for each other."""

    def __init__(self, directory: Path, threads: int) -> None:
        """Raises EngineError. Nothing is downloaded and no code of the directory is run."""
        import llguidance.hf
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        torch.set_num_threads(threads)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        local = {"local_files_only": True, "trust_remote_code": False}
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(directory, **local)
            self._model = AutoModelForCausalLM.from_pretrained(
                directory,
                dtype="auto" if self._device == "cuda" else torch.float32,
                use_safetensors=True,
                **local,
            )
            rows = self._model.get_input_embeddings().num_embeddings
            self._grammar = llguidance.hf.from_tokenizer(
                self._tokenizer, n_vocab=max(rows, len(self._tokenizer))
            )
        except (OSError, ValueError) as error:
            raise EngineError(f"{directory.name}: {error}") from error
        if not self._tokenizer.chat_template:
            raise EngineError(f"{directory.name}: no chat template")
        self._model.to(self._device).eval()
        self._quote = self._tokenizer.convert_tokens_to_ids('"')
        self._turn = threading.Lock()
        self._past: Any = None
        self._known: list[int] = []

    def answer(
        self, question: Question, usage: Usage, stop: threading.Event | None = None
    ) -> Generator[str]:
        """Pieces of the answer as they come; `usage` is filled on the way."""
        with self._turn:
            yield from self._answer(question, usage, stop or threading.Event())

    def _answer(self, question: Question, usage: Usage, stop: threading.Event) -> Generator[str]:
        import torch

        matcher = self._matcher(question.schema)
        closing = question.max_tokens - self._shortest(question.schema)
        dice = torch.Generator().manual_seed(question.seed)
        pending = self._prompt(question.messages)
        usage.prompt = len(pending)
        usage.cached = self._reuse(pending)
        pending = pending[usage.cached :]
        told = ""
        output: list[int] = []
        while len(output) < question.max_tokens:
            logits = self._forward(pending, stop)
            if logits is None:
                usage.finish = "cancelled"
                return
            allowed = _mask(matcher, len(logits))
            logits = logits.masked_fill(~allowed, float("-inf"))
            if len(output) >= closing and self._quote is not None and allowed[self._quote]:
                token = int(self._quote)
            elif question.temperature > 0:
                weights = torch.softmax(logits / question.temperature, dim=-1)
                token = int(torch.multinomial(weights, 1, generator=dice))
            else:
                token = int(logits.argmax())
            # What the grammar forces from here on need not be asked of the model.
            matcher.consume_token(token)
            pending = [token, *matcher.compute_ff_tokens()]
            matcher.consume_tokens(pending[1:])
            pending = pending[: question.max_tokens - len(output)]
            output += pending
            usage.output = len(output)
            text = self._tokenizer.decode(output, skip_special_tokens=True)
            if not text.endswith("\ufffd"):  # half a character: wait for its other bytes
                yield text[len(told) :]
                told = text
            if matcher.is_stopped() or matcher.is_accepting():
                usage.finish = "stop"
                return

    def _matcher(self, schema: Mapping[str, Any]) -> Any:
        from llguidance import LLMatcher

        properties = {
            name: {"type": "integer", "minimum": 0, "maximum": _LARGEST_INTEGER}
            if kind.get("type") == "integer"
            else kind
            for name, kind in schema["properties"].items()
        }
        grammar = LLMatcher.grammar_from_json_schema(
            {**schema, "properties": properties}, defaults={"whitespace_flexible": False}
        )
        matcher = LLMatcher(self._grammar, grammar, log_level=0)
        if matcher.is_error():
            raise EngineError(matcher.get_error())
        return matcher

    def _shortest(self, schema: Mapping[str, Any]) -> int:
        """Tokens that an answer needs at most when all its free texts are closed at once."""
        values = {
            name: max(kind["enum"], key=len)
            if "enum" in kind
            else (_LARGEST_INTEGER if kind["type"] == "integer" else "")
            for name, kind in schema["properties"].items()
        }
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return len(self._tokenizer.encode(text, add_special_tokens=False)) + _MARGIN

    def _prompt(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        text = self._tokenizer.apply_chat_template(
            [dict(m) for m in messages], add_generation_prompt=True, tokenize=False
        )
        return list(self._tokenizer.encode(text, add_special_tokens=False))

    def _reuse(self, prompt: list[int]) -> int:
        """How many tokens of the prompt are known; what else was known is forgotten."""
        from transformers import DynamicCache

        same = 0
        limit = min(len(prompt) - 1, len(self._known))
        while same < limit and prompt[same] == self._known[same]:
            same += 1
        # Layers with a window or a state of their own cannot be cut back to a prefix.
        plain = self._past is not None and all(
            type(layer).__name__ == "DynamicLayer" for layer in self._past.layers
        )
        if plain and same:
            surplus = len(self._known) - same
            if surplus:
                self._past.crop(-surplus)
        else:
            self._past, same = DynamicCache(), 0
        self._known = self._known[:same]
        return same

    def _forward(self, tokens: list[int], stop: threading.Event) -> Any:
        """Logits after the tokens, on the CPU; None where `stop` was set on the way."""
        import torch

        logits = None
        with torch.inference_mode():
            for start in range(0, len(tokens), _CHUNK):
                if stop.is_set():
                    return None
                part = tokens[start : start + _CHUNK]
                out = self._model(
                    input_ids=torch.tensor([part], device=self._device),
                    past_key_values=self._past,
                    use_cache=True,
                    logits_to_keep=1,
                )
                self._past = out.past_key_values
                self._known += part
                logits = out.logits
        return None if logits is None else logits[0, -1].float().cpu()


def _mask(matcher: Any, size: int) -> Any:
    """Which tokens the grammar allows next, as a boolean tensor of `size`."""
    import numpy as np
    import torch

    bits = np.unpackbits(np.frombuffer(matcher.compute_bitmask(), np.uint8), bitorder="little")
    allowed = np.zeros(size, dtype=bool)
    allowed[: min(size, len(bits))] = bits[:size].astype(bool)
    return torch.from_numpy(allowed)
