"""What a case of a broken constraint is made of."""

from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass
class Case:
    """`row` is a saved row, `wrong` the values that break the constraint in that row."""

    row: models.Model
    wrong: dict[str, Any]
    sentence: str
