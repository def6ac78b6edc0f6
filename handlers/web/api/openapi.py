"""The description of the API (OpenAPI 3.1), made of the very shapes that are read and answered with."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from handlers.web.api.problems import MEDIA_TYPE, Problem
from handlers.web.api.routes import Route

_REF: Final = "#/components/schemas/{model}"
_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "调用方定的，一次请求一个；没有收到答复时用同一个再发，不会办两次",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,100}$"},
}


def openapi(routes: Sequence[Route]) -> dict[str, Any]:
    """The document."""
    schemas, paths = dict[str, Any](), dict[str, Any]()
    problem = {MEDIA_TYPE: {"schema": _schema(Problem, "serialization", schemas)}}
    for route in routes:
        paths.setdefault(f"/api/v1{route.path}", {})[route.method.lower()] = _operation(route, schemas, problem)
    paths["/api/v1/openapi.json"] = {
        "get": {
            "operationId": "getDescription",
            "summary": "这份说明，不用钥匙",
            "security": [],
            "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
            },
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "联办 Lianban", "version": "1", "description": "怎样用见 docs/api.md"},
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route, schemas: dict[str, Any], problem: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "tags": [{"anybody": "都可以用", "portal": "平台", "body": "办理单位"}[route.audience]],
        "parameters": [
            *(
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in re.findall(r"{(\w+)}", route.path)
            ),
            *(
                {"name": name, "in": "query", "description": told, "schema": {"type": "string"}}
                for name, told in route.query
            ),
            *([_KEY] if route.request is not None else []),
        ],
        "responses": {
            str(route.status): {
                "description": HTTPStatus(route.status).phrase,
                "content": {"application/json": {"schema": _schema(route.response, "serialization", schemas)}},
            },
            **{
                str(status): {"description": HTTPStatus(status).phrase, "content": problem} for status in route.problems
            },
        },
    }
    if route.request is not None:
        shape = {"application/json": {"schema": _schema(route.request, "validation", schemas)}}
        found["requestBody"] = {"required": True, "content": shape}
    return found


def _schema(shape: Any, mode: JsonSchemaMode, schemas: dict[str, Any]) -> dict[str, Any]:
    """Where the shape is described; it and what it is made of are put among `schemas`."""
    made = TypeAdapter(shape).json_schema(mode=mode, ref_template=_REF, by_alias=True)
    schemas |= made.pop("$defs", {})
    if not isinstance(shape, type):
        return made
    schemas[shape.__name__] = made
    return {"$ref": _REF.format(model=shape.__name__)}
