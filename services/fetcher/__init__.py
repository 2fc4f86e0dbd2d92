"""The fetcher: addresses in, pages out, no faster than a host bears. One replica owns a host, so its pace is kept in one place.

__main__.py   the service                       shard.py     one partition's hosts: whose turn it is, and what becomes of it
waiting.py    addresses that wait, by host      schedule.py  which host is free when
turns.py      one request of one host           robots.py    what robots.txt allows, and how fast
outcomes.py   what an answer means              pages.py     an answer as a raw record
reserved.py   reservations of text mining       brake.py     the pipeline's lag
hosts.py      what is known of hosts             ends.py      what becomes of an address
"""
