"""The index of copies made anew with another number of shards: `copydesk index reshard`."""
