"""The bank behind TLS: its authority is pinned, it asks for our certificate; live mode refuses plain TCP."""

import datetime
import ipaddress
import ssl
import subprocess

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from bank import Bank
from certificates import DAY, new_private_key, now, pem
from gateway import binary
from scenes import declined


class Hosts:
    """An authority, the bank's certificate and ours, as PEM files in a folder."""

    def __init__(self, folder):
        self.folder = folder
        self.key, self.name = new_private_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bankens CA")])
        self.root = self._signed(self.name, self.key.public_key(), [])
        self.authority = self._file("ca.pem", pem(self.root))
        here = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        self.bank = self._leaf("bank", here)
        self.named = self._leaf("named", [x509.DNSName("host.bank.example")])
        self.ours = self._leaf("ours", [x509.DNSName("godkend.example")])

    def _leaf(self, name: str, names: list) -> tuple[str, str]:
        """The files of a certificate and of its key."""
        key, subject = new_private_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        certificate = self._signed(subject, key.public_key(), names)
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        return self._file(f"{name}.pem", pem(certificate)), self._file(f"{name}.key", secret)

    def _signed(self, subject, public_key, names: list):
        """A certificate of the authority's; one without names is its own."""
        builder = (x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(public_key)
                   .serial_number(x509.random_serial_number()).not_valid_before(now() - DAY)
                   .not_valid_after(now() + datetime.timedelta(days=30))
                   .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True))
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def _file(self, name: str, text: bytes) -> str:
        path = self.folder / name
        path.write_bytes(text)
        path.chmod(0o600)
        return str(path)

    def context(self, leaf: tuple[str, str] | None = None) -> ssl.SSLContext:
        """The bank's side: it shows a certificate, its own if not another, and takes clients of its authority."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*(leaf or self.bank))
        context.load_verify_locations(self.authority)
        context.verify_mode = ssl.CERT_REQUIRED
        return context

    def settings(self) -> dict:
        return {"acquirer__tls": "on", "acquirer__tls_ca": self.authority,
                "acquirer__tls_certificate": self.ours[0], "acquirer__tls_key": self.ours[1]}


OURS = ("acquirer__tls_certificate", "acquirer__tls_key")


@pytest.fixture(scope="module")
def hosts(tmp_path_factory) -> Hosts:
    return Hosts(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def strangers(tmp_path_factory) -> Hosts:
    return Hosts(tmp_path_factory.mktemp("strangers"))


def test_pinned_authority_and_client_certificate_a_payment_lives_over_tls(new_hosted, hosts):
    hosted = new_hosted(Bank(tls=hosts.context()), **hosts.settings())
    scene = hosted.scene()
    assert scene.shop.capture(scene.approved(100)["id"]).status_code == 200
    assert hosted.account(scene.card).captured == 100


def test_a_bank_of_another_authority_is_told_nothing(new_hosted, hosts, strangers):
    hosted = new_hosted(Bank(tls=strangers.context()), **hosts.settings())
    declined(hosted.scene().settled(100), "acquirer_unavailable", "acquirer")
    assert hosted.bank.heard == []


def test_a_bank_that_speaks_plain_tcp_is_told_nothing(new_hosted, hosts):
    hosted = new_hosted(Bank(), **hosts.settings())
    declined(hosted.scene().settled(100), "acquirer_unavailable", "acquirer")
    assert hosted.bank.heard == []
    hosted.bank.unread.clear()


def test_a_bank_that_asks_for_a_certificate_and_gets_none_is_told_nothing(new_hosted, hosts):
    settings = {name: text for name, text in hosts.settings().items() if name not in OURS}
    hosted = new_hosted(Bank(tls=hosts.context()), **settings)
    declined(hosted.scene().settled(100), "acquirer_unavailable", "acquirer")
    assert hosted.bank.heard == []


def test_the_name_in_the_banks_certificate_is_the_one_of_the_setting(new_hosted, hosts):
    hosted = new_hosted(
        Bank(tls=hosts.context(hosts.named)), **hosts.settings(), acquirer__tls_name="host.bank.example")
    hosted.scene().approved(100)


@pytest.mark.parametrize("settings", [{}, {"acquirer__tls_name": "other.bank.example"}], ids=["address", "other"])
def test_a_bank_by_another_name_is_told_nothing(new_hosted, hosts, settings):
    hosted = new_hosted(Bank(tls=hosts.context(hosts.named)), **hosts.settings(), **settings)
    declined(hosted.scene().settled(100), "acquirer_unavailable", "acquirer")
    assert hosted.bank.heard == []


def test_the_banks_address_in_the_certificate_does_not_stand_for_the_name(new_hosted, hosts):
    hosted = new_hosted(
        Bank(tls=hosts.context()), **hosts.settings(), acquirer__tls_name="host.bank.example")
    declined(hosted.scene().settled(100), "acquirer_unavailable", "acquirer")
    assert hosted.bank.heard == []


def test_live_mode_speaks_plain_tcp_to_nothing_but_loopback(tmp_path):
    settings = {"mode": "live", "acquirer.kind": "iso8583", "acquirer.address": "bank.example:5000",
                "public_url": "https://godkend.example"}
    (tmp_path / "Merchants").mkdir()
    told = subprocess.run(
        [binary(), "serve", "--init", "--state", "state", "--merchants", "Merchants", "--port", "0",
         *(word for name, value in settings.items() for word in ("--set", f"{name}={value}"))],
        cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert told.returncode != 0 and "acquirer.tls" in told.stderr, told.stderr
