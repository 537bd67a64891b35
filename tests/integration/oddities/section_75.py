"""The contradictions of Barnet's section 75 register and of the papers beside it."""

from tests.integration.oddities.found import BARNET, PRINTED, On, on

SUSPECT = "agreement.unit-suspect"

FOUND: dict[str, On] = {
    "BO01": on(BARNET, SUSPECT, "£3,642 of", "£30,272,581", "£3,642,000"),
    "BO04": on(BARNET, SUSPECT, "£3,064 of", "£30,272,581", "£3,064,000"),
    "BO06": on(BARNET, SUSPECT, "£3,642", "£3,064", "£2,785", "£1,709", "£2,053", "£30,272,581"),
    "BO07": on(BARNET, "agreement.pool-differs", "£3,642,000", "£1,075,000", "£2,567,000"),
    "BO10": on(BARNET, "agreement.expired", "Campus", "April 2010", "August 2013"),
    "BO20": on(BARNET, "metric.rate-differs", "Beside the plan", "3,354", "3,434"),
    "BO28": on(BARNET, PRINTED, "CHIN 4", "44,618", "44,168"),
    "BO29": on(BARNET, PRINTED, "CHIN 6", "41,324", "34,134"),
}
MISSED: dict[str, str] = {
    "BO25": "The payment, the investment and the practices are three facts of a board, and no row "
    "says that one is the product of the others.",
}
NOT_IN_ROWS: dict[str, str] = {
    "BO08": "That the outcomes are on target is said in prose.",
    "BO15": "That the schedule is merged into another is said in prose.",
    "BO16": "Under which body a paragraph stands is prose; the row names the right one.",
    "BO17": "The number of organisations is said in prose, and their names are one text.",
    "BO18": "A typing error in prose.",
    "BO21": "One rate is printed to a whole number and one to a decimal; each is right so.",
    "BO22": "That it is on target is prose, and no target is printed with which to hold it.",
    "BO27": "The bases of the two shares are not stated, and each fits one that may be meant.",
    "BO31": "One network has two names in prose.",
    "BO32": "The legend of a map is not loaded.",
    "BO33": "A picture that cannot be read is not loaded.",
    "BO34": "That no year is printed over the months is kept as it is printed, and names no other.",
}
