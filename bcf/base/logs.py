"""What logs never hold: the tokens that calendar programs send in addresses."""

import logging
import re

# What writes the addresses that are asked for: the development server, and the one in real use.
WRITES_ADDRESSES = ("django.server", "gunicorn.access")
TOKEN = re.compile(r"bcf_[0-9a-fA-F]+")
IN_ITS_PLACE = "bcf_…"


class WithoutTokens(logging.Filter):
    """Lets every record pass, without the tokens in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if TOKEN.search(text):
            record.msg, record.args = TOKEN.sub(IN_ITS_PLACE, text), ()
        return True


def keep_tokens_out() -> None:
    """From now on no log of addresses holds a token."""
    for name in WRITES_ADDRESSES:
        logging.getLogger(name).addFilter(WithoutTokens())
