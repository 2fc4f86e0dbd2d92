from copydesk.services.tagger.spacy_alone import without_command_line

without_command_line()
