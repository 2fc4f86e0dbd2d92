"""What runs on this machine is remembered, so that a command in a second terminal finds it and takes no other Kafka for it.

`copydesk up` (and `broker start`) write run/instance.json below home; what the environment says stands above it.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from copydesk.shared import processes
from copydesk.shared.errors import CopydeskError
from copydesk.shared.settings import Settings, load

SECRET = {"home", "sasl_password"}


def _file(home: Path) -> Path:
    return home / "run" / "instance.json"


def remember(settings: Settings, cluster_id: str | None) -> None:
    """Keep the settings of what runs below its home; a password is not written."""
    known = settings.model_copy(update={"cluster_id": cluster_id}).model_dump(mode="json", include=set(Settings.model_fields) - SECRET)
    _file(settings.home).parent.mkdir(parents=True, exist_ok=True)
    processes.write_whole(_file(settings.home), orjson.dumps({name: value for name, value in known.items() if value is not None}))


def forget_instance(home: Path) -> None:
    """Nothing runs there any more."""
    _file(home).unlink(missing_ok=True)


def settings() -> Settings:
    """Settings for a command that talks to Kafka: of the environment, then of what runs here, then the defaults.

    Where the environment names brokers, they are meant, whatever runs here. Raises CopydeskError as `load` does.
    """
    given = load(Settings)
    known = processes.json_in(_file(given.home))
    if not isinstance(known, dict) or given.model_fields_set & {"bootstrap_servers", "broker_port"}:
        return given
    fields = {name: value for name, value in known.items() if name in Settings.model_fields and name not in given.model_fields_set}
    try:
        return load(Settings, **fields)
    except CopydeskError:  # damaged: as if nothing were known
        return given
