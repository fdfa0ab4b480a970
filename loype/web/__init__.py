"""The pages a person sees: one folder for each stage of the trail, plus what they share."""
