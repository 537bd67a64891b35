"""How rows are named in addresses."""

import pytest

from bcf.base.api.collection import PlacedKey, RowKey

IN_PLAN = RowKey(("plan__slug", "ref"))
PLACED, STATED = PlacedKey(), PlacedKey(once_in_plan=True)


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        (IN_PLAN, ("own", "a"), "own:a"),
        (RowKey(("slug",)), ("own",), "own"),
        (PLACED, ("own", None, "a"), "own:a"),
        (PLACED, (None, "east", "a"), ":east:a"),
        (PLACED, ("own", "east", "a"), "own:east:a"),
        (STATED, ("own", "east", "a"), "own:a"),
        (STATED, (None, "east", "a"), ":east:a"),
    ],
)
def test_a_key_is_written(key: RowKey, values: tuple[str | None, ...], text: str) -> None:
    assert key.write(*values) == text


@pytest.mark.parametrize(
    ("key", "text", "condition"),
    [
        (IN_PLAN, "own:a", {"plan__slug": "own", "ref": "a"}),
        (IN_PLAN, "own:", None),
        (IN_PLAN, "a", None),
        (IN_PLAN, "a:b:c", None),
        (PLACED, "own:a", {"plan__slug": "own", "board__isnull": True, "ref": "a"}),
        (PLACED, ":east:a", {"plan__isnull": True, "board__slug": "east", "ref": "a"}),
        (PLACED, "own:east:a", {"plan__slug": "own", "board__slug": "east", "ref": "a"}),
        (PLACED, "own::a", None),
        (PLACED, "::a", None),
        (PLACED, ":a", None),
        (PLACED, "a", None),
        (PLACED, "a:b:c:d", None),
        (STATED, "own:a", {"plan__slug": "own", "ref": "a"}),
        (STATED, "own:east:a", None),
        (STATED, ":east:a", {"plan__isnull": True, "board__slug": "east", "ref": "a"}),
        (STATED, "own:a\0", None),
    ],
)
def test_a_key_is_read(key: RowKey, text: str, condition: object) -> None:
    assert key.read(text) == condition
