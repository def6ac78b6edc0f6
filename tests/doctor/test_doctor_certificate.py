"""Certificates over the wire: trusted, at their end, of somebody else, and none."""

import datetime as dt
import ipaddress
import ssl
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.clock import WallClock
from bot.doctor.certificate import expiry, judged
from bot.doctor.examination import Examination, Ground
from bot.doctor.finding import Check, State
from bot.doctor.greeting import judged as greeted
from bot.doctor.knocking import knock
from tests.doctor.surgery import config, product_account
from tests.shipped import shipped

NOW = dt.datetime.now(dt.UTC)


def made(folder, days):
    """A certificate for 127.0.0.1 that signs itself, and its key; valid for so many days from yesterday."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(NOW - dt.timedelta(days=30))
    builder = builder.not_valid_after(NOW + dt.timedelta(days=days))
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    found = builder.sign(key, hashes.SHA256())
    file = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + found.public_bytes(serialization.Encoding.PEM))
    return file


@asynccontextmanager
async def secure(file):
    """A server with this certificate that says `e`; its address."""
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)

    async def echo(_):
        return web.Response(text="e")

    app = web.Application()
    app.router.add_get("/{rest:.*}", echo)
    server = TestServer(app, scheme="https")
    await server.start_server(ssl=serving)
    try:
        yield f"https://127.0.0.1:{server.port}/"
    finally:
        await server.close()


async def looked(file, *, trusted):
    """What is found at a server with this certificate, and what a greeting there comes to."""
    context = ssl.create_default_context(cafile=file if trusted else None)
    async with secure(file) as url, ClientSession() as session:
        ends = await expiry("127.0.0.1", urlsplit(url).port, context)
        return ends, greeted(await knock(session, url, trusted=context), "e", url)


@pytest.mark.parametrize(("days", "state"), [(90, State.GOOD), (13, State.ACT)])
async def test_one_that_is_trusted(tmp_path, days, state):
    ends, greeting = await looked(made(tmp_path, days), trusted=True)
    assert abs(ends - NOW - dt.timedelta(days=days)) < dt.timedelta(seconds=2)
    assert judged(ends, NOW).state is state
    assert greeting.state is State.GOOD


@pytest.mark.parametrize(("days", "trusted", "words"), [(90, False, "self-signed"), (-1, True, "expired")])
async def test_one_that_is_not(tmp_path, days, trusted, words):
    ends, greeting = await looked(made(tmp_path, days), trusted=trusted)
    found = judged(ends, NOW)
    assert found.state is State.ACT
    assert words in found.said
    assert greeting.state is State.ACT
    assert "证书" in greeting.said


async def test_in_an_examination(tmp_path):
    """Between what the account is and whether the platform finds us; nobody answers for the platform here."""
    file = made(tmp_path, 5)
    account = product_account(config()).model_copy(update={"api_base": "http://127.0.0.1:9"})
    async with secure(file) as url, ClientSession() as session:
        ground = Ground(session, WallClock(), 300, url, stand_in=True, trusted=ssl.create_default_context(cafile=file))
        found = await Examination(account, shipped()["xinxiang"], ground).findings()
    states = {one.check: one.state for one in found}
    assert (states[Check.CERTIFICATE], states[Check.GREETING]) == (State.ACT, State.ACT)
    assert [one.check for one in found] == sorted((one.check for one in found), key=list(Check).index)


async def test_none():
    assert judged(await expiry("127.0.0.1", 9, ssl.create_default_context()), NOW).state is State.UNSEEN
