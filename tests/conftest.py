"""One broker a session, for the tests that ask for it; properties are not judged by how fast the machine is, and tracebacks in logs are plain:
drawn ones cost seconds each.
"""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
import structlog

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.settings import Settings
from tests.postgres import LocalPostgres, running_postgres

hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")
structlog.configure(processors=[structlog.processors.add_log_level, structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])


@pytest.fixture(scope="session")
def local_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    broker = LocalBroker(tmp_path_factory.mktemp("broker"), free_ports())
    broker.start()
    yield broker
    broker.stop()


@pytest.fixture(scope="session")
def kafka(local_broker: LocalBroker) -> Settings:
    """Settings for clients of the session's broker."""
    return Settings(bootstrap_servers=local_broker.address)


@pytest.fixture(scope="session")
def postgres() -> Iterator[LocalPostgres]:
    with running_postgres() as server:
        yield server
