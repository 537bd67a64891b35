"""The contradictions of the Tri-borough plan."""

from tests.integration.oddities.found import TRI, On, on

FOUND: dict[str, On] = {
    "TO18": on(TRI, "benefit.saving-differs", "neither a change nor a saving", "BCF07c", "BCF15"),
    "TO20": on(TRI, "agreement.missing", "£157,110,353", "2014–15", "no section 75 agreement"),
    "TO22": on(TRI, "funding.spend-differs", "2014–15 and 2015–16", "no spend is stated"),
    "TO23": on(TRI, "signoff.missing", "no dates are entered", "Health and Wellbeing Board"),
    "TO36": on(TRI, "metric.plan-missing", "3 measures are considered", "none is chosen"),
}
MISSED: dict[str, str] = {
    "TO10": "A scheme’s costing basis is a text that this plan’s form does not ask for.",
}
NOT_IN_ROWS: dict[str, str] = {
    "TO01": "The numbers of headings are names, which refer to nothing.",
    "TO02": "The references of papers are names, to which no row refers.",
    "TO04": "The other name of a scheme is words.",
    "TO07": "That a scheme is carried within others is said in prose.",
    "TO08": "How schemes are grouped in prose is no row.",
    "TO09": "The lines of a scheme are schemes of their own, and their names agree.",
    "TO11": "That a grant has no number is right: it is no scheme of the list.",
    "TO13": "That two milestones share a time is not said of them.",
    "TO14": "What the text claims of a scheme without a saving is prose.",
    "TO17": "Savings may be rounded differently, and nothing that is printed adds them.",
    "TO19": "Two amounts may be rounded differently, and nothing contradicts them.",
    "TO24": "The status of a draft is said in prose.",
    "TO25": "That a paper is among the papers is said in prose.",
    "TO31": "The colours of ratings are not in the text and are not loaded.",
    "TO32": "A diagram is not loaded.",
    "TO33": "A name is typed wrongly in prose.",
    "TO35": "That a business case comes before its pilot is in the names of milestones.",
}
