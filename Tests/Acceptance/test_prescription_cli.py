"""`godkend prescription` and `godkend trust` as a person uses them: what they print, and how they exit."""

import csv
import io
import json
import pathlib
import subprocess

import pytest

from certificates import DAY, now, pem
from gateway import binary
from prescribers import DOSAGE, bundle, cancellation, line, new_record, signed
from test_prescriptions import RULES


@pytest.fixture
def trust(pharmacies, tmp_path) -> pathlib.Path:
    """A trust folder of its own, which a test may change."""
    folder = tmp_path / "trust"
    pharmacies.pki.write_trust(folder, {"5790000000005": "Apoteket Svanen"})
    return folder


def run(*arguments, expect: int = 0, environment: dict | None = None) -> subprocess.CompletedProcess:
    done = subprocess.run(
        [binary(), *map(str, arguments)], capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == expect, f"{arguments[:3]}: {done.returncode}\n{done.stdout}{done.stderr}"
    assert "Fatal error" not in done.stderr
    return done


def put(folder: pathlib.Path, name: str, content: str | bytes) -> pathlib.Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def verdicts(text: str) -> dict[str, dict]:
    return {row["rule"]: row for row in csv.DictReader(io.StringIO(text))}


def test_verify_prints_every_check_and_the_content_with_the_number_masked(pharmacies, trust, tmp_path, cpr):
    file = put(tmp_path, "good.jws", signed(bundle(cpr), pharmacies.pki.doctor) + "\n")
    told = run("prescription", "verify", file, "--trust", trust).stdout
    for rule in RULES:
        assert rule in told
    assert DOSAGE in told and cpr not in told
    rows = verdicts(run("prescription", "verify", file, "--trust", trust, "--format", "csv").stdout)
    assert {rule: row["verdict"] for rule, row in rows.items()} == dict.fromkeys([*RULES, "all"], "pass")
    as_json = run("prescription", "verify", file, "--trust", trust, "--format", "json").stdout.splitlines()
    assert [json.loads(row)["rule"] for row in as_json] == [*RULES, "all"]


@pytest.mark.parametrize("name, reason", [
    ("stranger", "rx_chain_untrusted"), ("revoked", "rx_revoked"), ("expired", "rx_signing_time_implausible"),
    ("unknown_to_all", "rx_revocation_unknown"), ("pretender", "rx_chain_untrusted")])
def test_verify_exits_with_1_and_the_reason(pharmacies, trust, tmp_path, cpr, name, reason):
    file = put(tmp_path, "bad.jws", signed(bundle(cpr), getattr(pharmacies.pki, name)))
    rows = verdicts(run("prescription", "verify", file, "--trust", trust, "--format", "csv", expect=1).stdout)
    assert set(rows) == {*RULES, "all"}
    assert rows["all"]["reason"] == reason
    table = run("prescription", "verify", file, "--trust", trust, expect=1)
    assert reason in table.stdout and cpr not in table.stdout + table.stderr


def test_verify_takes_stapled_answers(pharmacies, trust, tmp_path, cpr):
    signer = pharmacies.pki.unknown_to_all
    file = put(tmp_path, "record.jws", signed(bundle(cpr), signer))
    run("prescription", "verify", file, "--trust", trust, expect=1)
    run("prescription", "verify", file, "--trust", trust, "--ocsp", put(tmp_path, "good.der", signer.answer()))
    stale = put(tmp_path, "stale.der", signer.answer(made=now() - 2 * DAY))
    run("prescription", "verify", file, "--trust", trust, "--ocsp", stale, expect=1)


def test_verify_needs_no_server_and_judges_by_the_moment_that_is_named(pharmacies, trust, tmp_path, cpr):
    file = put(tmp_path, "record.jws", signed(bundle(cpr), pharmacies.pki.doctor))
    later = (now() + 2 * DAY).isoformat().replace("+00:00", "Z")
    rows = verdicts(run(
        "prescription", "verify", file, "--trust", trust, "--at", later, "--format", "csv", expect=1).stdout)
    assert rows["RX-TIME"]["reason"] == "rx_signing_time_implausible"
    assert rows["RX-SIG"]["verdict"] == "pass"
    empty = tmp_path / "nobody"
    empty.mkdir()
    rows = verdicts(run("prescription", "verify", file, "--trust", empty, "--format", "csv", expect=1).stdout)
    assert rows["RX-CHAIN"]["reason"] == "rx_chain_untrusted", "an empty folder trusts nobody"


def test_verify_checks_a_cancellation_by_the_same_rules(pharmacies, trust, tmp_path):
    record = new_record()
    file = put(tmp_path, "cancel.jws", cancellation(record, pharmacies.pki.doctor))
    assert record in run("prescription", "verify", file, "--trust", trust).stdout
    run("prescription", "verify", put(tmp_path, "x.jws", cancellation(record, pharmacies.pki.stranger)),
        "--trust", trust, expect=1)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\x00\xff" * 20, b"a.b.c", b"." * 500, b"e30.e30.e30"])
def test_verify_says_no_to_what_is_no_record_at_all(trust, tmp_path, content):
    done = run("prescription", "verify", put(tmp_path, "x.jws", content), "--trust", trust, expect=1)
    assert done.stdout + done.stderr


@pytest.mark.parametrize("arguments", [
    ["prescription", "verify"], ["prescription", "verify", __file__, "--at", "yesterday"], ["prescription", "burn"],
    ["prescription", "sign", "--bundle", "x"], ["prescription", "show", "auth_1"], ["trust", "update"],
    ["prescription", "verify", "x.jws", "--format", "xml"],
    ["fixtures", "pharmacy"], ["prices", "import", "--valid-from", "tomorrow", "x.csv"]],
    ids=lambda arguments: " ".join(arguments[:2]))
def test_wrong_usage_exits_with_2_and_says_what_to_do(arguments):
    done = run(*arguments, expect=2)
    assert "Error:" in done.stderr and done.stdout == ""


def test_a_file_that_is_not_there_exits_with_1_and_one_sentence(tmp_path):
    done = run("prescription", "verify", tmp_path / "none.jws", expect=1)
    assert "none.jws" in done.stderr and len(done.stderr.strip().splitlines()) == 1


# Trust

def contents(folder: pathlib.Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_trust_list_shows_what_counts_and_whether_it_is_fresh(trust):
    rows = list(csv.DictReader(io.StringIO(run("trust", "list", "--trust", trust, "--format", "csv").stdout)))
    by_file = {row["file"]: row for row in rows}
    assert set(by_file) == set(contents(trust))
    assert by_file["crls/issuing.crl"]["standing"] == "fresh"
    assert by_file["crls/silent.crl"]["standing"] == "stale"


def test_trust_update_refuses_nonsense_and_then_changes_nothing(pharmacies, trust, tmp_path):
    pki, before = pharmacies.pki, contents(trust)
    foreign_list = pki.foreign.revocation_list()
    for name, content, more in (
        ("x.crl", b"nonsense", []), ("x.crl", foreign_list, []), ("x.crl", foreign_list[:-1] + b"\x00", []),
        ("x.pem", b"nonsense", ["--kind", "prescriber"]), ("x.pem", pem(pki.doctor.leaf), ["--kind", "prescriber"]),
        ("x.pem", pem(pki.foreign_root.certificate), []),
        ("authorisations.csv", "authorisation_id,role,from,to\nAAAAA,doctor,2020-01-01,\n", []),
        ("authorisations.csv", "id,role\n", []), ("authorisations.csv", "", []),
        ("pharmacies.csv", "gln,name,listed_from,listed_to,eu_logo\n5790000000006,X,2020-01-01,,\n", []),
        ("old.crl", pki.issuing.revocation_list(now() - 5 * DAY), []), ("x.txt", "hello", []),
    ):
        done = run("trust", "update", put(tmp_path, name, content), "--trust", trust, *more, expect=1)
        assert done.stderr.strip(), name
        assert contents(trust) == before, name
    good = put(tmp_path, "good.crl", pki.issuing.revocation_list(now()))
    run("trust", "update", good, put(tmp_path, "x.crl", b"nonsense"), "--trust", trust, expect=1)
    assert contents(trust) == before, "all or none"


def test_trust_update_puts_a_newer_list_and_a_root_into_place(pharmacies, trust, tmp_path, cpr):
    pki = pharmacies.pki
    file = put(tmp_path, "record.jws", signed(bundle(cpr), pki.stranger))
    run("prescription", "verify", file, "--trust", trust, expect=1)
    run("trust", "update", "--kind", "prescriber", put(tmp_path, "other.pem", pem(pki.foreign_root.certificate)),
        "--trust", trust)
    run("trust", "update", "--kind", "issuer", put(tmp_path, "issuer.pem", pem(pki.foreign.certificate)),
        "--trust", trust)
    rows = verdicts(run("prescription", "verify", file, "--trust", trust, "--format", "csv", expect=1).stdout)
    assert (rows["RX-CHAIN"]["verdict"], rows["all"]["reason"]) == ("pass", "rx_revocation_unknown")
    newer = put(tmp_path, "newer.crl", pki.issuing.revocation_list(now()))
    run("trust", "update", newer, "--trust", trust)
    assert newer.read_bytes() in contents(trust).values()


# Against a server

def test_file_show_and_cancel_against_the_server(pharmacies, tmp_path, cpr):
    record, pki = new_record(), pharmacies.pki
    key = put(tmp_path, "key", pharmacies.keys["klinik"].secret + "\n")
    key.chmod(0o600)
    server = ["--url", pharmacies.gateway.base, "--key-file", key, "--format", "json"]
    compact = signed(bundle(cpr, line(), record=record), pki.doctor)
    told = json.loads(run("prescription", "file", put(tmp_path, "r.jws", compact), *server).stdout)
    assert (told["record"], told["authentic"]) == (record, True)
    shown = json.loads(run("prescription", "show", told["id"], *server).stdout)
    assert (shown["id"], shown["status"]) == (told["id"], "open")
    bad = put(tmp_path, "bad.jws", signed(bundle(cpr), pki.stranger))
    refused = json.loads(run("prescription", "file", bad, *server, expect=1).stdout)
    assert refused["authentic"] is False
    taken = put(tmp_path, "c.jws", cancellation(record, pki.doctor))
    wrong = put(tmp_path, "wrong.jws", cancellation(record, pki.other_doctor))
    run("prescription", "cancel", told["id"], "--jws", wrong, *server, expect=1)
    taken_back = run("prescription", "cancel", told["id"], "--jws", taken, *server).stdout
    assert json.loads(taken_back)["status"] == "canceled"
    key.chmod(0o644)
    run("prescription", "show", told["id"], *server, expect=1)
