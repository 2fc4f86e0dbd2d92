"""Copydesk: a newsroom's copy desk as a stream processor on Kafka.

`services` and `shared` are links to the folders of that name at the top of the repository (see docs/decisions).
"""
