"""The dates of a board’s agreements as a calendar to subscribe to."""
