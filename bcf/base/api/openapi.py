"""The OpenAPI document of the API, made of its collections: what is described is what is served."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bcf.base.api.collection import Collection, Filter
from bcf.base.api.columns import Column
from bcf.base.api.described import Described, many, nullable, number, or_nothing, part, text, thing
from bcf.base.api.filters import (
    EXPAND,
    FORMAT,
    ORDERING,
    PAGE,
    PAGE_SIZE,
    filters_of,
)
from bcf.base.api.formats import CSV, JSON, MEDIA_TYPES, XLSX
from bcf.base.api.kinds import KEY, SLUG
from bcf.base.api.paging import BIGGEST_SIZE, LAST_PAGE, USUAL_SIZE
from bcf.base.api.reading import key_column

VERSION = "3.1.0"
# The tag of what is of all collections.
WHOLE = "data-package"
REFUSALS = {
    "400": "The request asks for what there is not; each error names the parameter.",
    "401": "Nobody is signed in, or the token opens nothing.",
    "403": "The person, or the token, may not do this.",
    "404": "There is nothing at this address, or the person may not know of it.",
    "409": "The plan is no draft, the ref is that of another row, or others hang on the row.",
    "412": "Somebody else changed the row meanwhile.",
    "413": "More was sent at once than is taken.",
    "415": "What was sent is of another content type than JSON.",
    "428": "If-Match is missing: it names the version of the row that is meant.",
    "429": "That was too much in too short a time; Retry-After says for how many seconds to wait.",
}
_ERROR = thing(
    "One thing that is wrong.",
    row=number(
        "Which of several rows that were sent it is about, from 1; of one, it is not there."
    ),
    code=text("What kind of error it is; it never changes."),
    field=text("The parameter or the field that it is about.", is_optional=True),
    message=text("The same as a sentence, with what is allowed."),
)
ERRORS = thing(
    "What is refused, and why.",
    errors=many("Each thing that is wrong.", {**_ERROR, "required": ["code", "field", "message"]}),
)
TAG = {
    "description": "The version of this answer. Sent back as If-None-Match, an answer that is "
    "the same is 304 and empty.",
    "schema": {"type": "string"},
}


_HEADERS: Mapping[str, tuple[str, str]] = {
    "401": ("WWW-Authenticate", "How to say who asks."),
    "429": ("Retry-After", "In how many seconds to ask again."),
}


def refusal(code: str) -> Described:
    """The answer to what is refused."""
    headers: Described = {}
    if code in _HEADERS:
        name, told = _HEADERS[code]
        headers = {"headers": {name: {"description": told, "schema": {"type": "string"}}}}
    return {
        "description": REFUSALS[code],
        **headers,
        "content": {MEDIA_TYPES[JSON]: {"schema": part("Errors")}},
    }


def parameter(
    name: str, schema: Mapping[str, Any], told: str, *, where: str = "query", **more: Any
) -> Described:
    return {
        "name": name,
        "in": where,
        "required": where == "path",
        "description": told,
        "schema": dict(schema),
        **more,
    }


def whole_number(name: str, told: str, *, usual: int, most: int) -> Described:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return parameter(name, schema, told)


PAGING = (
    whole_number(PAGE, "Which page, from 1.", usual=1, most=LAST_PAGE),
    whole_number(PAGE_SIZE, "How many rows a page has.", usual=USUAL_SIZE, most=BIGGEST_SIZE),
)


def operation(
    name: str,
    *,
    tag: str,
    told: str,
    answer: Described | None = None,
    parameters: Sequence[Described] = (),
    types: Iterable[str] = (),
    refusals: Iterable[str] = ("400", "401", "404"),
) -> Described:
    """A GET: what it takes, what it answers as JSON and in other types, and what it refuses."""
    content: Described = {MEDIA_TYPES[JSON]: {"schema": answer}} if answer else {}
    for each in types:
        content[MEDIA_TYPES[each].split(";")[0]] = {"schema": {"type": "string"}}
    return {
        "get": {
            "operationId": name,
            "tags": [tag],
            "summary": told,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": told, "headers": {"ETag": TAG}, "content": content},
                "304": {"description": "The answer is the same as the one of If-None-Match."},
                **{
                    code: {"$ref": f"#/components/responses/Refusal{code}"}
                    for code in (*refusals, "429")
                },
            },
        }
    }


def schema_name(collection: Collection) -> str:
    """The name of a row's schema: `SpendLine` of the rows of `spend-lines`."""
    return collection.model.__name__


def row_schema(collection: Collection) -> Described:
    """A row: every column with what it means; what `?expand=` adds need not be there."""
    keyed = len(collection.row_key.parts) > 1
    columns = [*([key_column(collection)] if keyed else []), *collection.columns]
    values: Described = {}
    for column in columns:
        if column.within:
            inner = values.setdefault(column.within, or_nothing(thing("")))
            inner["properties"][column.name_within] = column_schema(column)
            inner["required"].append(column.name_within)
            inner["description"] = "Where the row comes from; null of a row that was entered here."
        else:
            values[column.name] = column_schema(column)
    required = list(values)
    for name, added in collection.expansions.items():
        for column in added:
            schema = column_schema(column)
            schema["description"] += f" Only with `expand={name}`."
            values[column.name] = schema
    return {
        "type": "object",
        "description": collection.one,
        "properties": values,
        "required": required,
    }


