"""Abstract models, fields and forms that every app builds on; this room knows no plan."""
