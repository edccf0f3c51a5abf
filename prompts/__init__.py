"""Questions to the language model as data: one YAML file each, and the loader that checks them.

A prompt states its fields, its output schema, its text and its version, and how well it was
measured to do: each measurement carries the hash of the text that was measured, so a changed
text without a new measurement is noticed. Rendering refuses unknown and missing fields and takes
every delimiter out of the values: the text of a document is data and cannot end its own
quotation, open a chat turn or add a numbered sentence.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
    create_model,
    model_validator,
)

__all__ = ["Measured", "Message", "Prompt", "PromptError", "ids", "load", "numbered"]

_FOLDER = "prompts"
_PLACE = re.compile(r"\{([a-z_]+)\}")
# What could be taken for our quotation marks, for a chat template's control tokens, or for a
# sentence number: replaced by look-alikes that mean nothing.
_UNSAFE = str.maketrans({"<": "＜", ">": "＞", "{": "｛", "}": "｝"})
_NUMBER = re.compile(r"\[(\d+)\]")


class PromptError(Exception):
    """A prompt file that breaks the rules, or fields that do not fit the prompt."""


class Message(BaseModel):
    """One turn of the chat that is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Literal["system", "user", "assistant"]
    content: str


class Example(BaseModel):
    """A worked example, sent as one question and one answer before the real question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[str, str | list[str]]
    output: dict[str, Any]


class Property(BaseModel):
    """One output value. Only what every constrained decoder handles: no length, no pattern."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["string", "integer"]
    enum: tuple[str, ...] | None = None


class Measured(BaseModel):
    """One measurement: `value` of `measure` (0…1) on `n` questions of `data`.

    `model` is the SHA-256 of the weights, its first 16 digits; `text` is `Prompt.digest` as it was
    on that `day`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: str
    n: int = Field(ge=1)
    measure: str
    value: float = Field(ge=0, le=1)
    model: str = Field(pattern=r"^[0-9a-f]{16}$")
    text: str = Field(pattern=r"^[0-9a-f]{16}$")
    day: date


def _clean(value: str) -> str:
    return _NUMBER.sub(r"〔\1〕", value.translate(_UNSAFE)).strip()


def numbered(sentences: Sequence[str]) -> str:
    """Sentences as `[1] …` lines, so that an answer can name one by its number.

    >>> print(numbered(["甲。", "乙[1]\\n丙。"]))
    [1] 甲。
    [2] 乙〔1〕丙。
    """
    return "\n".join(
        f"[{i}] {_clean(''.join(s.split()))}" for i, s in enumerate(sentences, start=1)
    )


class Prompt(BaseModel):
    """One question. `fields` maps each field to what it means; `max_tokens` caps the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+$")
    version: int = Field(ge=1)
    purpose: str
    fields: dict[str, str]
    output: dict[str, Property]
    max_tokens: int = Field(ge=1, le=400)
    system: str
    user: str
    examples: tuple[Example, ...] = ()
    measured: tuple[Measured, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Prompt:
        used = set(_PLACE.findall(self.user))
        if used != set(self.fields):
            raise ValueError(f"{self.id}: fields and the places in the text differ")
        for value in self.output.values():
            if value.enum and not all(code.isascii() for code in value.enum):
                raise ValueError(f"{self.id}: enum codes must be ASCII")
        for example in self.examples:
            self.text(example.fields)
            self.parse(json.dumps(example.output, ensure_ascii=False))
        return self

    @property
    def digest(self) -> str:
        """Names everything that the model is sent, and the form of its answer: 16 hex digits."""
        sent = self.model_dump(
            mode="json",
            include={"fields", "output", "max_tokens", "system", "user", "examples"},
        )
        text = json.dumps(sent, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]

    @property
    def stale(self) -> bool:
        """Whether the text as it stands was never measured."""
        return all(m.text != self.digest for m in self.measured)

    @property
    def schema_name(self) -> str:
        return f"{self.id}_v{self.version}"

    @property
    def json_schema(self) -> dict[str, Any]:
        """The flat JSON schema that the server constrains its output to."""
        return {
            "type": "object",
            "properties": {
                name: {"type": "string", "enum": list(p.enum)} if p.enum else {"type": p.type}
                for name, p in self.output.items()
            },
            "required": list(self.output),
            "additionalProperties": False,
        }

    @cached_property
    def _model(self) -> type[BaseModel]:
        kinds: dict[str, Any] = {
            name: (Literal[p.enum] if p.enum else StrictInt if p.type == "integer" else StrictStr)
            for name, p in self.output.items()
        }
        definitions: dict[str, Any] = {name: (kind, ...) for name, kind in kinds.items()}
        return create_model(
            self.schema_name, __config__=ConfigDict(extra="forbid", strict=True), **definitions
        )

    def parse(self, answer: str) -> dict[str, Any]:
        """The answer as values; PromptError where it is not JSON of the schema.

        The server's word that it constrained its output is not enough: some serve on without.
        """
        try:
            return self._model.model_validate_json(answer).model_dump()
        except ValidationError as error:
            raise PromptError(f"{self.id}: {error.errors()[0]['type']}") from error

    def text(self, fields: Mapping[str, str | Sequence[str]]) -> str:
        """The user's turn with the fields put in; lists become numbered sentences."""
        unknown, missing = set(fields) - set(self.fields), set(self.fields) - set(fields)
        if unknown or missing:
            raise PromptError(f"{self.id}: unknown {sorted(unknown)}, missing {sorted(missing)}")
        values = {
            name: _clean(value) if isinstance(value, str) else numbered(value)
            for name, value in fields.items()
        }
        return _PLACE.sub(lambda place: values[place[1]], self.user).strip()

    def messages(self, fields: Mapping[str, str | Sequence[str]]) -> list[Message]:
        """The whole chat. All before the last turn is the same each time, for prompt caches."""
        turns = [Message(role="system", content=self.system.strip())]
        for example in self.examples:
            turns.append(Message(role="user", content=self.text(example.fields)))
            answer = json.dumps(example.output, ensure_ascii=False, separators=(",", ":"))
            turns.append(Message(role="assistant", content=answer))
        turns.append(Message(role="user", content=self.text(fields)))
        return turns


@cache
def load(prompt_id: str) -> Prompt:
    """The prompt of that id. Raises PromptError where the file is absent or breaks the rules."""
    path = files(_FOLDER) / f"{prompt_id}.yaml"
    if not path.is_file():
        raise PromptError(f"no such prompt: {prompt_id}")
    try:
        prompt = Prompt.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise PromptError(f"{prompt_id}: {error}") from error
    if prompt.id != prompt_id:
        raise PromptError(f"{prompt_id}: the file says it is {prompt.id}")
    return prompt


def ids() -> list[str]:
    """The ids of all prompts."""
    return sorted(
        entry.name.removesuffix(".yaml")
        for entry in files(_FOLDER).iterdir()
        if entry.name.endswith(".yaml")
    )
