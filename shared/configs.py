"""Settings of topics on the brokers, read and changed one by one.

aiokafka's own `alter_configs` sends the request of old that resets whatever it does not name; Kafka's incremental one is declared here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import for_code
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import Array, Boolean, Int8, Int16, Int32, Schema, String

from copydesk.shared.errors import CopydeskError

Configs = Mapping[str, str]
LEAST_SESSION = "group.min.session.timeout.ms"
SET = 0
TEXT = String("utf-8")


class _Altered(Response):  # type: ignore[misc]
    API_KEY = 44
    API_VERSION = 0
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        ("resources", Array(("error_code", Int16), ("error_message", TEXT), ("resource_type", Int8), ("resource_name", TEXT))),
    )


class _Alter(RequestStruct):  # type: ignore[misc]
    API_KEY = 44
    API_VERSION = 0
    RESPONSE_TYPE = _Altered
    SCHEMA = Schema(
        (
            "resources",
            Array(("resource_type", Int8), ("resource_name", TEXT), ("configs", Array(("name", TEXT), ("operation", Int8), ("value", TEXT)))),
        ),
        ("validate_only", Boolean),
    )


class _IncrementalAlterConfigs(Request[_Alter]):  # type: ignore[misc]
    API_KEY = 44
    _CLASSES: ClassVar[tuple[type[_Alter]]] = (_Alter,)

    def __init__(self, changes: Mapping[str, Configs]) -> None:
        self.changes = changes

    def build(self, request_struct_class: type[_Alter]) -> _Alter:
        resources = [
            (int(ConfigResourceType.TOPIC), topic, [(name, SET, value) for name, value in configs.items()])
            for topic, configs in self.changes.items()
        ]  # fmt: skip
        return request_struct_class(resources, False)


async def configs_of(admin: Any, topics: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, str]]:
    """What stands on the brokers, by topic. Raises CopydeskError when they do not tell."""
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic, dict.fromkeys(names, "")) for topic in topics]
    found: dict[str, dict[str, str]] = {}
    for response in await admin.describe_configs(asked):
        for code, message, _, topic, entries in response.resources:
            if code:
                raise CopydeskError(f"the settings of {topic} cannot be read: {message or for_code(code).__name__}", "see to the client's rights")
            found[topic] = {entry[0]: entry[1] for entry in entries}
    return found


async def least_session_s(admin: Any) -> float | None:
    """The shortest session that the brokers allow a member of a group, in seconds; None where they do not tell."""
    brokers = (await admin.describe_cluster())["brokers"]
    asked = ConfigResource(ConfigResourceType.BROKER, str(brokers[0]["node_id"]), {LEAST_SESSION: ""})
    for response in await admin.describe_configs([asked]):
        for code, _, _, _, entries in response.resources:
            found = {entry[0]: entry[1] for entry in entries}
            return int(found[LEAST_SESSION]) / 1000 if not code and LEAST_SESSION in found else None
    return None


async def alter(admin: Any, changes: Mapping[str, Configs]) -> None:
    """Change these settings and no other. Raises CopydeskError that names the topic and how to change it by hand."""
    response = await admin._send_request(_IncrementalAlterConfigs(changes))
    for code, message, _, topic in response.resources:
        if code:
            wanted = ",".join(f"{name}={value}" for name, value in changes[topic].items())
            raise CopydeskError(
                f"{topic} needs {wanted}, and the brokers refuse to change it: {message or for_code(code).__name__}",
                f"give this client the right to alter it, or run `kafka-configs.sh --alter --entity-type topics --entity-name {topic} "
                f"--add-config {wanted}`",
            )
