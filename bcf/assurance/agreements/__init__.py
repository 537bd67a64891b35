"""Section 75 agreements as plain values: what they say, come to, hold, and lack."""
