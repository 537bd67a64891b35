"""Plain values as YAML."""

from bcf.base.api.yaml_text import as_yaml


def test_objects_lists_and_texts() -> None:
    value = {
        "openapi": "3.1.0",
        "paths": {"/a/{key}/": {"get": {"tags": ["one", "yes"], "required": True, "none": None}}},
        "list": [{"name": "a: b", "in": "query"}, {"of": [1, 2]}],
        "empty": {},
        "told": "It is “so” – yes",
        "200": [],
    }
    assert as_yaml(value) == (
        'openapi: "3.1.0"\n'
        "paths:\n"
        "  /a/{key}/:\n"
        "    get:\n"
        "      tags:\n"
        "        - one\n"
        '        - "yes"\n'
        "      required: true\n"
        "      none: null\n"
        "list:\n"
        '  - name: "a: b"\n'
        "    in: query\n"
        "  - of:\n"
        "      - 1\n"
        "      - 2\n"
        "empty: {}\n"
        'told: "It is “so” – yes"\n'
        '"200": []\n'
    )
