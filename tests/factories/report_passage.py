import factory

from governance.models import ReportPassage
from governance.report_forms import SECTION_75
from tests.factories.board import BoardFactory


class ReportPassageFactory(factory.django.DjangoModelFactory):
    """The first section that people write, each of another year's report."""

    class Meta:
        model = ReportPassage

    board = factory.SubFactory(BoardFactory)
    financial_year = factory.Sequence(lambda n: f"{2000 + n % 99}-{(2001 + n % 99) % 100:02d}")
    section = next(iter(SECTION_75.written))
    text = factory.Sequence(lambda n: f"Passage {n}")
