"""What rows of governance belong to, beside plans and boards: agreements and programmes."""

from governance.queries import (
    agreements_editable_by,
    agreements_visible_to,
    programmes_editable_by,
    programmes_visible_to,
)
from plans.admin.owners import Owner

AGREEMENT = Owner("agreement", agreements_editable_by, agreements_visible_to, "Agreements")
PROGRAMME = Owner("programme", programmes_editable_by, programmes_visible_to, "Programmes")
