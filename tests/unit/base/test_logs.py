"""No log of addresses holds a token."""

import logging
from typing import Any

import pytest

from bcf.base.logs import WRITES_ADDRESSES, WithoutTokens

TOKEN = "bcf_" + "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ('"GET /boards/barnet/agreements.ics?token=%s HTTP/1.1" 200', (TOKEN,)),
        (f"GET /boards/barnet/agreements.ics?token={TOKEN}", ()),
        ('%(r)s "%(f)s"', {"r": "GET /", "f": f"https://bcf.example/?token={TOKEN}&a=b"}),
        (f"?token={TOKEN[:20]}", ()),
    ],
)
@pytest.mark.parametrize("name", WRITES_ADDRESSES)
def test_a_token_is_left_out_of_what_is_logged(name: str, message: str, args: Any) -> None:
    written: list[str] = []
    keeps = logging.Handler()
    keeps.emit = lambda record: written.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger(name)
    logger.addHandler(keeps)
    level, logger.level = logger.level, logging.INFO
    try:
        logger.info(message, args) if isinstance(args, dict) else logger.info(message, *args)
    finally:
        logger.level = level
        logger.removeHandler(keeps)
    [line] = written
    assert "bcf_…" in line
    assert TOKEN[4:16] not in line


def test_what_holds_no_token_stays_as_it_is() -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s of %s", ("one", "two"), None)
    assert WithoutTokens().filter(record)
    assert (record.msg, record.args) == ("%s of %s", ("one", "two"))
