"""What stands around a message on the bank's line: a length, and perhaps a TPDU."""

import socket
from dataclasses import dataclass


class LineEnded(Exception):
    """The other side closed the connection; `at` says how many bytes of a frame had come."""


def _take(connection: socket.socket, count: int) -> bytes:
    taken = b""
    while len(taken) < count:
        piece = connection.recv(count - len(taken))
        if not piece:
            raise LineEnded(f"{len(taken)} of {count} bytes")
        taken += piece
    return taken


@dataclass(frozen=True)
class Framing:
    """A length in 2 or 4 bytes, as a number (the higher byte first) or as digits, with or without itself.

    A TPDU is five bytes before the message: 60, where to, where from. An answer turns the last two around.
    """

    size: int = 2
    digits: bool = False
    inclusive: bool = False
    tpdu: bool = False

    def read(self, connection: socket.socket) -> tuple[bytes, bytes]:
        """The next frame's TPDU (or nothing) and message. A keep-alive is an empty message."""
        header = _take(connection, self.size)
        length = int(header) if self.digits else int.from_bytes(header, "big")
        if self.inclusive and length:
            length -= self.size
        body = _take(connection, length)
        return (body[:5], body[5:]) if self.tpdu and body else (b"", body)

    def frame(self, message: bytes, tpdu: bytes = b"") -> bytes:
        """A frame; `tpdu` is the request's, turned around here."""
        if self.tpdu and message:
            message = (tpdu[:1] + tpdu[3:5] + tpdu[1:3] if tpdu else bytes.fromhex("6000000001")) + message
        return self.header(len(message)) + message

    def header(self, length: int) -> bytes:
        length += self.size if self.inclusive and length else 0
        return b"%0*d" % (self.size, length) if self.digits else length.to_bytes(self.size, "big")
