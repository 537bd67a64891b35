"""What the OpenAPI document says of writing: what is sent, what is answered, what is refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from bcf.base.api.bodies import Fields
from bcf.base.api.collection import Collection
from bcf.base.api.columns import CITATION
from bcf.base.api.described import Described, many, number, part, thing
from bcf.base.api.formats import JSON, MEDIA_TYPES
from bcf.base.api.openapi import TAG, column_schema, parameter, schema_name
from bcf.base.resources import RowResource

Resource = type[RowResource]
_SENT = ("400", "401", "403", "404", "409", "413", "415", "429")
_CHANGED = (*_SENT, "412", "428")
_IF_MATCH = parameter(
    "If-Match",
    {"type": "string"},
    "The ETag of the row as it was read; or its version in quotation marks; or `*` for whichever "
    "there is. Without one, the answer is 428.",
    where="header",
)


def written_name(collection: Collection) -> str:
    """The name of the schema of what is sent of a row."""
    return f"{schema_name(collection)}Written"


def written_schema(collection: Collection, resource: Resource) -> Described:
    """What may be sent of a row; what else a row answers may be there, and is passed over."""
    fields = Fields(collection, resource)
    values = {name: column_schema(column) for name, column in fields.plain.items()}
    for name, column in fields.plain.items():
        if column.link:
            values[name]["type"] = ["array", "null"]
    for column in collection.columns:
        if column.name in fields.plans and column.name not in values:
            values[column.name] = column_schema(column)
    if fields.within:
        parts = {name: column_schema(each) for name, each in fields.within.items()}
        source = thing("Where the row comes from; null of a row that no document states.", **parts)
        values[CITATION] = {**source, "type": ["object", "null"], "required": []}
    made = resource.fields
    needed = [name for name in fields.plain if made[name].is_needed and name not in _OF_ITSELF]
    return {
        "type": "object",
        "description": f"What is sent of a row. {collection.one}",
        "properties": values,
        "required": needed,
    }


_OF_ITSELF = ("ref",)


def written_schemas(every: Mapping[Collection, Resource]) -> Described:
    return {written_name(each): written_schema(each, made) for each, made in every.items()}


def add_writing(paths: Described, every: Mapping[Collection, Resource], base: str) -> None:
    """Put what is written into the paths of the collections that are."""
    for collection in every:
        listed = paths[f"{base}{collection.where}"]
        listed["post"] = _add(collection)
        row = paths[f"{base}{collection.where}{{key}}/"]
        key = row["get"]["parameters"][0]
        row |= {name: each(collection, key) for name, each in _OF_ROW.items()}


def _body(told: str, schema: Described) -> Described:
    content = {MEDIA_TYPES[JSON]: {"schema": schema}}
    return {"required": True, "description": told, "content": content}


def _answer(told: str, schema: Described, headers: Described) -> Described:
    content = {MEDIA_TYPES[JSON]: {"schema": schema}}
    return {"description": told, "headers": headers, "content": content}


def _refusals(codes: Iterable[str]) -> Described:
    return {code: {"$ref": f"#/components/responses/Refusal{code}"} for code in codes}


def _add(collection: Collection) -> Described:
    name, key = schema_name(collection), collection.key
    one, sent = part(name), part(written_name(collection))
    several = thing(
        "What became of several rows.",
        added=number("How many rows were added."),
        same=number("How many were there already with the same content."),
        results=many("The rows, in the order in which they were sent.", one),
    )
    place = {"description": "The address of the row.", "schema": {"type": "string"}}
    headers = {"ETag": TAG, "Location": place}
    either: Described = {"oneOf": [one, several]}
    rows = {"type": "array", "items": sent, "minItems": 1, "maxItems": 1000}
    return {
        "operationId": f"add{name}",
        "tags": [key],
        "summary": f"Adds a row to {key}, or up to 1,000 of them as a list: all or none.",
        "description": "A row that is sent again with its ref and the same content is the same "
        "row, and answers 200; with other content it answers 409.",
        "requestBody": _body("A row, or a list of rows.", {"oneOf": [sent, rows]}),
        "responses": {
            "200": _answer("What was sent is there already.", either, headers),
            "201": _answer("What was added.", either, headers),
            **_refusals(_SENT),
        },
    }


def _change(collection: Collection, key: Any, *, wholly: bool) -> Described:
    name = schema_name(collection)
    told = "What is not sent is emptied" if wholly else "What is not sent stays"
    sent = part(written_name(collection))
    if not wholly:
        sent = {"type": "object", "description": f"Any fields of {written_name(collection)}."}
    return {
        "operationId": f"{'replace' if wholly else 'change'}{name}",
        "tags": [collection.key],
        "summary": f"Changes a row of {collection.key}. {told}.",
        "parameters": [key, _IF_MATCH],
        "requestBody": _body("The fields of the row.", sent),
        "responses": {
            "200": _answer("The row as it is now.", part(name), {"ETag": TAG}),
            **_refusals(_CHANGED),
        },
    }


def _remove(collection: Collection, key: Any) -> Described:
    refused = [code for code in _CHANGED if code not in ("413", "415")]
    return {
        "operationId": f"remove{schema_name(collection)}",
        "tags": [collection.key],
        "summary": f"Removes a row of {collection.key}, unless others hang on it.",
        "parameters": [key, _IF_MATCH],
        "responses": {"204": {"description": "The row is gone."}, **_refusals(refused)},
    }


_OF_ROW = {
    "put": lambda collection, key: _change(collection, key, wholly=True),
    "patch": lambda collection, key: _change(collection, key, wholly=False),
    "delete": _remove,
}
