"""Which version of a row somebody means to change: `If-Match`, held against the stored one."""

from rest_framework import status
from rest_framework.request import Request

from bcf.base.api.errors import Problem, Refused

NOT_GIVEN = (
    "Say which version of the row you mean, so that nobody’s change is lost: give its ETag as "
    "“If-Match”, or its version in quotation marks."
)
STALE = "Somebody else changed this row meanwhile. Read it again, and send what you change of it."


def row_tag(version: int, digest: str) -> str:
    """The tag of a row: it begins with the version, which is all that a change is held against."""
    return f'"{version}-{digest}"'


def require_version(request: Request, version: int) -> None:
    """Raise `Refused` unless the request names this version of the row, or any with `*`.

    A proxy that compresses makes weak tags of ours, so the mark of these is passed over.
    """
    given = request.META.get("HTTP_IF_MATCH", "").strip()
    if not given:
        raise Refused(
            [Problem("if-match-required", NOT_GIVEN)], status.HTTP_428_PRECONDITION_REQUIRED
        )
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in given.split(",")]
    if "*" not in tags and str(version) not in {tag.split("-")[0] for tag in tags}:
        raise Refused([Problem("stale", STALE)], status.HTTP_412_PRECONDITION_FAILED)
