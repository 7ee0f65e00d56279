"""A follower of the decision log: what stands at `/log`, and what a merchant gets about its own decisions.

It reads and passes on; verifying is left to the libraries of others.
"""

import base64
import os
import pathlib
import shutil
import sqlite3
import subprocess
import time
from dataclasses import dataclass

import requests

from gateway import ROOT, Gateway
from webshop import TIMEOUT_SECONDS, Webshop, check_answer

NEWER_PYTHON = "GODKEND_PYTHON312"
AICS = "aics-tlog==0.2.1"
PROOF = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Leaf:
    """The leaf of one decision."""

    index: int
    data: bytes


@dataclass(frozen=True)
class Proof:
    """A `c2sp.org/tlog-proof@v1` text, taken apart."""

    index: int
    hashes: list[bytes]
    checkpoint: str

    @classmethod
    def read(cls, text: str) -> "Proof":
        head, _, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        assert lines[0] == PROOF, lines[0]
        if lines[1].startswith("extra "):
            del lines[1]
        name, _, index = lines[1].partition(" ")
        assert name == "index", lines[1]
        return cls(int(index), [base64.b64decode(line, validate=True) for line in lines[2:]], checkpoint)


class DecisionLog:
    """The public side of one gateway's log."""

    def __init__(self, gateway: Gateway):
        self.gateway = gateway

    @property
    def base(self) -> str:
        return self.gateway.base + "/log"

    def get(self, path: str, bearer: str | None = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
        return check_answer(requests.get(f"{self.base}/{path}", headers=headers, timeout=TIMEOUT_SECONDS))

    def vkey(self) -> str:
        response = self.get("vkey")
        assert response.status_code == 200 and response.text.endswith("\n")
        return response.text.rstrip("\n")

    def checkpoint(self) -> str:
        response = self.get("checkpoint")
        assert response.status_code == 200, response.text
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        return response.text

    def covering(self, index: int, seconds: float = 20) -> str:
        """The first checkpoint that covers a leaf."""
        return self.until(lambda text: size_of(text) > index, seconds)

    def settled(self) -> str:
        """A checkpoint over every leaf that the database has."""
        return self.covering(len(self.leaves()) - 1)

    def until(self, is_good, seconds: float = 20) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            response = self.get("checkpoint")
            if response.status_code == 200 and is_good(response.text):
                return response.text
            time.sleep(0.1)
        raise AssertionError(f"no such checkpoint within {seconds} s")

    def leaves(self) -> list[bytes]:
        """The bytes of all leaves, straight from the database."""
        with sqlite3.connect(f"file:{self.gateway.state}/godkend.sqlite?mode=ro", uri=True) as database:
            return [row[0] for row in database.execute("SELECT bytes FROM leaves ORDER BY position")]

    def kept(self) -> list[str]:
        """The checkpoints of `checkpoints.log`."""
        text = (self.gateway.state / "checkpoints.log").read_text()
        notes, lines = [], text.splitlines(keepends=True)
        # Each of ours has three lines, an empty one and a signature.
        for start in range(0, len(lines), 5):
            notes.append("".join(lines[start:start + 5]))
        return notes


def size_of(checkpoint: str) -> int:
    return int(checkpoint.split("\n")[1])


def leaf_of(shop: Webshop, decision: str) -> Leaf:
    """The leaf of a decision, once a checkpoint covers it."""
    response = patiently(shop, f"/v1/decisions/{decision}/leaf")
    assert response.headers["Content-Type"] == "application/octet-stream"
    return Leaf(int(response.headers["Leaf-Index"]), response.content)


def proof_of(shop: Webshop, decision: str) -> str:
    return patiently(shop, f"/v1/decisions/{decision}/proof").text


def patiently(shop: Webshop, path: str) -> requests.Response:
    for _ in range(20):
        response = shop.request("GET", path)
        if response.status_code != 409:
            assert response.status_code == 200, response.text
            return response
        assert response.json()["error"]["code"] == "not_yet_checkpointed"
        time.sleep(float(response.headers["Retry-After"]))
    raise AssertionError(f"no checkpoint ever covered {path}")


def python_with_aics() -> pathlib.Path:
    """A Python of 3.12 or newer that has aics-tlog; made beside the build when there is none."""
    found = _newer_python()
    if _runs(found, "import aics_tlog"):
        return found
    folder = ROOT / ".build" / "acceptance-aics"
    own = folder / "bin" / "python"
    if not _runs(own, "import aics_tlog"):
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run([found, "-m", "venv", folder], check=True, timeout=300)
        subprocess.run(
            [own, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", AICS], check=True,
            timeout=600)
    return own


def _newer_python() -> pathlib.Path:
    named = os.environ.get(NEWER_PYTHON)
    candidates = [named] if named else [
        "python3.12", "python3.13", "python3",
        *map(str, sorted(pathlib.Path.home().glob(".pyenv/versions/3.1[2-9]*/bin/python3")))]
    for candidate in candidates:
        if _runs(candidate, "import sys; sys.exit(sys.version_info < (3, 12))"):
            return pathlib.Path(shutil.which(candidate) or candidate)
    raise AssertionError(
        f"aics-tlog needs Python 3.12 or newer: install it, or set {NEWER_PYTHON} (tried {candidates}).")


def _runs(python, line: str) -> bool:
    try:
        return subprocess.run([python, "-c", line], capture_output=True, timeout=60).returncode == 0
    except OSError:
        return False
