"""The contradictions of the reference documents, and how the checks find each of them."""
