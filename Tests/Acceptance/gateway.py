"""Runs the real `godkend` executable: the gateway as a process of its own, and its commands.

Nothing in here knows HTTP. A `Gateway` has a state folder, a `Merchants/` folder and a log file; it hands out
customers with whole wallets, and remembers every secret it handed out so that the last test can look for them
where they must not be (PAN-3, SCA-28).
"""

import json
import os
import pathlib
import re
import select
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = re.compile(rb"godkend is ready at (http://127\.0\.0\.1:\d+)\s*$")
READY_SECONDS = 60
STOP_SECONDS = 40


def binary() -> pathlib.Path:
    """The executable under test: `GODKEND_BINARY`, else the release build, else the debug build."""
    named = os.environ.get("GODKEND_BINARY")
    candidates = [pathlib.Path(named)] if named else [
        ROOT / ".build/release/godkend", ROOT / ".build/debug/godkend"]
    for candidate in candidates:
        if candidate.is_file():
            return candidate.resolve()
    raise FileNotFoundError(
        f"No godkend executable at {', '.join(map(str, candidates))}: "
        "run `swift build -c release --product godkend` first.")


@dataclass(frozen=True)
class Secret:
    """One canary: a value that may be told to one client and written nowhere."""

    label: str
    value: str
    may_rest: bool = False  # True for what the database holds by design (sealed or not); never true of logs.


@dataclass(frozen=True)
class Card:
    """One card of a wallet as `godkend fixtures load` prints it."""

    id: str
    number: str
    exp_month: int
    exp_year: int
    cvc: str
    brand: str
    ending: str

    def fields(self, **changes) -> dict:
        """The body of `POST /v1/card_tokens` for this card."""
        body = {"number": self.number, "exp_month": self.exp_month, "exp_year": self.exp_year, "cvc": self.cvc}
        return body | changes


@dataclass
class Customer:
    """A customer with sign-in names, cards, one device and a key card."""

    id: str
    user_id: str
    password: str
    cards: dict[str, Card]
    device: dict
    key_card: dict

    @classmethod
    def read(cls, line: str) -> "Customer":
        told = json.loads(line)
        cards = [
            Card(**{name: card[name] for name in Card.__dataclass_fields__}) for card in told["cards"]]
        return cls(
            told["customer"], told["user_id"], told["password"], {card.ending: card for card in cards},
            told["device"], told["key_card"])

    def card(self, ending: str = "4242") -> Card:
        return self.cards[ending]

    def code(self, key_number: str) -> str:
        """The six-digit key that stands beside a four-digit key number on this customer's key card."""
        return self.key_card["codes"][key_number]

    def secrets(self) -> list[Secret]:
        return [
            Secret("password", self.password), Secret("device key", self.device["key"]["d"]),
            *(Secret("card number", card.number) for card in self.cards.values())]


@dataclass(frozen=True)
class Keys:
    """A merchant's credentials, printed once by `godkend merchant add`."""

    merchant: str
    secret: str
    publishable: str | None


