"""Reference data: cycles, organisations, boards and funding shares."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction

from bcf.loading.metrics import load_metrics
from bcf.loading.tables import by_key, load_file
from plans.cycle_definitions import definitions
from plans.models import Board, Cycle, FundingShare, Organisation

FIXTURES: Path = settings.BASE_DIR / "fixtures"


@transaction.atomic
def load_reference(folder: Path = FIXTURES / "reference") -> Mapping[str, int]:
    """Save what is not there yet; returns how many rows of each kind were saved."""
    organisations = by_key(Organisation.objects.all(), "key")
    boards = by_key(Board.objects.all(), "slug")
    return {
        "cycles": _load_cycles(),
        "metrics": load_metrics(folder),
        "organisations": load_file(
            folder / "organisations.csv", Organisation, lookups={}, key=("key",)
        ),
        "boards": load_file(
            folder / "boards.csv", Board, lookups={"authority": organisations}, key=("slug",)
        ),
        "funding shares": load_file(
            folder / "funding_shares.csv",
            FundingShare,
            lookups={"commissioner": organisations, "board": boards},
            key=("board_id", "commissioner_id"),
        ),
    }


def _load_cycles() -> int:
    present = set(Cycle.objects.values_list("key", flat=True))
    missing = [each for each in definitions().values() if each.key not in present]
    for each in missing:
        Cycle(
            key=each.key, name=each.name, first_year=each.years[0], last_year=each.years[-1]
        ).save()
    return len(missing)
