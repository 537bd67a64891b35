"""The real plans of `fixtures/` as rows: read, checked and saved once."""
