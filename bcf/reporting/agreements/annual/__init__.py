"""The annual report to a board on its section 75 agreements."""
