"""What came of an activity."""
