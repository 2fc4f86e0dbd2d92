"""The command line, grouped by what a person does; each group holds its commands beside what they call.

offline/    articles in, records out, without Kafka: `enrich`, `clean`, `duplicates`
running/    everything on this machine: `up`, `scale`, `status`, `down`, `demo`, `broker`, `topics`
topics/     records onto the topics and from them: `produce`, `subscribe`, `deadletters`
learned/    texts that were learned from many articles: `common`, `sources`
printing/   records and progress as a person sees them

Files named *_command.py or *_commands.py have the options and the help. They load nothing heavy at the top, so that `copydesk --help`
answers at once.
"""
