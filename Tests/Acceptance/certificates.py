"""A PKI of our own for the tests: authorities, signers' certificates, revocation lists, OCSP responses.

Made with `cryptography` alone, from CONTRACT section 7 (the record): nothing of godkend takes part in it. Every
run has fresh keys, kept in memory.
"""

import datetime
import hashlib
import pathlib
import uuid
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def new_private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def der(certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def pem(*certificates) -> bytes:
    return b"".join(certificate.public_bytes(serialization.Encoding.PEM) for certificate in certificates)


def key_usage(**allowed) -> x509.KeyUsage:
    names = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


def _builder(subject, issuer, public_key, valid) -> x509.CertificateBuilder:
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(public_key)
            .serial_number(x509.random_serial_number()).not_valid_before(valid[0]).not_valid_after(valid[1]))


@dataclass
class Authority:
    """A root or an issuing CA. `revoked` is what its next list names: serial number, when, why."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    issuer: "Authority | None" = None
    revoked: list = field(default_factory=list)
    lists: int = 0

    @classmethod
    def make(cls, name: str, issuer: "Authority | None" = None) -> "Authority":
        key = new_private_key()
        subject = x509.Name([
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"), x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = (
            _builder(subject, issuer.certificate.subject if issuer else subject, key.public_key(),
                     (now() - 30 * DAY, now() + 365 * DAY))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0 if issuer else 1), critical=True)
            .add_extension(key_usage(key_cert_sign=True, crl_sign=True), critical=True))
        return cls(builder.sign(issuer.key if issuer else key, hashes.SHA256()), key, issuer)

    def issue(self, role: str, authorisation: str | None, valid=None, signing_key=None) -> "Identity":
        """A signer's certificate; `signing_key`: by somebody who only bears this authority's name."""
        key = new_private_key()
        names = [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"), x509.NameAttribute(NameOID.COMMON_NAME, "Prøve Prøvesen"),
            x509.NameAttribute(NameOID.TITLE, role),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, f"UI:DK-E:G:{uuid.uuid4()}")]
        if authorisation:
            names.append(x509.NameAttribute(NameOID.USER_ID, authorisation))
        builder = (
            _builder(x509.Name(names), self.certificate.subject, key.public_key(),
                     valid or (now() - 10 * DAY, now() + 200 * DAY))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(key_usage(digital_signature=True, content_commitment=True), critical=True))
        leaf = builder.sign(signing_key or self.key, hashes.SHA256())
        chain = [leaf, self.certificate] if self.issuer else [leaf]
        return Identity(chain, key, role, authorisation, self)

    def revoke(self, identity: "Identity", at: datetime.datetime, reason=x509.ReasonFlags.key_compromise) -> None:
        entry = x509.RevokedCertificateBuilder().serial_number(identity.leaf.serial_number).revocation_date(at)
        self.revoked.append(entry.add_extension(x509.CRLReason(reason), critical=False).build())

    def revocation_list(self, made: datetime.datetime | None = None) -> bytes:
        """A complete list in DER, RFC 5280."""
        made, self.lists = made or now() - HOUR, self.lists + 1
        builder = (
            x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
            .last_update(made).next_update(made + 7 * DAY)
            .add_extension(x509.CRLNumber(self.lists), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False))
        for entry in self.revoked:
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@dataclass
class Identity:
    """Somebody who signs: certificates leaf first, and the key of the leaf."""

    chain: list
    key: ec.EllipticCurvePrivateKey
    role: str
    authorisation: str | None
    issuer: Authority

    @property
    def leaf(self) -> x509.Certificate:
        return self.chain[0]

    @property
    def thumbprint(self) -> bytes:
        return hashlib.sha256(der(self.leaf)).digest()

    def answer(self, status=ocsp.OCSPCertStatus.GOOD, made: datetime.datetime | None = None,
               signed_by: Authority | None = None) -> bytes:
        """An OCSP response about the leaf in DER, RFC 6960, by its issuer or by a stranger."""
        made, signer = made or now(), signed_by or self.issuer
        revoked = status == ocsp.OCSPCertStatus.REVOKED
        builder = ocsp.OCSPResponseBuilder().add_response(
            cert=self.leaf, issuer=self.issuer.certificate, algorithm=hashes.SHA256(), cert_status=status,
            this_update=made, next_update=made + 12 * HOUR, revocation_time=made - DAY if revoked else None,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked else None)
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.NAME, signer.certificate)
        return builder.sign(signer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


class PKI:
    """Everybody whom the tests know, and those whom they do not trust."""

    def __init__(self):
        self.root = Authority.make("Prøve Rod")
        self.issuing = Authority.make("Prøve Udsteder", self.root)
        self.silent = Authority.make("Tavs Udsteder", self.root)  # its list is two days old
        self.late = Authority.make("Sen Udsteder", self.root)  # its list changes while the gateway runs
        self.registers = Authority.make("Prøve Registerrod")
        self.foreign_root = Authority.make("Prøve Rod")
        self.foreign = Authority.make("Prøve Udsteder", self.foreign_root)
        issue = self.issuing.issue
        self.doctor, self.other_doctor = issue("doctor", "04KXM"), issue("doctor", "1B2CD")
        self.dentist, self.inactive = issue("dentist", "7TND3"), issue("doctor", "9NKPT")
        self.pharmacist = issue("pharmacist", "5FRM8")
        self.unknown_to_all = self.silent.issue("doctor", "04KXM")
        self.soon_revoked = self.late.issue("doctor", "04KXM")
        self.revoked = issue("doctor", "04KXM")
        self.issuing.revoke(self.revoked, now() - 3 * DAY)
        self.expired = issue("doctor", "04KXM", valid=(now() - 60 * DAY, now() - 20 * DAY))
        self.stranger = self.foreign.issue("doctor", "04KXM")
        self.pretender = issue("doctor", "04KXM", signing_key=new_private_key())
        self.register = self.registers.issue("register", None)

    def write_trust(self, folder: pathlib.Path, pharmacies: dict[str, str]) -> None:
        """A trust folder in the layout of `godkend trust`; pharmacies by GLN."""
        for name, authority in (("prescribers", self.root), ("registers", self.registers)):
            (folder / name).mkdir(parents=True)
            (folder / name / "root.pem").write_bytes(pem(authority.certificate))
        for name in ("issuers", "crls"):
            (folder / name).mkdir()
        for name in ("root", "issuing", "silent", "late", "registers"):
            authority = getattr(self, name)
            if authority.issuer:
                (folder / "issuers" / f"{name}.pem").write_bytes(pem(authority.certificate))
            made = now() - 2 * DAY if name == "silent" else None
            (folder / "crls" / f"{name}.crl").write_bytes(authority.revocation_list(made))
        rows = ["authorisation_id,role,from,to", "04KXM,doctor,2001-05-01,", "1B2CD,doctor,2012-01-01,",
                "7TND3,dentist,2015-01-01,", "9NKPT,doctor,1999-01-01,2020-12-31",
                "5FRM8,treating_pharmacist,2010-01-01,"]
        (folder / "authorisations.csv").write_text("\n".join(rows) + "\n")
        rows = ["gln,name,listed_from,listed_to,eu_logo"]
        rows += [f"{gln},{name},2020-01-01,,https://www.example.dk/{gln}" for gln, name in pharmacies.items()]
        (folder / "pharmacies.csv").write_text("\n".join(rows) + "\n")
