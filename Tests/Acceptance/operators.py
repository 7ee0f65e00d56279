"""Operators: made by the commands, signed in by the console with password and code app."""

import json
import pathlib
import re
import secrets
import time

import requests

from codeapp import CodeApp, enrol
from webshop import TIMEOUT_SECONDS

MATCH_CODE = re.compile(r'class="match"[^>]*>(\d+)<')


class Operator:
    """One operator with user ID, password and code app."""

    def __init__(self, gateway, user_id: str, name: str, role: str, password: str):
        self.gateway, self.user_id, self.name, self.role, self.password = gateway, user_id, name, role, password
        self.app: CodeApp | None = None

    def enrol(self, activation_code: str) -> None:
        response, self.app = enrol(self.gateway.base, self.user_id, activation_code, f"Telefon {self.name}")
        assert response.status_code == 201, response.text

    def confirm(self, match_code: str, seconds: float = 20) -> None:
        """Types the number in the app, as soon as the app is asked."""
        end = time.monotonic() + seconds
        while not (pending := self.app.pending()):
            assert time.monotonic() < end, "the app is not asked"
            time.sleep(0.1)
        question = pending[-1]
        response = self.app.deliver(
            question["id"], self.app.answer_for(question["statement"], "approve", match_code))
        assert response.status_code == 200, response.text

    def visit(self) -> requests.Session:
        """A signed-in session that fills in the forms as a browser without scripts does."""
        http = requests.Session()
        http.headers.update({"Origin": self.gateway.base, "Accept-Language": "da"})
        page = http.post(
            self.gateway.base + "/console/sign-in", data={"user_id": self.user_id, "password": self.password},
            timeout=TIMEOUT_SECONDS)
        assert page.status_code == 200, page.text
        self.confirm(MATCH_CODE.search(page.text).group(1))
        page = http.get(self.gateway.base + "/console/sign-in/app", timeout=TIMEOUT_SECONDS)
        assert page.url == self.gateway.base + "/console", page.url
        return http

    def keep_session(self, path: pathlib.Path) -> pathlib.Path:
        """A file for `--session`, with the token of a session of its own."""
        token = self.visit().cookies["godkend-console"]
        self.gateway.remember("operator session", token)
        path.touch(mode=0o600)
        path.write_text(token + "\n")
        return path


class Office:
    """The operators of one gateway: two administrators, and others whom both agreed on.

    Commands that name no session act for the first of them from then on.
    """

    def __init__(self, gateway):
        self.gateway = gateway
        self.anna = self._first("anna-admin", "Anna Admin")
        self.anna.keep_session(gateway.state / "operator.session")
        self.bo = self._first("bo-admin", "Bo Admin")
        self._other = self.bo.keep_session(gateway.folder / "bo.session")

    def _command(self, *arguments: str, stdin: str = "") -> dict:
        return json.loads(self.gateway.run(
            "operator", *arguments, "--state", str(self.gateway.state), "--format", "json", stdin=stdin))

    def _add(self, person: Operator) -> dict:
        return self._command(
            "add", "--user-id", person.user_id, "--name", person.name, "--role", person.role, "--password", "-",
            stdin=person.password + "\n")

    def _person(self, user_id: str, name: str, role: str) -> Operator:
        password = self.gateway.remember("operator password", "Kontor" + secrets.token_hex(6) + "1")
        return Operator(self.gateway, user_id, name, role, password)

    def _first(self, user_id: str, name: str) -> Operator:
        person = self._person(user_id, name, "administrator")
        person.enrol(self._add(person)["activation_code"])
        return person

    def candidate(self, user_id: str, name: str, role: str) -> tuple[Operator, dict]:
        """Somebody whom the first administrator asked for, and the request that waits."""
        person = self._person(user_id, name, role)
        return person, self._add(person)

    def hire(self, user_id: str, name: str, role: str) -> Operator:
        """Somebody whom both administrators agreed on."""
        person, request = self.candidate(user_id, name, role)
        told = self._command(
            "approve", request["request"], "--digest", request["digest"], "--session", str(self._other))
        person.enrol(told["activation_code"])
        return person
