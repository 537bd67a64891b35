"""What `manage.py check` says of the definition files of cycles."""

from typing import Any

from django.core.checks import CheckMessage, Error

from plans.cycle_definitions import CYCLES, CycleDefinitionError, load_definition, load_definitions

HINT = "docs/cycles.md says what goes there."


def check_cycle_files(**_: Any) -> list[CheckMessage]:
    """The first mistake of each file, by file and place; else what does not fit between them."""
    mistakes = []
    for path in sorted(CYCLES.glob("*.toml")):
        try:
            load_definition(path)
        except CycleDefinitionError as error:
            mistakes.append(error)
    if not mistakes:
        try:
            load_definitions(CYCLES)
        except CycleDefinitionError as error:
            mistakes.append(error)
    return [Error(str(each), hint=HINT, id="plans.E001") for each in mistakes]
