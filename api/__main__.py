"""`python -m api` serves on this machine."""

import typer

from api.cli import serve

typer.run(serve)
