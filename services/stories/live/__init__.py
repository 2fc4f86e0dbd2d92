"""Stories as articles come: what is folded from the topics (`articles`, `table`), and the service that reads and tells (`service`)."""
