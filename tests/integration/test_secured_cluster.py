"""A cluster with TLS and passwords: Copydesk gets in as its settings say, and where it does not, says what keeps it out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from copydesk.shared.admin import create_topics
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.kafka import consume, producer
from copydesk.shared.settings import Settings, load
from copydesk.shared.topics import RAW
from tests import secured
from tests.secured import PASSWORD, USER, SecuredBroker


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecuredBroker]:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed: there are no certificates to try")
    broker = secured.start(tmp_path_factory.mktemp("secured"))
    yield broker
    broker.stop()


def settings(cluster: SecuredBroker, listener: str, **given: Any) -> Settings:
    """As one has to say them for a listener, with `given` above."""
    right: dict[str, Any] = {"security_protocol": listener, "delivery_timeout_s": 10}
    if listener.endswith("SSL"):
        right["ssl_cafile"] = cluster.authority
    if listener.startswith("SASL"):
        right |= {"sasl_mechanism": "SCRAM-SHA-512", "sasl_username": USER, "sasl_password": PASSWORD}
    return load(Settings, bootstrap_servers=f"127.0.0.1:{cluster.ports[listener]}", **{**right, **given})


@pytest.mark.parametrize("listener", ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"])
async def test_records_go_in_and_out(cluster: SecuredBroker, listener: str) -> None:
    here = settings(cluster, listener)
    await create_topics(here)
    async with producer(here) as sender:
        await (await sender.send(RAW, "a", listener.encode()))
    assert listener.encode() in [message.value async for message in consume(here, [RAW], since="beginning", follow=False)]


@pytest.mark.parametrize(
    ("listener", "wrong", "words"),
    [
        ("SASL_SSL", {"sasl_password": "guess"}, r"does not let desk in — check COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD"),
        ("SASL_PLAINTEXT", {"sasl_username": "nobody"}, r"does not let nobody in"),
        ("SASL_SSL", {"sasl_mechanism": "PLAIN"}, r"does not take PLAIN — set COPYDESK_SASL_MECHANISM"),
        ("SASL_SSL", {"ssl_cafile": None}, r"certificate of 127.0.0.1:\d+ is not trusted .* set COPYDESK_SSL_CAFILE"),
        ("SSL", {"ssl_cafile": None}, r"is not trusted"),
        ("SASL_SSL", {"security_protocol": "SASL_PLAINTEXT"}, r"speaks TLS, SASL_PLAINTEXT does not"),
        ("SSL", {"security_protocol": "PLAINTEXT"}, r"speaks TLS, PLAINTEXT does not"),
        ("SASL_PLAINTEXT", {"security_protocol": "SASL_SSL"}, r"does not speak TLS — set COPYDESK_SECURITY_PROTOCOL=SASL_PLAINTEXT"),
        ("PLAINTEXT", {"security_protocol": "SSL"}, r"does not speak TLS"),
        ("SASL_PLAINTEXT", {"security_protocol": "PLAINTEXT"}, r"wants a user and password — set COPYDESK_SECURITY_PROTOCOL=SASL_PLAINTEXT"),
        ("SASL_SSL", {"security_protocol": "SSL"}, r"wants a user and password — set COPYDESK_SECURITY_PROTOCOL=SASL_SSL"),
        (
            "PLAINTEXT",
            {"security_protocol": "SASL_PLAINTEXT", "sasl_username": USER, "sasl_password": PASSWORD, "sasl_mechanism": "SCRAM-SHA-512"},
            r"asks for no user and password",
        ),
    ],
)
async def test_what_keeps_a_client_out_is_told_apart(cluster: SecuredBroker, listener: str, wrong: dict[str, Any], words: str) -> None:
    here = settings(cluster, listener, **wrong)
    with pytest.raises(UnavailableError, match=words):
        await create_topics(here)
    with pytest.raises(UnavailableError, match=words):
        async with producer(here):
            pass


async def test_no_broker_and_no_such_name() -> None:
    with pytest.raises(UnavailableError, match=r"no Kafka broker answers at 127\.0\.0\.1:1 "):
        await create_topics(load(Settings, bootstrap_servers="127.0.0.1:1", delivery_timeout_s=5))
    with pytest.raises(UnavailableError, match=r"the name kafka\.invalid is not known"):
        await create_topics(load(Settings, bootstrap_servers="kafka.invalid:9092", delivery_timeout_s=5))


def test_settings_that_cannot_work_are_named(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="needs COPYDESK_SASL_USERNAME and COPYDESK_SASL_PASSWORD"):
        load(Settings, security_protocol="SASL_SSL", sasl_username="desk")


async def test_a_certificate_file_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")
    for path in (tmp_path / "ca.pem", tmp_path / "missing.pem"):
        with pytest.raises(CopydeskError, match="COPYDESK_SSL_CAFILE"):
            await create_topics(load(Settings, security_protocol="SSL", ssl_cafile=path, bootstrap_servers="127.0.0.1:1"))
