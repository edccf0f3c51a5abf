"""Why the model cannot be used. Each message is one Chinese sentence.

ModelUnavailable
├── WeightsMissing   not installed
├── WeightsRefused   a part is missing, damaged or not the file it should be
├── NoSpace          the disk is too full
├── HostRefused      an endpoint outside loopback and the allowed hosts
└── ServerFailed     the local server did not start or does not answer
"""

from __future__ import annotations


class ModelUnavailable(Exception):
    """The model cannot be used; everything that rules decide works without it."""


class WeightsMissing(ModelUnavailable):
    """Nothing is installed at the place where the weights belong."""


class WeightsRefused(ModelUnavailable):
    """Never served: only the file with the known SHA-256 is."""


class NoSpace(ModelUnavailable):
    """Found out before the download where possible."""


class HostRefused(ModelUnavailable):
    """Case texts go to loopback or to hosts that the settings name, nowhere else."""


class ServerFailed(ModelUnavailable):
    """The reason stands in the server's log file."""
