"""The OpenAPI document: what FastAPI knows of the routes, and every refusal they may give.

The refusals follow from what a route declares, so that no route can forget to tell of one.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.access import CSRF_HEADER, Permission, declared_routes, permissions_of
from api.entrance import COOKIE
from api.errors import TITLES
from api.schemas import ProblemOut

PROBLEM = "#/components/schemas/ProblemOut"


def describe(app: FastAPI) -> None:
    """Let `app.openapi()` tell of sign-in, permissions and refusals too."""

    def told() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _description(app)
        return app.openapi_schema

    app.openapi = told  # type: ignore[method-assign]


def _description(app: FastAPI) -> dict[str, Any]:
    told = get_openapi(title=app.title, version=app.version, routes=app.routes)
    schemas = told["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    schemas["ProblemOut"] = ProblemOut.model_json_schema()
    told["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
        "csrf": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
    }
    for route in declared_routes(app):
        operations = told["paths"].get(route.path_format, {})
        for method in route.methods or ():
            operation = operations.get(method.lower())
            if operation is not None:
                _tell(operation, method, route.path or "", permissions_of(route))
    return told


def _tell(
    operation: dict[str, Any], method: str, path: str, permissions: frozenset[Permission]
) -> None:
    changes = method != "GET"
    if Permission.OPEN not in permissions:
        operation["security"] = [{"session": [], **({"csrf": []} if changes else {})}]
        operation["x-permission"] = sorted(permissions)
    refusals = {401, 403, 503} if path.endswith("/session") or operation.get("security") else {403}
    if "{" in path:
        refusals |= {404}
    if changes:
        refusals |= {400, 413, 422}
    if changes and not path.endswith("/session"):
        refusals |= {404, 409}
    # A document that does not exist before the step that settles it.
    if Permission.CASES_EXPORT in permissions:
        refusals |= {409}
    if operation.get("parameters"):
        refusals |= {422}
    for status in sorted(refusals):
        operation["responses"][str(status)] = {
            "description": TITLES[status],
            "content": {"application/problem+json": {"schema": {"$ref": PROBLEM}}},
        }
