"""An acquirer's host on other people's software: `pyiso8583` reads and writes its messages, its books are its own.

It listens on loopback, speaks one layout (`bankspecs`) in one framing (`bankline`), and does with each card what
`bankplans` says. Everything that arrived is kept, so that a test can count and look.
"""

import socketserver
import ssl
import threading
import time
from dataclasses import dataclass, field

import iso8583

from bankbooks import Books, kind_of, name_of
from bankline import Framing, LineEnded
from bankplans import Plan, Plans
from bankspecs import ASCII

ECHOED = ("3", "7", "11", "32", "37", "41")
PATIENCE_SECONDS = 15


@dataclass
class Bank:
    """`start` it, and `stop` it. It may be started again on the same port, with the same books."""

    spec: dict = field(default_factory=lambda: ASCII)
    framing: Framing = Framing()
    tls: ssl.SSLContext | None = None
    books: Books = field(default_factory=Books)
    plans: Plans = field(default_factory=Plans)
    heard: list = field(default_factory=list)  # every message, as `pyiso8583` decoded it
    frames: list = field(default_factory=list)  # the same as bytes
    unread: list = field(default_factory=list)  # what it could not decode, and why
    slams: bool = False  # closes each connection at once
    connections: int = 0
    keep_alives: int = 0
    port: int = 0

    def start(self) -> "Bank":
        bank = self
        self._lock, self._open = threading.Lock(), []

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads, block_on_close = True, True, False

        class Line(socketserver.BaseRequestHandler):
            def handle(self):
                bank._serve(self.request)

        self._server = Server(("127.0.0.1", self.port), Line)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Ends all connections and listens no more."""
        self._server.shutdown()
        self._server.server_close()
        for line in list(self._open):
            line.close()

    # What a test asks

    def count(self, *types: str, card=None) -> int:
        """How many messages of these types arrived, of one card or of all."""
        return len([one for one in self.heard if one["t"] in types and (card is None or one.get("2") == card.number)])

    def until(self, holds, seconds: float = PATIENCE_SECONDS) -> None:
        """Waits until something holds of the bank, and fails when it does not."""
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, f"it does not hold after {seconds} s: {self.books.accounts}"
            time.sleep(0.02)

    def say(self, message: dict) -> None:
        """Sends a message of the bank's own on every open line."""
        for line in list(self._open):
            line.write(self.written(message))

    def say_raw(self, data: bytes) -> None:
        """Sends bytes as they are on every open line."""
        for line in list(self._open):
            line.write_raw(data)

    def written(self, message: dict) -> bytes:
        return bytes(iso8583.encode(dict(message), self.spec)[0])

    # The lines

    def _serve(self, connection) -> None:
        with self._lock:
            self.connections += 1
        if self.slams:
            return
        try:
            line = _Line(self.tls.wrap_socket(connection, server_side=True) if self.tls else connection, self)
        except (ssl.SSLError, OSError):
            return
        self._open.append(line)
        try:
            line.run()
        except (LineEnded, OSError):
            pass
        finally:
            self._open.remove(line)
            line.close()

    def answer(self, message: dict) -> tuple[dict | None, Plan]:
        """A request's answer (None: silence) and the plan that it follows."""
        answer = {"t": message["t"][:2] + "10" if message["t"][2] == "0" else message["t"][:2] + "30"}
        if message["t"] == "0800":
            answer |= {name: message[name] for name in ("7", "11", "70") if name in message}
            return answer | {"39": "00"}, Plan()
        kind, plan = kind_of(message), self._plan(message)
        answer |= {element: message[element] for element in ECHOED if element in message}
        with self._lock:
            answer |= self._inquired(message) if kind == "inquiry" else self._booked(message, plan)
        return (None if kind in plan.silent else plan.changed(answer, message)), plan

    def _booked(self, message: dict, plan: Plan) -> dict:
        echoed = {element: message[element] for element in ("4", "49")}
        return echoed | self.books.answer(message, plan)

    def _plan(self, message: dict) -> Plan:
        if "2" in message:
            return self.plans.of(message["2"])
        account = self.books.followed(message) or self.books.accounts.get((message["11"], message["7"]))
        return self.plans.of(account.card) if account else Plan()

    def _inquired(self, message: dict) -> dict:
        """25, or 00 with the outcome in element 48: its tag 03 names the kind, 05 the code."""
        tags = subfields(message["48"])
        said = self.books.answers.get((tags["03"], name_of(message)))
        if said is None:
            return {"39": "25"}
        told = {"01": tags["01"], "03": tags["03"], "05": said["39"]}
        amounts = {element: said[element] for element in ("4", "38") if element in said}
        return amounts | {"39": "00", "48": "".join(f"{tag}{len(text):02}{text}" for tag, text in told.items())}


def subfields(text: str) -> dict[str, str]:
    """Element 48 as we agreed on it: two digits of tag, two of length, the value."""
    found = {}
    while text:
        tag, length = text[:2], int(text[2:4])
        found[tag], text = text[4:4 + length], text[4 + length:]
    return found


class _Line:
    """One connection: reads frames one by one, answers each when its plan says."""

    def __init__(self, connection, bank: Bank):
        self.connection, self.bank, self._writing = connection, bank, threading.Lock()
        self._tpdu = b""

    def run(self) -> None:
        while True:
            self._tpdu, frame = self.bank.framing.read(self.connection)
            if not frame:
                self.bank.keep_alives += 1
                continue
            try:
                message = iso8583.decode(frame, self.bank.spec)[0]
            except iso8583.DecodeError as fault:
                self.bank.unread.append(fault)
                continue
            self.bank.heard.append(message)
            self.bank.frames.append(frame)
            if message["t"][2] in "02":
                self._hear(message)

    def _hear(self, message: dict) -> None:
        answer, plan = self.bank.answer(message)
        kind = "network" if message["t"] == "0800" else kind_of(message)
        if kind in plan.raw:
            self.write_raw(plan.raw[kind])
        if kind in plan.closes:
            raise LineEnded("the plan closes the line")
        if answer is None:
            return
        written, is_authorization = self.bank.written(answer), kind == "authorize"
        if is_authorization and plan.seconds:
            threading.Timer(plan.seconds, self._late, (written,)).start()
            return
        for _ in range(plan.copies if is_authorization else 1):
            self.write(written)

    def _late(self, written: bytes) -> None:
        try:
            self.write(written)
        except OSError:
            pass

    def write(self, message: bytes) -> None:
        self.write_raw(self.bank.framing.frame(message, self._tpdu))

    def write_raw(self, data: bytes) -> None:
        with self._writing:
            self.connection.sendall(data)

    def close(self) -> None:
        try:
            self.connection.shutdown(2)
        except OSError:
            pass
        self.connection.close()
