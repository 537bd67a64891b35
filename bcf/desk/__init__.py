"""The commissioner's desk: the admin's index, the plan's page as a hub, and saved filters."""
