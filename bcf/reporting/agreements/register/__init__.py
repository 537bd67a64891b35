"""The register of agreements as it stands, or stood on a day: page and file."""
