"""Writes the API's OpenAPI document to docs/openapi.yaml; `--check` says whether it is there.

Run as `python -m tools.openapi` after a change of the API, and with `--check` by `make lint`.
"""

import sys
from pathlib import Path

import django

django.setup()

from bcf.api import document  # noqa: E402
from bcf.base.api.yaml_text import as_yaml  # noqa: E402

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "openapi.yaml"


def main() -> int:
    text = as_yaml(document())
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(text, encoding="utf-8")
        return 0
    if DOCUMENT.read_text(encoding="utf-8") == text:
        return 0
    print("docs/openapi.yaml is not what the API serves. Write it: python -m tools.openapi")
    return 1


if __name__ == "__main__":
    sys.exit(main())
