"""Settings files: which there are, what they may say, and what holds for each file that is linted."""
