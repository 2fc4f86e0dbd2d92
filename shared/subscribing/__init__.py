"""Reading as a subscriber: from a point in time, filtered, with verdicts completed by corrections. The command line, Python and HTTP share it."""
