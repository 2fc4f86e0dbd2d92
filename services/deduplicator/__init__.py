"""Whether an article is a copy of earlier ones, and of which passages. From one folder to the next, none imports back:

    text/       characters → tokens, and which of them stand in prose
    sketch/     tokens → sketch: a sample of the text's shingles; the common text that is left out
    index/      who else has a shingle, and where: nodes, messages, and the shards, which are a service of their own
    evidence/   asking the shards, adding up → passages that two texts share, and whether that makes a copy
    verdict     evidence → verdicts, and corrections of others

stage.DeduplicatorStage leads a batch through them; groups.groups does so for texts that are given, without Kafka.
arrays has what all of them do with numpy.
"""
