"""The grid of a plan's risks."""

from plans.grids.spec import Grid

RISKS = Grid(
    columns=(
        "title",
        "printed_ref",
        "likelihood",
        "impact",
        "printed_rating",
        "mitigation",
        "owner",
        "rating_after_mitigation",
    ),
    widths={"title": "widest", "printed_ref": "narrow", "mitigation": "widest"},
)
