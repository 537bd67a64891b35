"""The build's own scripts: none of them is part of the running product."""
