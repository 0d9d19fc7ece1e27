"""The resident helper: a process in the background that has the pipeline loaded, and answers for `pushlint --server`."""
