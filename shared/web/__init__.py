"""What fetches from the web: one guarded client for the fetcher, the feeder and the command line.

addresses.py  which addresses may be connected to     client.py    one request, within bounds
answers.py    what came back, what failed             freshness.py Retry-After, max-age, validators
coding.py     gzip and deflate undone                 settings.py  COPYDESK_WEB_*
"""
