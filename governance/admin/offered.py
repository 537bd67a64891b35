"""What rows of governance belong to, beside plans and boards: agreements, rules, programmes."""

from governance.queries import (
    agreements_editable_by,
    agreements_visible_to,
    programmes_editable_by,
    programmes_visible_to,
    risk_shares_editable_by,
    risk_shares_visible_to,
)
from plans.admin.owners import Owner

AGREEMENT = Owner("agreement", agreements_editable_by, agreements_visible_to, "Agreements")
RISK_SHARE = Owner("risk_share", risk_shares_editable_by, risk_shares_visible_to, "Risk shares")
PROGRAMME = Owner("programme", programmes_editable_by, programmes_visible_to, "Programmes")
