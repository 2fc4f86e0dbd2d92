"""The Faust app of a service. Every setting that differs from Faust's default stands here with its reason."""

from __future__ import annotations

from typing import Any

import faust

from copydesk.shared.kafka import tls
from copydesk.shared.runner.assignor import BalancedAssignor
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.hands import Hands
from copydesk.shared.runner.transport import CommittedConsumer
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import ALL, Topic

HEARTBEATS = 5  # in a session
LONGEST_BATCH_S = 86_400.0


def build_app(name: str, settings: ServiceSettings, hands: Hands, gate: Gate) -> Any:
    """A Faust app whose consumer group is `name`. It only reads: what a service writes goes through `copydesk.shared.kafka.Sender`."""
    app = faust.App(
        name,
        broker=[f"kafka://{server.strip()}" for server in settings.bootstrap_servers.split(",")],
        broker_credentials=_credentials(settings),
        # a dead replica's records wait for a session, a heartbeat and a rebalance: 4 s so, 49 s by default
        broker_session_timeout=settings.session_timeout_s,
        broker_heartbeat_interval=settings.session_timeout_s / HEARTBEATS,
        broker_request_timeout=max(30.0, 3 * settings.session_timeout_s),
        broker_commit_interval=1.0,
        # a batch may take as long as its records may: `stall.py` ends what does nothing, the group must not
        broker_max_poll_interval=LONGEST_BATCH_S,
        # small fetches: little is done twice after a crash; the gate bounds what is read ahead, Faust's buffer must not (see gate.py)
        broker_max_poll_records=settings.batch_size,
        stream_buffer_maxsize=100_000,
        consumer_max_fetch_size=max(settings.max_bytes(topic) for topic in ALL) + 200_000,
        consumer_group_instance_id=settings.replica if settings.static_membership else None,
        consumer_auto_offset_reset="earliest",
        # Faust's own leaves a replica that comes back without partitions (see balance.py)
        PartitionAssignor=BalancedAssignor,
        # topics are created before the start with their own partition counts; a missing source would be ignored for ever
        topic_allow_declare=False,
        topic_disable_leader=True,
        # the loop itself waits for its batch when partitions go; Faust's wait has no limit
        stream_wait_empty=False,
        stream_recovery_delay=0.0,
        key_serializer="raw",
        value_serializer="raw",
        web_enabled=False,
        processing_guarantee="at_least_once",  # exactly_once made duplicates when a process was killed
        datadir=settings.home / "faust" / settings.replica,
        stream_processing_timeout=settings.patience_s + 60,  # how long commits may fail (see transport.py)
    )
    app.transport.Consumer = CommittedConsumer
    app.hands = hands  # what the consumer commits with each offset
    app.gate = gate  # what it asks before it hands a record on
    return app


def stretch(app: Any, session_s: float) -> None:
    """A longer session, where the brokers allow none as short as the setting says. Do it before the app starts."""
    app.conf.broker_session_timeout = session_s
    app.conf.broker_heartbeat_interval = session_s / HEARTBEATS


def source(app: Any, topic: Topic) -> Any:
    """A Faust topic of raw bytes."""
    return app.topic(topic.name, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")


def _credentials(settings: ServiceSettings) -> Any:
    context = tls(settings) if settings.security_protocol.endswith("SSL") else None
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
        return faust.SASLCredentials(
            mechanism=settings.sasl_mechanism, username=settings.sasl_username, password=password, ssl_context=context
        )  # fmt: skip
    return faust.SSLCredentials(context) if context else None
