"""The page of one agreement: what it says, holds, comes to and lacks."""
