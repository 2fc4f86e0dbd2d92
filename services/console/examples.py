"""Examples of every command, as its help and docs/cli.md show them. Tests parse each, and run those that need no broker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import typer

# By command; a line each, with what it does. The files are those of the repository, or some of yours: news.jsonl.gz, page.html.
EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "enrich": (
        "copydesk enrich seeds --format pretty  # to read",
        "copydesk enrich --stages clean page.html | jq -r .body  # the clean text of a page",
        """echo '{"body": "Joe Biden met Fumio Kishida."}' | copydesk enrich --stages tag""",
        "copydesk enrich news.jsonl.gz -o enriched.jsonl --rejected refused.jsonl",
        "copydesk enrich news.jsonl.gz -o enriched.jsonl --resume  # go on after Ctrl-C or a crash",
        "copydesk enrich seeds -o seeds.parquet  # tables: articles, and beside them entities, mentions, quotes, copies",
    ),
    "clean": (
        "copydesk clean page.html",
        "copydesk clean --explain seeds  # what was removed, and why",
    ),
    "duplicates": (
        "copydesk duplicates docs/examples/copies",
        "copydesk duplicates --no-clean --format jsonl news.jsonl.gz",
    ),
    "stories": (
        "copydesk stories docs/examples/wikinews",
        "copydesk stories --least 1 --format jsonl news.jsonl.gz  # all stories, each article with its nearest earlier one and why",
        "copydesk stories --no-clean enriched.jsonl --show 9aa4b87f8b25d58ac1f1d59d1cde7320  # one story, from what copydesk enrich wrote",
        "copydesk stories --from-sink --least 5  # what the service `stories` has told (copydesk up --with stories)",
    ),
    "produce": (
        "copydesk produce seeds",
        "copydesk produce news.jsonl.gz --source wire.example",
        "copydesk produce crawl/ --resume --max-lag 5000  # on from where it stopped, no faster than the consumers",
        "tail -F feed.jsonl | copydesk produce -  # a stream of them",
    ),
    "subscribe": (
        "copydesk subscribe --entity Biden --type PERSON --no-duplicates",
        "copydesk subscribe --since 2h --language en --salience 0.5 --entity Kishida",
        "copydesk subscribe --from-beginning --no-follow --format jsonl > enriched.jsonl",
        "copydesk subscribe --topic corrections",
    ),
    "retract": (
        'copydesk retract https://example.com/a --reason "court order 12/26"',
        'copydesk retract --source wire.example --reason "the contract has ended"',
    ),
    "restore": ("copydesk restore https://example.com/a", "copydesk restore --source wire.example"),
    "trace": ("copydesk trace https://example.com/a", "copydesk trace --since 7d --format jsonl https://example.com/a"),
    "replay": (
        "copydesk replay --stage tagger --since 7d --dry-run",
        "copydesk replay --stage tagger --since 2026-11-01 --until 2026-11-08 --rate 50",
        "copydesk replay --stage cleaner --since 3d --source wire.example --where language=de --where content_type~html",
        "copydesk replay --stage tagger --since 7d --resume  # on from where it was interrupted",
    ),
    "rewind": (
        "copydesk rewind sink  # the SQLite file was lost: all that the topics keep goes into a new one",
        "copydesk rewind sink-postgres --since 2d  # a backup of the day before yesterday was put back",
    ),
    "compare": (
        "copydesk compare old.jsonl new.jsonl  # outputs of copydesk enrich by two versions",
        "copydesk compare --stage tagger --since 1d --limit 200  # what was written to Kafka, and what this version would write",
        "copydesk compare old.jsonl new.jsonl --examples 0 --format jsonl",
    ),
    "up": ("copydesk up --scale tagger=2", "copydesk up --no-broker  # on the Kafka that COPYDESK_BOOTSTRAP_SERVERS names"),
    "scale": ("copydesk scale tagger=3 cleaner=2",),
    "down": ("copydesk down",),
    "status": ("copydesk status", "copydesk status --watch"),
    "monitor": ("copydesk monitor", "copydesk monitor --port 9999 --every 5"),
    "backup": ("copydesk backup monday.sqlite",),
    "compact": ("copydesk compact --files 10",),
    "query": (
        'copydesk query "SELECT title, status FROM articles_current LIMIT 5"',
        'copydesk query "SELECT canonical, sum(count) FROM entities GROUP BY 1 ORDER BY 2 DESC" --output names.csv',
    ),
    "keys create": ("copydesk keys create newsroom --scope read --scope write",),
    "keys list": ("copydesk keys list",),
    "keys revoke": ("copydesk keys revoke newsroom",),
    "feeds add": ("copydesk feeds add https://example.com/feed.xml --language en",),
    "feeds remove": ("copydesk feeds remove https://example.com/feed.xml",),
    "feeds import": ("copydesk feeds import feeds.toml",),
    "feeds list": ("copydesk feeds list",),
    "feeds check": ("copydesk feeds check https://example.com/feed.xml",),
    "feeds discover": ("copydesk feeds discover https://example.com/",),
    "open": ("copydesk open", "copydesk open search"),
    "demo": ("copydesk demo", "copydesk demo docs/examples/copies"),
    "deadletters list": (
        "copydesk deadletters list --since 1d",
        "copydesk deadletters list --file refused.jsonl  # what enrich --rejected wrote",
    ),
    "deadletters show": (
        "copydesk deadletters show articles.raw/0/17",
        "copydesk deadletters show --original articles.raw/0/17 > page.html",
    ),
    "deadletters replay": (
        "copydesk deadletters replay articles.raw/0/17",
        "copydesk deadletters replay --stage tagger --reason out_of_memory",
    ),
    "deadletters discard": ("copydesk deadletters discard --reason no_article",),
    "sources learn": (
        "copydesk sources learn news.jsonl.gz  # only show them",
        "copydesk sources learn --since 3d --publish  # from what is on Kafka; cleaners follow at once",
    ),
    "sources show": ("copydesk sources show",),
    "sources forget": ("copydesk sources forget example.com",),
    "common learn": (
        "copydesk common learn news.jsonl.gz --output common.json",
        "copydesk common learn --since 3d --publish",
    ),
    "common show": ("copydesk common show", "copydesk common show --file common.json"),
    "common forget": ("copydesk common forget",),
    "broker start": ("copydesk broker start",),
    "broker stop": ("copydesk broker stop",),
    "topics create": ("copydesk topics create",),
    "topics grow": ("copydesk topics grow --partitions 12",),
    "index reshard": ("copydesk index reshard --shards 16",),
}


def commands(app: typer.Typer, group: str = "") -> Iterator[tuple[str, typer.models.CommandInfo]]:
    """Every command by what one types: `enrich`, `deadletters list`."""
    for command in app.registered_commands:
        yield group + (command.name or str(getattr(command.callback, "__name__", ""))), command
    for one in app.registered_groups:
        if one.typer_instance is not None:
            yield from commands(one.typer_instance, f"{one.typer_instance.info.name} ")


def show_examples(app: typer.Typer) -> None:
    """Put each command's examples below its help."""
    for name, command in commands(app):
        command.epilog = "\n\n".join(("Examples:", *EXAMPLES.get(name, ())))
