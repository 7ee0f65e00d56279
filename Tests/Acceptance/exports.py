"""A receiver of exports: checks one with the published encoding and nothing of ours.

Written from what the log says of its leaves: a leaf is a version byte and, each behind a length of two bytes, kind,
outcome, time (eight bytes, UTC milliseconds) and SHA-256 of the body; a body is a version byte and its fields, then
pairs of a name and HMAC-SHA256(salt, name 0x00 value). The tree is that of RFC 6962 section 2.1; the note and the
proof of consistency are checked by tlog-scales.
"""

import base64
import datetime
import hashlib
import hmac
import json
from dataclasses import dataclass

from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint, ConsistencyProof

VERSION = 2
BODY_FIELDS = [
    "subject", "merchant", "reason", "rule_set", "amount", "currency", "state_before", "state", "confirmation",
    "previous", "actor"]
NUMBERS = {"amount", "previous"}
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


class Flaw(Exception):
    """Why an export is not to be believed."""


def demand(holds: bool, what: str) -> None:
    if not holds:
        raise Flaw(what)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def milliseconds(moment: str) -> int:
    return (datetime.datetime.fromisoformat(moment) - EPOCH) // datetime.timedelta(milliseconds=1)


def field(data: bytes) -> bytes:
    return len(data).to_bytes(2, "big") + data


def leaf_bytes(line: dict) -> bytes:
    """The bytes of a leaf as one line of an export tells them."""
    time = milliseconds(line["time"]).to_bytes(8, "big", signed=True)
    return bytes([VERSION]) + b"".join(map(field, (
        line["kind"].encode(), line["outcome"].encode(), time, base64.b64decode(line["body_digest"], validate=True))))


def fields_of(body: bytes) -> tuple[dict, dict[str, bytes]]:
    """The named fields of a body, and its commitments."""
    demand(body[0] == VERSION, "a body of another version")
    parts, rest = [], body[1:]
    while rest:
        end = 2 + int.from_bytes(rest[:2], "big")
        demand(len(rest) >= end, "a body that ends early")
        parts.append(rest[2:end])
        rest = rest[end:]
    named = {
        name: None if not part else int.from_bytes(part, "big", signed=True) if name in NUMBERS
        else part if name == "rule_set" else part.decode()
        for name, part in zip(BODY_FIELDS, parts, strict=False)}
    pairs = parts[len(BODY_FIELDS):]
    demand(len(parts) >= len(BODY_FIELDS) and len(pairs) % 2 == 0, "a body without all its fields")
    return named, {name.decode(): value for name, value in zip(pairs[::2], pairs[1::2])}


def commitment(salt: bytes, name: str, value: bytes) -> bytes:
    return hmac.new(salt, name.encode() + b"\0" + value, hashlib.sha256).digest()


def subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Start and width of the complete subtrees that make up a stretch, from left to right."""
    found = []
    while start < end:
        width = start & -start or 1 << 62
        while width > end - start:
            width >>= 1
        found.append((start, width))
        start += width
    return found


def root_of(size: int, known: dict[tuple[int, int], bytes]) -> bytes:
    """MTH(D[size]) of RFC 6962 from hashes of leaves and of complete subtrees."""
    def mth(start: int, width: int) -> bytes:
        if (start, width) in known:
            return known[start, width]
        demand(width > 1, f"no hash for leaf {start}")
        half = 1 << (width - 1).bit_length() - 1
        return sha256(b"\x01" + mth(start, half) + mth(start + half, width - half))
    return mth(0, size) if size else sha256(b"")


@dataclass
class Export:
    """The lines of one export."""

    manifest: dict
    lines: list[dict]

    @classmethod
    def read(cls, text: str) -> "Export":
        first, *others = map(json.loads, text.splitlines())
        return cls(first, others)

    @property
    def text(self) -> str:
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in [self.manifest, *self.lines])

    @property
    def shown(self) -> list[dict]:
        return [line for line in self.lines if "body" in line]

    def check(self, vkey: str, status: str | None = "declined", earlier: str | None = None) -> int:
        """Raises unless the lines are all leaves of the range, and all declined decisions are shown; gives the size."""
        try:
            return self._check(vkey, status, earlier)
        except Flaw:
            raise
        except Exception as error:
            raise Flaw(repr(error)) from error

    def _check(self, vkey: str, status: str | None, earlier: str | None) -> int:
        manifest, key = self.manifest, Vkey.from_string(vkey)
        checkpoint = Checkpoint.from_text(manifest["checkpoint"])
        checkpoint.verify(key)
        start, end, size = manifest["from"], manifest["to"], checkpoint.size
        demand(manifest["verification_key"] == vkey, "another key")
        demand([line["index"] for line in self.lines] == list(range(start, end)), "lines are missing or out of order")
        known = {(line["index"], 1): sha256(b"\x00" + leaf_bytes(line)) for line in self.lines}
        for side, stretch in (("left", subtrees(0, start)), ("right", subtrees(end, size))):
            hashes = [base64.b64decode(text, validate=True) for text in manifest[side]]
            known |= dict(zip(stretch, hashes, strict=True))
        demand(root_of(size, known) == checkpoint.root_hash, "the lines do not give the root")
        for line in self.lines:
            self._check_line(line, status)
        if earlier:
            demand(manifest["earlier_checkpoint"] == earlier, "not the checkpoint that was given")
            old = Checkpoint.from_text(earlier)
            old.verify(key)
            hashes = [base64.b64decode(text) for text in manifest["consistency"]]
            ConsistencyProof(old.size, size, hashes).check(old.root_hash, checkpoint.root_hash)
        return size

    def _check_line(self, line: dict, status: str | None) -> None:
        is_asked = line["kind"] == "decision" and line["outcome"] == status
        if "body" not in line:
            demand(not (is_asked and status), f"leaf {line['index']} is inside the filter and withheld")
            demand(line.keys() <= {"index", "kind", "outcome", "time", "body_digest"}, f"{line} tells too much")
            return
        body = base64.b64decode(line["body"], validate=True)
        demand(sha256(body) == base64.b64decode(line["body_digest"]), f"the body of leaf {line['index']} was changed")
        told, commitments = fields_of(body)
        for name in ("subject", "merchant", "amount", "currency", "state", "actor"):
            demand(told[name] == line[name], f"{name} of leaf {line['index']} was changed")
        if told["reason"] is None and line["reason"] is not None:
            opened = commitment(base64.b64decode(line["salt"]), "reason", line["reason"].encode())
            demand(opened == commitments["reason"], f"the reason of leaf {line['index']} was changed")
        else:
            demand(told["reason"] == line["reason"], f"the reason of leaf {line['index']} was changed")
