"""What national assurance would question in a plan: gathered once, checked by pure functions."""
