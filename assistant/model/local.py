"""Which weights on this machine are to be served, and the hash that names them in every record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from assistant.model import install
from assistant.model.errors import WeightsMissing
from assistant.settings import Settings

# What decides an answer: weights, their shape, the tokens and the chat's form. No pickled files.
_DECISIVE = (".safetensors", ".json", ".txt", ".model", ".jinja")


@dataclass(frozen=True)
class LocalModel:
    """A file or directory, the SHA-256 of its content, and the module of the child serving it."""

    path: Path
    name: str
    sha256: str
    worker: str


def local_model(settings: Settings) -> LocalModel:
    """The model of the embedded backends. Raises WeightsMissing."""
    if settings.backend == "transformers":
        return _directory(settings)
    if settings.model_path is None:
        if not install.is_installed(settings):
            raise WeightsMissing(
                "本地模型尚未安装，请先运行 assistant model install，或加 --no-model。"
            )
        path, sha256 = install.weights_path(settings), install.DEFAULT.sha256
        return LocalModel(path, install.DEFAULT.name, sha256, "assistant.model.worker")
    path = settings.model_path
    if not path.is_file():
        raise WeightsMissing(f"没有模型文件“{path}”，请检查 ASSISTANT_MODEL_PATH。")
    return LocalModel(path, path.stem, _hash(settings, [path]), "assistant.model.worker")


def _directory(settings: Settings) -> LocalModel:
    path = settings.model_path
    if path is None or not (path / "config.json").is_file():
        raise WeightsMissing(
            "transformers 模型须用 ASSISTANT_MODEL_PATH 指定目录，其中应有 config.json。"
        )
    files = sorted(p for p in path.iterdir() if p.suffix in _DECISIVE and p.is_file())
    return LocalModel(path, path.name, _hash(settings, files), "assistant.model.torch_worker")


def _hash(settings: Settings, files: list[Path]) -> str:
    """SHA-256 of the one file, or over names and hashes of several; kept until one changes."""
    stamps = [[str(f.absolute()), f.stat().st_size, f.stat().st_mtime_ns] for f in files]
    place = hashlib.sha256(str(files[0].absolute().parent).encode()).hexdigest()[:16]
    receipt = settings.models / f"hash-{files[0].stem}-{place}.json"
    try:
        known = json.loads(receipt.read_text(encoding="utf-8"))
        if known["files"] == stamps:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no receipt, or one that says nothing
    digests = []
    for file in files:
        with file.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    names = [f"{file.name} {digest}" for file, digest in zip(files, digests, strict=True)]
    whole = hashlib.sha256("\n".join(names).encode()).hexdigest()
    sha256 = digests[0] if len(files) == 1 else whole
    receipt.parent.mkdir(parents=True, exist_ok=True)
    receipt.write_text(json.dumps({"files": stamps, "sha256": sha256}), encoding="utf-8")
    return sha256
