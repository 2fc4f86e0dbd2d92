"""The archive: what the databases hold of the articles, how it is folded from what came, and how it is asked.

choice.py      which of several records stands for a node        folding.py     a batch into nodes, over any database
rows.py        a folded record as rows of the tables              migrations.py  how a database comes to the present form
asking.py      how an archive is asked                       shaping.py      rows of any database as answers
sqlite/        one file, written to by any number of processes
postgres/      a server; both have a writer and a reader
"""
