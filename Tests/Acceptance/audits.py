"""What an auditor does at the command line, and what lies in the state folder's database."""

import base64
import csv
import io
import json
import pathlib
import shutil
import sqlite3
import subprocess

from gateway import Gateway, binary


class Auditor:
    """The `godkend audit` commands on one state folder."""

    def __init__(self, gateway: Gateway, state: pathlib.Path | None = None):
        self.gateway, self.state = gateway, state or gateway.state

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess:
        """`godkend audit …`, whatever becomes of it."""
        return subprocess.run(
            [binary(), "audit", *arguments, "--state", str(self.state)], input=stdin, capture_output=True, text=True,
            timeout=120, cwd=self.gateway.folder)

    def told(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, f"godkend audit {' '.join(arguments)}: {done.returncode} {done.stderr}"
        return done.stdout

    def rows(self, *arguments: str) -> list[dict]:
        """What `declined` lists, read as JSON lines."""
        return [json.loads(line) for line in self.told("declined", *arguments, "--format", "json").splitlines()]

    def ids(self, *arguments: str) -> list[str]:
        return [row["id"] for row in self.rows(*arguments)]

    def table(self, *arguments: str) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.told(*arguments, "--format", "csv"), newline="")))

    def story(self, identifier: str) -> dict:
        return json.loads(self.told("explain", identifier, "--format", "json"))

    def query(self, text: str, *values) -> list[tuple]:
        """Reads the database beside the server."""
        with sqlite3.connect(f"file:{self.state}/godkend.sqlite?mode=ro", uri=True) as database:
            return database.execute(text, values).fetchall()

    def leaves(self, kind: str, subject: str | None = None) -> int:
        rows = self.query("SELECT subject FROM leaves WHERE kind = ?", kind)
        return sum(subject in (None, row[0]) for row in rows)

    def copied(self, folder: pathlib.Path, *files: str) -> "Auditor":
        """A copy of the database, made by SQLite, with other files of the folder beside it."""
        folder.mkdir()
        with sqlite3.connect(f"file:{self.state}/godkend.sqlite?mode=ro", uri=True) as database:
            with sqlite3.connect(folder / "godkend.sqlite") as copy:
                database.backup(copy)
        for name in files:
            shutil.copy(self.state / name, folder / name)
        return Auditor(self.gateway, folder)

    def tamper(self, *statements: str) -> "Auditor":
        """Changes a copy behind the back of all triggers."""
        with sqlite3.connect(self.state / "godkend.sqlite") as database:
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            for statement in statements:
                assert database.execute(statement).rowcount > 0, statement
        return self


def everywhere(text: str) -> list[bytes]:
    """A text as it may stand somewhere: in clear, as ASCII JSON, in hexadecimal, and in base64 at any offset."""
    data = text.encode()
    found = [data, json.dumps(text)[1:-1].encode(), data.hex().encode(), data.hex().upper().encode()]
    for offset in range(3):
        # The first and the last characters may hold bits of neighbours.
        inner = base64.b64encode(bytes(offset) + data)[4 if offset else 0:-4]
        found += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    return found
