"""Any sentence-transformers folder that an office names in its settings."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge_base.embedding.e5 import fast_bfloat16
from knowledge_base.embedding.errors import EmbedderMissing
from knowledge_base.embedding.model import Vectors

_SAMPLES, _SAMPLE_BYTES = 64, 4096
_WEIGHTS = (".safetensors", ".bin")


def fingerprint(folder: Path) -> str:
    """Twelve digits that change with the model: of small files all, of weights many samples.

    Training changes every part of the weights, so samples tell two models apart without
    reading gigabytes at each start.
    """
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in (".json", *_WEIGHTS)):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size}\n".encode())
        with path.open("rb") as stream:
            if path.suffix == ".json":
                digest.update(stream.read())
                continue
            for number in range(_SAMPLES):
                stream.seek(size * number // _SAMPLES)
                digest.update(stream.read(_SAMPLE_BYTES))
    return digest.hexdigest()[:12]


def prompts(stated: Mapping[str, str], folder: str) -> dict[str, str]:
    """What is put before a `query` and a `document`: as the model states it.

    The e5 models were trained with prefixes but their folders state none.

    >>> prompts({"query": "", "document": ""}, "multilingual-e5-large")
    {'query': 'query: ', 'document': 'passage: '}
    """
    if "e5" in folder.lower() and not any(stated.values()):
        return {"query": "query: ", "document": "passage: "}
    return dict(stated)


class DirectoryEmbedder:
    """A sentence-transformers model in a folder."""

    def __init__(self, folder: Path) -> None:
        """Raises EmbedderMissing for a folder that is not a model."""
        if not (folder / "modules.json").is_file():
            raise EmbedderMissing(f"“{folder}”不是 sentence-transformers 模型文件夹。")
        os.environ["HF_HUB_OFFLINE"] = "1"
        import torch
        from sentence_transformers import SentenceTransformer

        kind = torch.bfloat16 if fast_bfloat16() else torch.float32
        try:
            self._model = SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": kind}
            )
        except (OSError, ValueError, KeyError) as error:
            raise EmbedderMissing(f"向量模型“{folder}”无法载入：{error}。") from error
        self._model.prompts = prompts(self._model.prompts, folder.name)
        self.name = f"{folder.name}@{fingerprint(folder)}"
        self.dimension: int = self._model.get_embedding_dimension()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are to be found: shape (n, dimension), rows of length 1."""
        return _unit(self._model.encode_document(list(texts), show_progress_bar=False))

    def query(self, text: str) -> Vectors:
        """Vector of a text that is looked for: shape (dimension,), length 1."""
        found: Vectors = _unit(self._model.encode_query([text], show_progress_bar=False))[0]
        return found


def _unit(vectors: Vectors) -> Vectors:
    """bfloat16 loses the unit length: restored in float32."""
    found = np.asarray(vectors, dtype=np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=-1, keepdims=True).clip(min=1e-12)
    return unit