@dataclass
class Gateway:
    """One `godkend serve` with its folders. `start` and `stop` may be called again and again on the same state."""

    folder: pathlib.Path
    settings: dict = field(default_factory=dict)
    batch: int = 10
    environment: dict = field(default_factory=dict)  # for the server's process, beside ours
    trust: pathlib.Path | None = None  # a folder of roots, lists and registers; without one nobody is trusted
    base: str = ""
    process: subprocess.Popen | None = None
    secrets: list[Secret] = field(default_factory=list)
    _pool: list[Customer] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def state(self) -> pathlib.Path:
        return self.folder / "state"

    @property
    def merchants(self) -> pathlib.Path:
        return self.folder / "Merchants"

    @property
    def log(self) -> pathlib.Path:
        return self.folder / "stderr.log"

    # Commands

    def run(self, *arguments: str, stdin: str = "", expect: int = 0) -> str:
        """Runs one godkend command; gives its standard output. A wrong exit status fails the test."""
        done = subprocess.run(
            [binary(), *arguments], input=stdin, capture_output=True, text=True, timeout=300, cwd=self.folder)
        shown = f"godkend {' '.join(arguments[:3])} ended with {done.returncode}: {done.stderr.strip()}"
        assert done.returncode == expect, shown
        return done.stdout

    def add_merchant(self, merchant: str, name: str, kind: str = "webshop", origin: str | None = None,
                     currencies=("DKK",), gln: str | None = None) -> Keys:
        """Writes a merchant file and keeps the keys that the command printed."""
        arguments = ["merchant", "add", merchant, "--kind", kind, "--name", name]
        for currency in currencies:
            arguments += ["--currency", currency]
        if origin:
            arguments += ["--origin", origin]
        if gln:
            arguments += ["--gln", gln]
        self.merchants.mkdir(parents=True, exist_ok=True)
        told = json.loads(self.run(*arguments, "--merchants", str(self.merchants), "--format", "json"))
        return self._keep_keys(told)

    def amend_merchant(self, merchant: str, lines: str) -> None:
        """Adds lines to a merchant file, as a person would."""
        with open(self.merchants / f"{merchant}.yaml", "a") as file:
            file.write(lines + "\n")

    def rotate_key(self, merchant: str, grace_seconds: int) -> Keys:
        """A new pair of keys; the old ones expire after the grace. Tells the running server by SIGHUP."""
        told = json.loads(self.run(
            "merchant", "rotate-key", merchant, "--merchants", str(self.merchants), "--grace",
            str(grace_seconds), "--format", "json"))
        self.process.send_signal(signal.SIGHUP)
        return self._keep_keys(told)

    def _keep_keys(self, told: dict) -> Keys:
        keys = Keys(told["merchant"], told["secret_key"], told.get("publishable_key"))
        self.secrets += [
            Secret("api key", key) for key in (keys.secret, keys.publishable) if key]
        return keys

    def customer(self) -> Customer:
        """A customer that no other test has used."""
        with self._lock:
            if not self._pool:
                lines = self.run(
                    "fixtures", "load", "--customers", str(self.batch), "--state", str(self.state)).splitlines()
                self._pool = [Customer.read(line) for line in lines if line.strip()]
                assert len(self._pool) == self.batch
                self.secrets += [secret for customer in self._pool for secret in customer.secrets()]
            return self._pool.pop(0)

    def activation(self, customer: Customer) -> str:
        """An activation code for one new device, from the issuer's side."""
        told = json.loads(self.run(
            "app", "activation", "--customer", customer.id, "--state", str(self.state), "--format", "json"))
        assert told["user_id"] == customer.user_id
        return self.remember("activation code", told["activation_code"])

    def remember(self, label: str, value: str, may_rest: bool = False) -> str:
        """Adds a canary and gives it back."""
        self.secrets.append(Secret(label, value, may_rest))
        return value

    # The process

    def start(self, port: int = 0) -> "Gateway":
        """Starts the gateway and returns once it has said that it is ready."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.merchants.mkdir(parents=True, exist_ok=True)
        arguments = ["serve", "--state", str(self.state), "--merchants", str(self.merchants),
                     "--host", "127.0.0.1", "--port", str(port)]
        if not self.state.exists():
            arguments.insert(1, "--init")
        if self.trust:
            arguments += ["--trust", str(self.trust)]
        for name, value in self.settings.items():
            arguments += ["--set", f"{name}={value}"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [binary(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log,
                cwd=self.folder, env=os.environ | self.environment)
        self.base = self._ready_line()
        threading.Thread(target=self._drain, args=(self.process.stdout,), daemon=True).start()
        return self

    def _ready_line(self) -> str:
        heard, deadline = b"", time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if select.select([self.process.stdout], [], [], 0.2)[0]:
                piece = os.read(self.process.stdout.fileno(), 4096)
                heard += piece
                if not piece:
                    break
            for line in heard.splitlines():
                if match := READY.search(line):
                    return match.group(1).decode()
        self.process.kill()
        self.process.wait()
        tail = self.log.read_text(errors="replace")[-2000:]
        raise AssertionError(f"godkend serve was not ready within {READY_SECONDS} s; its log ends:\n{tail}")

    @staticmethod
    def _drain(pipe) -> None:
        while pipe.read(4096):
            pass

    @property
    def port(self) -> int:
        return int(self.base.rsplit(":", 1)[1])

    def stop(self, with_signal: int = signal.SIGTERM) -> int:
        """Ends the process and gives its exit status (0 after a drained SIGTERM)."""
        self.process.send_signal(with_signal)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"godkend serve did not end within {STOP_SECONDS} s of signal {with_signal}")
