"""What `assistant model status` tells: which model, whether it answers, how fast, what is kept."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.model import install
from assistant.model.endpoint import is_healthy, published
from assistant.model.errors import WeightsMissing
from assistant.model.local import local_model
from assistant.model.memory import CacheUse, Memory, Throughput
from assistant.model.server import configured
from assistant.settings import BackendKind, Settings


class ModelReport(BaseModel):
    """The chosen backend as it stands; `missing` says in Chinese what keeps it from working.

    `installed` and `verified` speak of weights on this machine and are False for an endpoint;
    `verified`: the content is what `sha256` says. `healthy`: a server answers now; the embedded
    backends start theirs when a question comes.
    """

    model_config = ConfigDict(frozen=True, protected_namespaces=())

    backend: BackendKind
    name: str
    sha256: str | None = None
    path: Path | None = None
    bytes: int = 0
    installed: bool = False
    verified: bool = False
    served_url: str | None = None
    healthy: bool = False
    missing: str = ""
    throughput: Throughput | None = None
    cache: CacheUse


def report(settings: Settings) -> ModelReport:
    """Look at the backend of the settings; asks a server only for its list of models.

    Raises HostRefused for an endpoint that may not be called.
    """
    memory = Memory(settings)
    if settings.backend == "openai_compatible":
        return _endpoint(settings, memory)
    found = install.status(settings)
    weights = {"installed": found.installed, "verified": found.verified, "path": found.path}
    if settings.backend == "transformers" or settings.model_path is not None:
        weights = {"installed": False, "verified": False, "path": settings.model_path}
    base = {"backend": settings.backend, "cache": memory.use()}
    try:
        model = local_model(settings)
    except WeightsMissing as error:
        name = settings.model_path.name if settings.model_path else install.DEFAULT.name
        return ModelReport.model_validate({**base, **weights, "name": name, "missing": str(error)})
    server = published(settings)
    served = server if server is not None and server.sha256 == model.sha256 else None
    files = [model.path] if model.path.is_file() else list(model.path.iterdir())
    return ModelReport.model_validate(
        {
            **base,
            "name": model.name,
            "sha256": model.sha256,
            "path": model.path,
            "bytes": sum(f.stat().st_size for f in files if f.is_file()),
            "installed": True,
            "verified": True,
            "served_url": served.url if served else None,
            "healthy": served is not None,
            "throughput": memory.throughput(model.sha256),
        }
    )


def _endpoint(settings: Settings, memory: Memory) -> ModelReport:
    if not settings.model_url:
        return ModelReport(
            backend=settings.backend,
            name=settings.model_name,
            cache=memory.use(),
            missing="后端为 openai_compatible 时须设置 ASSISTANT_MODEL_URL。",
        )
    endpoint = configured(settings, settings.model_url)
    healthy = is_healthy(endpoint.url, endpoint.secret)
    sha256 = endpoint.model_hash() if healthy else None
    missing = ""
    if not healthy:
        missing = "模型服务没有应答，请检查地址、密钥和服务本身。"
    elif sha256 is None:
        missing = f"该服务没有列出名为“{endpoint.name}”的模型，请检查 ASSISTANT_MODEL_NAME。"
    return ModelReport(
        backend=settings.backend,
        name=endpoint.name,
        sha256=sha256,
        served_url=endpoint.url,
        healthy=healthy,
        missing=missing,
        throughput=memory.throughput(sha256) if sha256 else None,
        cache=memory.use(),
    )
