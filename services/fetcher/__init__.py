"""The fetcher: addresses in, pages out, no faster than a host bears. One replica owns a host, so its pace is kept in one place.

__main__.py   the service                       shard.py       one partition's hosts: whose turn it is
intake.py     addresses that come in            routing.py     whose an address is
waiting.py    addresses that wait, by host      schedule.py    which host is free when
hosts.py      what is known of hosts            turns.py       one request of one host
visits.py     one address's turn                site_rules.py  what a site says of itself, from its site_files.py
robots.py     what may be fetched, how fast     reserved.py    reservations of text mining
errands.py    a site's file on another host     brake.py       the pipeline's lag
outcomes.py   what an answer means              ends.py        what becomes of an address
pages.py      an answer as a raw record
"""