def column_schema(column: Column) -> Described:
    told = column.told
    if column.link:
        # Of a row that points at nothing there is no list.
        items = {"type": "array", "items": {"type": "string"}}
        return {**nullable(items, column.link != column.field), "description": told}
    is_optional = column.is_optional or bool(column.guard)
    schema = nullable(column.kind.schema, is_optional)
    if column.choices:
        keys = [key for key, _ in column.choices]
        schema["enum"] = [*keys, None] if is_optional else keys
        told = f"{told} {'; '.join(f'{key}: {label}' for key, label in column.choices)}."
    return {**schema, "description": told}


def page_schema(collection: Collection) -> Described:
    return paged(f"A page of {collection.key}.", part(schema_name(collection)))


def paged(told: str, items: Described) -> Described:
    """A page of some rows."""
    return thing(
        told,
        count=number("How many rows there are in all."),
        next=text("The address of the next page.", is_optional=True, format="uri"),
        previous=text("The address of the page before.", is_optional=True, format="uri"),
        results=many("The rows of this page.", items),
    )


def _of_filter(each: Filter) -> Described:
    schema: Described = {"type": each.kind.schema["type"]}
    if each.choices:
        schema["enum"] = list(each.choices)
    if not each.is_many:
        return parameter(each.name, schema, each.told)
    told = f"{each.told} Given several times, any of them."
    return parameter(
        each.name, {"type": "array", "items": schema}, told, style="form", explode=True
    )


def _list_parameters(collection: Collection) -> list[Described]:
    names = list(collection.orderings)
    found = [*PAGING]
    orders = ", ".join(f"`{name}`" for name in names)
    found.append(
        parameter(
            ORDERING,
            {"type": "string"},
            f"What rows are ordered by, divided by commas; with a hyphen before it, the other way "
            f"round. Indexed columns: {orders}.",
        )
    )
    found += _expand(collection)
    found.append(
        parameter(
            FORMAT,
            {"type": "string", "enum": [JSON, CSV, XLSX], "default": JSON},
            "A page as JSON; or all rows as CSV, or as a workbook of at most 50,000 rows.",
        )
    )
    found += [
        parameter(each.name, {"type": "boolean", "default": False}, each.told)
        for each in collection.switches
    ]
    known = filters_of(collection)
    return [*found, *(_of_filter(known[name]) for name in sorted(known))]


def _expand(collection: Collection) -> list[Described]:
    if not collection.expansions:
        return []
    names = ", ".join(f"`{name}`" for name in collection.expansions)
    told = f"What to add of the rows that these point at, divided by commas: {names}."
    return [parameter(EXPAND, {"type": "string"}, told)]


def collection_paths(collection: Collection, base: str) -> Described:
    """The list of a collection and the address of a row."""
    in_words = schema_name(collection)
    row_key = collection.row_key
    key_schema = KEY.schema if len(row_key.parts) > 1 else SLUG.schema
    key = parameter("key", key_schema, f"The row’s key: {row_key.told}.", where="path")
    return {
        f"{base}{collection.where}": operation(
            f"list{in_words}",
            tag=collection.key,
            told=f"The rows of {collection.key}, as many as match.",
            answer=page_schema(collection),
            parameters=_list_parameters(collection),
            types=(CSV, XLSX),
            refusals=("400", "401"),
        ),
        f"{base}{collection.where}{{key}}/": operation(
            f"get{in_words}",
            tag=collection.key,
            told=collection.one,
            answer=part(in_words),
            parameters=[key, *_expand(collection), format_parameter()],
        ),
    }


def format_parameter(only: str = JSON) -> Described:
    told = f"The format, which is {only.upper()}."
    return parameter(FORMAT, {"type": "string", "enum": [only], "default": only}, told)


def share_parameters(paths: Described) -> Described:
    """Parameters that several addresses have, by name; there, each is put in place of itself."""
    every = [each for path in paths.values() for each in path["get"]["parameters"]]
    texts = Counter(json.dumps(each) for each in every)
    shared: Described = {}
    names: dict[str, str] = {}
    for text_of, count in texts.items():
        name = json.loads(text_of)["name"]
        if count > 1 and name not in shared:
            shared[name], names[text_of] = json.loads(text_of), name
    for path in paths.values():
        path["get"]["parameters"] = [
            {"$ref": f"#/components/parameters/{names[text_of]}"} if text_of in names else each
            for each in path["get"]["parameters"]
            for text_of in (json.dumps(each),)
        ]
    return shared


def document(
    collections: Iterable[Collection],
    *,
    base: str,
    info: Described,
    paths: Described,
    schemas: Described,
) -> Described:
    """The whole document; `paths` and `schemas` are what stands beside the collections."""
    every = list(collections)
    found = {path: each for one in every for path, each in collection_paths(one, base).items()}
    shared = share_parameters({**found, **paths})
    return {
        "openapi": VERSION,
        "info": info,
        "servers": [{"url": "/"}],
        "tags": [
            *({"name": each.key, "description": each.told} for each in every),
            {"name": WHOLE, "description": "All of it in one file."},
        ],
        "security": [{"token": []}, {"session": []}],
        "paths": {**found, **paths},
        "components": {
            "parameters": shared,
            "responses": {f"Refusal{code}": refusal(code) for code in REFUSALS},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A personal token, made on the page of tokens. One that may "
                    "only read is refused what writes.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "sessionid",
                    "description": "The sign-in of the pages. What writes also needs X-CSRFToken.",
                },
            },
            "schemas": {
                "Errors": ERRORS,
                **{schema_name(each): row_schema(each) for each in every},
                **schemas,
            },
        },
    }
