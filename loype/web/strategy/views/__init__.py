"""Views: plans, periods, direction."""
