"""What the worker and the clock do: tell people, hand over mail, tidy up."""
