"""The child that serves a GGUF file: `… worker FILE NAME PORT THREADS PARALLEL`.

Reads the key that callers must show from its first input line (never from the command line,
which other users can see), prints where it listens, and ends when its input closes.
"""

from __future__ import annotations

import json
import os
import sys

CONTEXT = 4096  # tokens of one question; the longest with its answer needs about 2,500
READY = "READY "


def _serve(model: str, name: str, port: int, threads: int, parallel: int) -> None:
    """The child: load, say where, and live as long as standard input is open."""
    key = sys.stdin.readline().strip()
    import xllamacpp  # only in the child: the parent never loads native code

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = [name]
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_keys = [key]
    params.n_ctx = CONTEXT * parallel
    params.n_parallel = parallel
    params.n_batch = params.n_ubatch = 256  # a question given up is let go between batches
    params.cache_prompt = True
    params.cache_ram_mib = 512
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.n_gpu_layers = 0
    params.sampling.temp = 0.0
    params.ui = False
    params.endpoint_slots = False
    params.cors_origins = ""
    params.offline = True
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(READY + json.dumps(f"{server.listening_address}/v1"), flush=True)
    sys.stdin.read()
    os._exit(0)  # the native threads have nothing to save


if __name__ == "__main__":
    _serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
