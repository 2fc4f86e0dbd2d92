"""Live streams: one reader of Kafka a process, a bounded buffer of events, any number of clients that each go through it at their own pace."""
