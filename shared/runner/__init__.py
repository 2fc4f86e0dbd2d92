"""The runner: everything about Kafka and Faust that a service needs, and the only code that knows Faust.

process.py    --help, settings, logs, the event loop, exit codes
service.py    the life of a service that consumes topics: start, signals, stop
app.py        the Faust app and its settings, each with its reason
assignor.py   who gets which partitions, as Faust asks for it      balance.py   the rule itself
loop.py       batches from one topic, acknowledged in order once everything they led to is stored
gate.py       how much may be read ahead
stall.py      whether anything moves          group_lag.py  the lag as the brokers see it
hands.py      which record was in hand when a replica died
policy.py     what is rejected, what is tried again, what stops the service
stages.py     a Stage on Kafka         sinks.py   a Sink on Kafka
responders.py a Responder on Kafka        store.py    its durable state
asker.py      requests to shards and their replies
following.py  a compacted topic kept up with
http.py       /health and /metrics     metrics.py, logs.py
"""
