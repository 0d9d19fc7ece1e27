"""The resident helper: a process in the background that has all loaded, and does the work of `pushlint --server`."""
