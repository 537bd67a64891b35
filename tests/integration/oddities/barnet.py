"""The contradictions of Barnet's plan of 2014 to 2016 and of the reports beside it."""

from tests.integration.oddities.found import BARNET, PRINTED, On, on

COMPONENTS = "scheme.components-differ"
FALLS = "Falls by diagnosis, cost: "

FOUND: dict[str, On] = {
    "BAR-X01": on(BARNET, PRINTED, "2c Care Homes", "3.49% is printed", "3.48%"),
    "BAR-X02": on(BARNET, PRINTED, "2b Older People", "5.53% is printed", "5.52%"),
    "BAR-X03": on(BARNET, COMPONENTS, "£2,723,191", "£270 more", "£2,722,921"),
    "BAR-X05": on(BARNET, COMPONENTS, "£10,638,808", "£2,219 more", "£10,636,589"),
    "BAR-X06": on(BARNET, COMPONENTS, "£23,412,240", "£240 more", "£23,412,000"),
    "BAR-X11": on(BARNET, PRINTED, "£2,054,100 (5(b)", "£2,054,000 (5(b), arrangements list)"),
    "BAR-X15": on(BARNET, PRINTED, "£123,244", "62 non-elective admissions", "£124,248"),
    "BAR-X17": on(BARNET, "metric.rate-differs", "1.2% is stated", "1.26"),
    "BAR-X18": on(BARNET, "metric.rate-differs", "1.6% is stated", "1.69"),
    "BAR-X20": on(BARNET, "metric.plan-worse", "30,002", "29,502", "28,073 admissions"),
    "BAR-X23": on(BARNET, PRINTED, "risk level 1", "to 7.785", "risk level 2", "4.785 to"),
    "BAR-X24": on(BARNET, PRINTED, "total population", "0.105", "0.079"),
    "BAR-X25": on(BARNET, PRINTED, "chronic conditions, total population", "0.044", "0.034"),
    "BAR-X27": on(BARNET, PRINTED, FALLS, "aged 65-69", "£187,894", "£190,894"),
    "BAR-X28": on(BARNET, PRINTED, FALLS, "aged 70-74", "£244,143", "£241,144"),
    "BAR-X30": on(BARNET, PRINTED, FALLS, "other codes, all ages", "£1,816,867", "£1,813,867"),
    "BAR-X31": on(BARNET, PRINTED, FALLS, "all codes, all ages", "£3,309,330", "£3,279,330"),
    "BAR-X37": on(BARNET, "metric.rate-differs", "not entered", "487 and 405"),
    "BAR-X39": on(BARNET, "benefit.missing", "3a Rapid Care", "Delayed transfers of care"),
    "BAR-X44": on(BARNET, "scheme.unfunded", "1a Expert Patient", "outside the pool", "23", "119"),
    "BAR-X60": on(BARNET, PRINTED, "£1,206,000", "7(a)(vi)", "7(a)(iii)", "£846,000"),
    "BAR-X71": on(BARNET, "metric.rate-differs", "Beside the plan", "April 2013 to July 2013, 86"),
}
MISSED: dict[str, str] = {
    "BAR-X19": "One level is of a trust in episodes and of 2013–14, the other of the borough in "
    "admissions and of no stated year, and no check holds such figures against each other.",
    "BAR-X33": "Which cells of the table the sentence adds is not in the rows.",
    "BAR-X34": "The growth is a fact in words of its own, which names no population.",
    "BAR-X50": "The people, the saving of each and the share that attends are rows, but how the "
    "text makes the admissions of them is not.",
}
NOT_IN_ROWS: dict[str, str] = {
    "BAR-X08": "That no year is printed over a table is no row; the rows have the year it means.",
    "BAR-X09": "The cost of both years together stands in a sentence and is not loaded.",
    "BAR-X22": "What a heading does not say is no row; the rows name the trust.",
    "BAR-X32": "The 8 of 13 reviews are not loaded, only the share that is printed.",
    "BAR-X42": "That a scheme acts only indirectly is said in prose.",
    "BAR-X43": "The tiers of the text are prose; a scheme has one tier.",
    "BAR-X46": "Two milestones have different names, and no row says that they are the same start.",
    "BAR-X47": "Two milestones have different names, and no row says that they are the same one.",
    "BAR-X48": "Two milestones have different names, and no row says that they are the same start.",
    "BAR-X53": "The years of the target in the text are prose.",
    "BAR-X57": "The label of a column is not loaded.",
    "BAR-X61": "Two things may cost the same; equal amounts contradict nothing.",
    "BAR-X63": "That the question asks for a share is its words.",
    "BAR-X64": "The numbering of questions inside an answer is prose.",
    "BAR-X68": "The gap and the savings have names of their own in two documents.",
    "BAR-X69": "How many conditions a report lists is prose.",
    "BAR-X70": "A cross-reference to a paragraph is prose.",
}
