"""The gateway: HTTP for all who speak no Kafka. Articles come in, live streams, search and pages go out.

app.py        every address, and the rules that hold for all      service.py  the process
access.py     who may do what                                     keys.py     keys, of which only hashes are kept
streams/      one reader of Kafka, any number of clients          posting/    articles onto articles.raw
reading/      questions to the archive and to Kafka               problems.py errors, each with its remedy
connections.py  limits of a connection, before it is a request    page/       the page at /
"""
