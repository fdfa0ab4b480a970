"""A believable year of the trail in a made-up federation, built only by calling verbs."""
