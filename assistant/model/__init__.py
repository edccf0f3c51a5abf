"""The language model: installing (module `install`), serving and asking it (module `gateway`).

The gateway is not imported here: its client libraries take seconds to load, and most runs
of the command line never ask.
"""

from assistant.model.endpoint import Endpoint
from assistant.model.errors import (
    HostRefused,
    ModelUnavailable,
    NoSpace,
    ServerFailed,
    WeightsMissing,
    WeightsRefused,
)
from assistant.model.install import ModelStatus
from assistant.model.server import at_need, running, serving

__all__ = [
    "Endpoint",
    "HostRefused",
    "ModelStatus",
    "ModelUnavailable",
    "NoSpace",
    "ServerFailed",
    "WeightsMissing",
    "WeightsRefused",
    "at_need",
    "running",
    "serving",
]
