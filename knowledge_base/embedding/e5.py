"""The default model, run with torch alone: no other library has to be loaded first.

The same network as `transformers.BertModel` with mean pooling over the same folder (a test
holds the two against each other); loading it takes a fifth of the time, because only the rows
of the words that occur are read from the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np

from knowledge_base.embedding.model import Vectors

_TOKENS_AT_ONCE = 2048
"""Padded tokens in one pass: enough to keep the processor busy, little enough for its cache."""


def fast_bfloat16() -> bool:
    """Whether bfloat16 is faster than float32 here: on processors with matrix tiles (AMX).

    With AVX-512 instructions for bfloat16 alone it was measured at two thirds of float32's
    speed, and slower still without them.
    """
    import torch

    return bool(torch.cpu._is_amx_tile_supported())


class E5Embedder:
    """An e5 folder (BertModel, mean pooling, `query: ` and `passage: ` before the text)."""

    def __init__(self, folder: Path, name: str, *, bfloat16: bool | None = None) -> None:
        """Raises OSError for a folder that cannot be read."""
        import torch
        from safetensors import safe_open
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.name = name
        self.dimension: int = config["hidden_size"]
        self._heads: int = config["num_attention_heads"]
        self._epsilon: float = config["layer_norm_eps"]
        self._padding: int = config["pad_token_id"]
        use_bfloat16 = fast_bfloat16() if bfloat16 is None else bfloat16
        self._type = torch.bfloat16 if use_bfloat16 else torch.float32
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(config["max_position_embeddings"])
        self._tokenizer.no_padding()
        self._file = cast(Any, safe_open(folder / "model.safetensors", framework="pt"))
        self._words = self._file.get_tensor("embeddings.word_embeddings.weight")
        self._places = (
            self._weight("embeddings.position_embeddings.weight")
            + self._weight("embeddings.token_type_embeddings.weight")[0]
        )
        self._norm = self._pair("embeddings.LayerNorm")
        self._layers = [self._layer(n) for n in range(config["num_hidden_layers"])]

    def _weight(self, name: str) -> Any:
        return self._file.get_tensor(name).to(self._type)

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self._weight(f"{name}.weight"), self._weight(f"{name}.bias")

    def _layer(self, number: int) -> dict[str, tuple[Any, Any]]:
        import torch

        at = f"encoder.layer.{number}."
        parts = [self._pair(f"{at}attention.self.{p}") for p in ("query", "key", "value")]
        return {
            "attend": (torch.cat([p[0] for p in parts]), torch.cat([p[1] for p in parts])),
            "gather": self._pair(f"{at}attention.output.dense"),
            "gathered": self._pair(f"{at}attention.output.LayerNorm"),
            "widen": self._pair(f"{at}intermediate.dense"),
            "narrow": self._pair(f"{at}output.dense"),
            "done": self._pair(f"{at}output.LayerNorm"),
        }

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are to be found: shape (n, dimension), rows of length 1."""
        return self._vectors([f"passage: {text}" for text in texts])

    def query(self, text: str) -> Vectors:
        """Vector of a text that is looked for: shape (dimension,), length 1."""
        found: Vectors = self._vectors([f"query: {text}"])[0]
        return found

    def _vectors(self, texts: list[str]) -> Vectors:
        import torch

        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(tokens), self.dimension), dtype=np.float32)
        with torch.inference_mode():
            for numbers in _batches([len(t) for t in tokens]):
                vectors[numbers] = self._pass([tokens[n] for n in numbers]).numpy()
        return vectors

    def _pass(self, tokens: list[list[int]]) -> Any:
        """Unit vectors (n, dimension) of n token lists, padded to the longest."""
        import torch
        from torch.nn import functional as f

        longest = max(map(len, tokens))
        ids = torch.full((len(tokens), longest), self._padding)
        mask = torch.zeros((len(tokens), longest), dtype=torch.bool)
        for row, found in enumerate(tokens):
            ids[row, : len(found)] = torch.tensor(found)
            mask[row, : len(found)] = True
        shape = (self.dimension,)
        x = self._words[ids].to(self._type) + self._places[:longest]
        x = f.layer_norm(x, shape, *self._norm, self._epsilon)
        seen = None if bool(mask.all()) else mask[:, None, None, :]
        for layer in self._layers:
            split = f.linear(x, *layer["attend"]).view(len(tokens), longest, 3, self._heads, -1)
            query, key, value = split.permute(2, 0, 3, 1, 4)
            told = f.scaled_dot_product_attention(query, key, value, attn_mask=seen)
            told = told.transpose(1, 2).reshape(len(tokens), longest, self.dimension)
            told = f.linear(told, *layer["gather"])
            x = f.layer_norm(x + told, shape, *layer["gathered"], self._epsilon)
            told = f.linear(f.gelu(f.linear(x, *layer["widen"])), *layer["narrow"])
            x = f.layer_norm(x + told, shape, *layer["done"], self._epsilon)
        pooled = (x.float() * mask[:, :, None]).sum(1)
        return f.normalize(pooled, dim=1)


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Numbers of texts of like length, the longest first, within the tokens of one pass."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > _TOKENS_AT_ONCE:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch
