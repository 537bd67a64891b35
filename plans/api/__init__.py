"""Collections of the API: what all plans share, plans, and their money and words."""

from plans.api.reference import BOARDS, CYCLES, ORGANISATIONS, PLANS
from plans.api.rows import ANSWERS, CONTRIBUTIONS, REQUIREMENTS

COLLECTIONS = (BOARDS, ORGANISATIONS, CYCLES, PLANS, CONTRIBUTIONS, REQUIREMENTS, ANSWERS)
