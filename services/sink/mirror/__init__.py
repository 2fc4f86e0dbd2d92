"""The sink that writes chosen records to a topic of a subscriber's own, on the same cluster or another."""
