"""The audit commands on a running gateway: OPS-FIND, OPS-TRACE, OPS-EXPORT, OPS-ACCESS, LOG-TAMPER.

Before the first operator the server's own user reads, and each look at one payment is a leaf. What the commands
say is compared with what the shops were told over HTTP; an export is checked by a receiver of our own making.
"""

import base64
import copy
import json
import re
import shutil
import signal

import pytest
from pymerkle import InmemoryTree
from tlog_scales.tlog import Checkpoint

from audits import Auditor
from decisionlog import DecisionLog, size_of
from exports import Export, Flaw, leaf_bytes
from pharmacies import Pharmacies, medicine
from prescribers import line
from scenes import ORIGIN
from webshop import made_up_id, new_reference, order, page_token

EXAMPLE = "status:declined reason:code_app_required merchant:nordlys since:7d amount>50000 DKK"
FILES = ("log.key", "master.key", "receipt.key", "checkpoints.log")
FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A gateway with forty declines and some payments that were not declined."""
    world = Pharmacies(
        tmp_path_factory.mktemp("audit"), push__budget=1000, enrolment__hold_seconds=0, acquirer__timeout_seconds=2)
    world.gateway.batch = 2
    try:
        world.log = DecisionLog(world.gateway)
        world.keys["nordlys"] = world.gateway.add_merchant("nordlys", "Nordlys ApS", origin=ORIGIN)
        world.gateway.process.send_signal(signal.SIGHUP)
        world.first = world.log.covering(0)
        _declines(world)
        world.size = size_of(world.log.settled())
        yield world
    finally:
        world.end()


def _declines(world) -> None:
    nordlys, scene = world.pharmacy("nordlys"), world.scene()
    world.approved = [scene.approved()["id"] for _ in range(2)]
    world.denied = scene.pending(77700)
    scene.app.decide(world.denied, "deny")
    world.refused = [scene.settled(1000 + index, ending=ending) for index, ending in enumerate(
        ["0002", "9995", "9987", "9979", "0069"])]
    world.formulas = [scene.created(100, currency="SEK", order=order(100, text)) for text in FORMULAS]
    for _ in range(16):
        scene.created(300, currency="SEK")
    world.by_code = []
    for amount in (50000, 50001, 60000):
        pending = nordlys.created(nordlys.token(scene.customer.card()), amount)
        nordlys.attempt(pending["confirmation"]["id"], "key_card", "137946")
        world.by_code.append(pending["id"])
    for _ in range(10):
        nordlys.created(nordlys.token(scene.customer.card("4444")), 700, currency="SEK")
    counter = world.counter()
    record = counter.prescribed(line(handovers=1))
    counter.handed_over(record)
    world.exhausted = counter.created(medicine(record))
    for _ in range(2):
        counter.created(medicine(made_up_id("prx")))
    counter.created(medicine(record), currency="SEK")


@pytest.fixture(scope="module")
def auditor(world) -> Auditor:
    return Auditor(world.gateway)


@pytest.fixture(scope="module")
def seen(world) -> dict[str, dict]:
    """What the shops see of their declined payments, by id."""
    shops = [world.pharmacy(name) for name in ("bogbixen", "nordlys", "svanen")]
    found = [one for shop in shops for one in shop.every("/v1/authorizations", status="declined")]
    assert len(found) >= 40, len(found)
    return {one["id"]: one for one in found}


@pytest.fixture(scope="module")
def exported(world, auditor) -> Export:
    return Export.read(auditor.told("export"))


# declined


def test_OPS_FIND_declined_agrees_with_what_the_shops_were_told_newest_first(auditor, seen):
    rows = auditor.rows("--limit", "100")
    assert {row["id"] for row in rows} == seen.keys() and len(rows) == len(seen)
    assert [row["created"] for row in rows] == sorted((row["created"] for row in rows), reverse=True)
    assert len({row["reason"] for row in rows}) >= 8
    for row in rows:
        shop = seen[row["id"]]
        decline = shop["decline"]
        assert (row["created"], row["merchant"], row["order"], row["amount"], row["currency"], row["status"]) == (
            shop["created_at"], shop["merchant"], shop["order"]["reference"], shop["amount"], shop["currency"],
            "declined")
        assert row["network_code"] == decline["network_code"]
        assert row["card"].endswith(shop["card"]["last4"]) and shop["card"]["first6"] not in row["card"]
        hidden = decline["reason"] == "prescription_not_accepted"
        assert row["by"] == decline["by"] and (row["reason"] == decline["reason"]) != hidden, row["id"]
        assert not hidden or row["reason"].startswith("rx_")


def test_OPS_FIND_the_contracts_example_finds_what_is_above_the_amount(auditor, world):
    assert auditor.ids(EXAMPLE) == world.by_code[:0:-1]
    assert auditor.ids(*EXAMPLE.split()) == world.by_code[:0:-1], "in quotes or not is the same"
    assert auditor.ids(EXAMPLE.replace("amount>", "amount>=")) == world.by_code[::-1]
    assert auditor.ids(EXAMPLE.replace("DKK", "SEK")) == []
    assert auditor.ids("merchant:nordlys amount<50001 DKK reason:code_app_required") == world.by_code[:1]


def test_OPS_FIND_tables_json_and_csv_say_the_same(auditor, world, seen):
    rows, table = auditor.rows("--limit", "100"), auditor.table("declined", "--limit", "100")
    assert table[0] == list(rows[0]) and [cells[0] for cells in table[1:]] == [row["id"] for row in rows]
    text = auditor.told("declined", "--limit", "100")
    assert re.findall(r"^(auth_\w+)", text, re.MULTILINE) == [row["id"] for row in rows]
    assert "\x1b" not in text, "colours are for terminals"


@pytest.mark.parametrize("term, place", [
    ("foo:bar", "1"), ("reason:nonsense", "1"), ("merchant:nordlys reason:nonsense", "18"), ("amount>lots", "1"),
    ("since:yesterweek", "1"), ("card:42", "1"), ('order:"open', "1"), ("status:", "1")])
def test_OPS_FIND_a_wrong_term_is_told_with_its_place(auditor, term, place):
    done = auditor.run("declined", term)
    assert done.stdout == "" and f"at character {place}" in done.stderr, done.stderr
    assert term.split()[-1] in done.stderr
    assert done.returncode == 2, f"wrong usage ended with {done.returncode}"


def test_OPS_FIND_since_and_until_divide_the_list(auditor, seen):
    moments = sorted(one["created_at"] for one in seen.values())
    middle = moments[len(moments) // 2]
    since, until = auditor.ids(f"since:{middle}", "--limit", "100"), auditor.ids(f"until:{middle}", "--limit", "100")
    at_least = {one["id"] for one in seen.values() if one["created_at"] >= middle}
    assert at_least == set(since)
    assert set(since) | set(until) == seen.keys()
    assert not {one["id"] for one in seen.values() if one["created_at"] > middle} & set(until)
    assert auditor.ids("since:1h", "--limit", "100") == auditor.ids("since:7d", "--limit", "100") != []
    assert auditor.ids("until:2026-01-01") == []


def test_OPS_FIND_by_the_beginning_of_a_merchant_order_card_code_and_ids(auditor, world, seen):
    def those(is_meant) -> set[str]:
        return {one["id"] for one in seen.values() if is_meant(one)}
    nordlys = those(lambda one: one["merchant"] == "nordlys")
    assert set(auditor.ids("merchant:nord")) == set(auditor.ids("merchant:nordlys")) == nordlys
    svanen = those(lambda one: one["merchant"] == "svanen")
    assert set(auditor.ids("merchant:nordlys,svanen", "--limit", "100")) == nordlys | svanen
    assert set(auditor.ids("card:4444")) == those(lambda one: one["card"]["last4"] == "4444")
    assert set(auditor.ids("code:05")) == those(lambda one: one["decline"]["network_code"] == "05") != set()
    denied = world.denied
    for term in (denied["order"]["reference"], "order:" + denied["order"]["reference"], denied["id"],
                 denied["decisions"][0]["id"], denied["confirmation"]["id"]):
        assert auditor.ids(term) == [denied["id"]], term
    assert auditor.ids("order:=1+1") == [world.formulas[0]["id"]]
    assert auditor.ids(made_up_id("auth")) == [] and auditor.ids(new_reference()) == []


def test_OPS_FIND_by_the_record_that_the_order_named(auditor, world):
    record = world.exhausted["order"]["lines"][0]["prescription"]["record"]
    assert world.exhausted["id"] in auditor.ids(record)


def test_OPS_FIND_other_states_are_listed_when_asked_for(auditor, world, seen):
    assert set(auditor.ids("status:approved")) == set(world.approved)
    every = auditor.ids("status:any", "--limit", "100")
    assert set(world.approved) | seen.keys() < set(every)


def test_OPS_FIND_pages_have_each_payment_once(auditor, seen):
    pages, after = [], []
    while True:
        done = auditor.run("declined", "--limit", "7", "--format", "json", *after)
        page = [json.loads(line)["id"] for line in done.stdout.splitlines()]
        pages += page
        if "--after" not in done.stderr:
            break
        assert len(page) == 7 and f"--after {page[-1]}" in done.stderr
        after = ["--after", page[-1]]
    assert pages == auditor.ids("--limit", "100") and len(pages) == len(seen)


def test_OPS_EXPORT_a_cell_that_begins_like_a_formula_is_made_harmless(auditor, world):
    cells = {row[3] for row in auditor.table("declined", "--limit", "100")}
    assert {"'" + text for text in FORMULAS} <= cells
    assert not [cell for row in auditor.table("declined", "--limit", "100")[1:] for cell in row
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


# explain


def test_OPS_TRACE_what_the_issuer_said_stands_in_the_story(auditor, world):
    for shop in world.refused:
        story = auditor.story(shop["id"])
        decision = story["decisions"][-1]
        rule, = [one for one in decision["rules"] if one["rule"] == story["declining_rule"]]
        assert (rule["verdict"], rule["reason"]) == ("decline", shop["decline"]["reason"])
        assert story["acquirer"][0]["network_code"] == shop["decline"]["network_code"]
        assert [(one["id"], one["leaf"]) for one in story["decisions"]] == [
            (one["id"], one["leaf"]) for one in shop["decisions"]]
        statement = json.loads(story["shown"][0]["statement"])
        assert (statement["amount"], statement["authorization"]) == (shop["amount"], shop["id"])
        signed = json.loads(base64.urlsafe_b64decode(story["answer"]["jws"].split(".")[1] + "=="))
        assert signed["verdict"] == "approve" and statement.items() <= signed.items()


def test_OPS_TRACE_as_text_with_rule_statement_answer_leaf_and_proof(auditor, world):
    text = auditor.told("explain", world.denied["id"])
    leaf = world.log and auditor.story(world.denied["id"])["decisions"][-1]["leaf"]
    for part in ("confirmation_denied", "verdict-approves", "What the app showed", '"amount":77700', "deny",
                 f"leaf {leaf}, in the checkpoint", "bogbixen", world.denied["order"]["reference"]):
        assert part in text, part


def test_OPS_TRACE_by_decision_is_the_story_of_its_payment(auditor, world):
    decision = world.denied["decisions"][0]["id"]
    assert auditor.story(decision)["id"] == world.denied["id"]


def test_OPS_TRACE_a_pharmacy_order_with_its_arithmetic_and_the_hidden_reason(auditor, world):
    story, shop = auditor.story(world.exhausted["id"]), world.exhausted
    assert (story["reason"], shop["decline"]["reason"]) == ("rx_exhausted", "rx_exhausted")
    text = auditor.told("explain", shop["id"])
    assert "prescribed 1, handed over 1, held 0, left 0" in text
    assert "RX-SIG  pass" in text and "rx_exhausted" in text
    leaf = shop["decisions"][0]["leaf"]
    assert f"leaf {leaf}" in text
    stored, = auditor.query("SELECT bytes, body FROM leaves WHERE position = ?", leaf)
    assert b"rx_exhausted" not in b"".join(stored), "in the leaf it is a commitment"


def test_OPS_ACCESS_each_story_leaves_a_leaf_and_a_list_leaves_none(auditor, world):
    subject, before = world.denied["id"], auditor.leaves("operator_read")
    auditor.told("explain", subject)
    assert auditor.leaves("operator_read") == before + 1
    auditor.told("explain", world.denied["decisions"][0]["id"])
    assert auditor.leaves("operator_read") == before + 2
    auditor.told("declined")
    assert auditor.leaves("operator_read") == before + 2
    auditor.told("export", "--from", "0", "--to", "10")
    assert auditor.leaves("operator_read") == before + 3
    assert auditor.story(subject)["id"] == subject and auditor.leaves("operator_read", subject) >= 2


def test_OPS_TRACE_who_is_not_there_is_said_with_one(auditor):
    for identifier in (made_up_id("auth"), made_up_id("dec")):
        done = auditor.run("explain", identifier)
        assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") <= 2, done.stderr
    for identifier in ("nonsense", "auth_1", "", "cus_x"):
        assert auditor.run("explain", identifier).returncode == 2, identifier


@pytest.mark.parametrize("files", [(), ("checkpoints.log",)])
def test_OPS_TRACE_on_a_copy_nothing_is_recorded_and_that_is_said(auditor, world, tmp_path, files):
    other = auditor.copied(tmp_path / "copy", *files)
    before = other.leaves("operator_read"), auditor.leaves("operator_read")
    asked = [("explain", world.denied["id"], "--copy"), ("declined", "--copy")]
    for arguments in asked + [("export", "--copy", "--vkey", world.log.vkey())] * bool(files):
        done = other.run(*arguments)
        assert done.returncode == 0 and "not recorded" in done.stderr, (arguments, done.stderr)
        assert world.denied["id"] in done.stdout
    assert (other.leaves("operator_read"), auditor.leaves("operator_read")) == before


def test_OPS_ACCESS_a_gateway_with_its_keys_is_no_copy(auditor, world):
    before = auditor.leaves("operator_read")
    done = auditor.run("explain", world.denied["id"], "--copy")
    assert (done.returncode, done.stdout) == (1, "") and auditor.leaves("operator_read") == before


# export


def test_OPS_EXPORT_a_receiver_with_the_key_finds_all_declines_and_none_removed(auditor, world, exported, seen):
    size = exported.check(world.log.vkey())
    assert (exported.manifest["from"], exported.manifest["to"]) == (0, size)
    assert {line["subject"] for line in exported.shown} == seen.keys()
    reasons = {row["id"]: row["reason"] for row in auditor.rows("--limit", "100")}
    assert {one["subject"]: one["reason"] for one in exported.shown} == reasons


def test_OPS_EXPORT_pymerkle_makes_the_same_root_of_its_lines(exported, auditor):
    tree = InmemoryTree(algorithm="sha256")
    leaves = [leaf_bytes(one) for one in exported.lines]
    tree.append_entries(leaves)
    checkpoint = Checkpoint.from_text(exported.manifest["checkpoint"])
    assert tree.get_root(checkpoint.size) == checkpoint.root_hash
    assert leaves == [row[0] for row in auditor.query("SELECT bytes FROM leaves ORDER BY position")][:len(leaves)]


def _spoil(kind: str, export: Export) -> None:
    """One way to tell something else."""
    shown = next(one for one in export.lines if one.get("merchant") == "nordlys")
    place = export.lines.index(shown)
    if kind == "removed":
        export.lines.remove(shown)
    elif kind == "removed and renumbered":
        export.lines.remove(shown)
        for one in export.lines[place:]:
            one["index"] -= 1
        export.manifest["to"] -= 1
    elif kind == "outcome":
        shown["outcome"] = "go_on"
    elif kind == "swapped":
        export.lines[place:place + 2] = export.lines[place + 1], export.lines[place]
    elif kind == "swapped and renumbered":
        after = export.lines[place + 1]
        export.lines[place:place + 2] = after, shown
        shown["index"], after["index"] = after["index"], shown["index"]
    elif kind == "withheld":
        for name in shown.keys() - {"index", "kind", "outcome", "time", "body_digest"}:
            del shown[name]
    elif kind == "withheld as another":
        for name in shown.keys() - {"index", "kind", "outcome", "time", "body_digest"}:
            del shown[name]
        shown["outcome"] = "go_on"
    elif kind == "amount":
        shown["amount"] += 1
    elif kind == "reason":
        shown["reason"] = "do_not_honor"
    elif kind == "hidden reason":
        next(one for one in export.shown if one["reason"].startswith("rx_"))["reason"] = "rx_missing_"
    elif kind == "merchant":
        shown["merchant"] = "bogbixen"
    elif kind == "time":
        shown["time"] = shown["time"][:-2] + ("0Z" if shown["time"][-2] != "0" else "1Z")
    elif kind == "last":
        export.lines.pop()
        export.manifest["to"] -= 1


@pytest.mark.parametrize("kind", [
    "removed", "removed and renumbered", "outcome", "swapped", "swapped and renumbered", "withheld",
    "withheld as another", "amount", "reason", "hidden reason", "merchant", "time", "last"])
def test_LOG_TAMPER_an_export_that_was_changed_is_found_by_both_checks(world, auditor, exported, tmp_path, kind):
    forged = copy.deepcopy(exported)
    path = tmp_path / "export.jsonl"
    path.write_text(forged.text)
    check = ["audit", "check-export", str(path), "--vkey", world.log.vkey()]
    world.gateway.run(*check)
    _spoil(kind, forged)
    with pytest.raises(Flaw):
        forged.check(world.log.vkey())
    path.write_text(forged.text)
    assert world.gateway.run(*check, expect=1) is not None


def test_OPS_EXPORT_a_stretch_continues_the_checkpoint_that_the_receiver_has(world, auditor, tmp_path):
    earlier = tmp_path / "earlier"
    earlier.write_text(world.first)
    for start, end in ((3, world.size - 3), (world.size // 2, world.size // 2 + 1), (0, world.size), (64, 129)):
        export = Export.read(auditor.told(
            "export", "status:any", "--from", str(start), "--to", str(end), "--checkpoint", str(earlier)))
        # A neighbour on each side may come along, so that the asked stretch is seen to be whole.
        assert start - 1 <= export.manifest["from"] <= start and end <= export.manifest["to"] <= end + 1
        assert export.check(world.log.vkey(), None, world.first) >= world.size
    export.manifest["consistency"] = export.manifest["consistency"][:-1]
    with pytest.raises(Flaw):
        export.check(world.log.vkey(), None, world.first)


def test_OPS_EXPORT_by_time_and_reason_the_rest_keeps_to_itself(world, auditor):
    export = Export.read(auditor.told("export", "reason:code_app_required since:1h"))
    export.check(world.log.vkey(), None)
    assert [one["subject"] for one in export.shown] == world.by_code
    hidden = "".join(json.dumps(one) for one in export.lines if "body" not in one)
    assert "auth_" not in hidden and "bogbixen" not in hidden and "rx_" not in hidden


def test_OPS_EXPORT_csv_has_the_leaves_inside_the_filter_and_a_proof_beside_it(world, auditor, seen, tmp_path):
    table, proof = tmp_path / "declines.csv", tmp_path / "proof.jsonl"
    auditor.told("export", "--format", "csv", "--output", str(table), "--proof", str(proof))
    for path in (table, proof):
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} is open to others"
    export = Export.read(proof.read_text())
    export.check(world.log.vkey())
    lines = table.read_text().splitlines()
    columns = lines[0].split(",")
    indexes = [int(row.split(",")[columns.index("index")]) for row in lines[1:]]
    assert indexes == [one["index"] for one in export.shown] and len(indexes) == len(seen)
    with open(table, newline="") as file:
        assert not any(cell[:1] in set("=+-@") for row in file for cell in row.rstrip("\r\n").split(","))


# verify


def test_LOG_TAMPER_verify_beside_the_running_server_with_an_old_checkpoint_and_the_key(world, auditor, tmp_path):
    auditor.told("verify")
    old = tmp_path / "old"
    old.write_text(world.first)
    done = auditor.run("verify", "--checkpoint", str(old), "--vkey", world.log.vkey())
    assert done.returncode == 0 and "1 kept elsewhere" in done.stdout, done.stderr
    name, _, key = world.log.vkey().rpartition("+")
    other = auditor.run("verify", "--vkey", f"{name}+{'B' if key[0] != 'B' else 'C'}{key[1:]}")
    assert other.returncode in (1, 2), "another key"


TAMPERED = {
    "amount": "UPDATE authorizations SET amount = amount + 1 WHERE id = '{id}'",
    "reason": "UPDATE authorizations SET decline_reason = 'lost_card' WHERE id = '{id}'",
    "order": "UPDATE authorizations SET order_reference = 'anden' WHERE id = '{id}'",
    "card": "UPDATE authorizations SET last4 = '9999' WHERE id = '{id}'",
    "merchant": "UPDATE authorizations SET merchant = 'nordlys' WHERE id = '{id}'",
}


@pytest.mark.parametrize("change", TAMPERED)
def test_LOG_TAMPER_a_changed_payment_is_found_and_named(world, auditor, tmp_path, change):
    other = auditor.copied(tmp_path / "copy", *FILES)
    assert other.run("verify").returncode == 0
    other.tamper(TAMPERED[change].format(id=world.denied["id"]))
    done = other.run("verify")
    assert done.returncode == 1, done.stdout
    assert world.denied["id"] in done.stdout + done.stderr


def test_LOG_TAMPER_a_leaf_that_was_removed_from_the_end_is_found(world, auditor, tmp_path):
    world.log.settled()
    other = auditor.copied(tmp_path / "copy", *FILES)
    other.tamper("DELETE FROM leaves WHERE position = (SELECT max(position) FROM leaves)")
    done = other.run("verify")
    assert done.returncode == 1, done.stdout


def test_LOG_TAMPER_an_older_copy_is_found_by_the_checkpoints_or_one_kept_elsewhere(world, auditor, tmp_path):
    older = auditor.copied(tmp_path / "older", *FILES)
    scene = world.scene()
    scene.created(100, currency="SEK")
    (tmp_path / "newer").write_text(world.log.settled())
    assert older.run("verify").returncode == 0, "by itself it is what it was"
    assert older.run("verify", "--checkpoint", str(tmp_path / "newer")).returncode == 1
    shutil.copy(world.gateway.state / "checkpoints.log", older.state / "checkpoints.log")
    assert older.run("verify").returncode == 1


def test_LOG_TAMPER_a_leaf_and_its_hash_that_were_changed_together_are_found(world, auditor, tmp_path):
    leaf = auditor.story(world.denied["id"])["decisions"][-1]["leaf"]
    decision = world.denied["decisions"][0]["id"]
    for number, statement in enumerate([
            "UPDATE leaves SET body = CAST(substr(body, 1, length(body) - 1) || x'00' AS BLOB) "
            f"WHERE position = {leaf}",
            "UPDATE leaves SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS BLOB), "
            f"hash = zeroblob(32) WHERE position = {leaf}",
            f"UPDATE decisions SET trace = replace(trace, 'verdict', 'Verdict') WHERE id = '{decision}'"]):
        other = auditor.copied(tmp_path / f"copy{number}", *FILES)
        other.tamper(statement)
        done = other.run("verify")
        assert done.returncode == 1, statement
        assert str(leaf) in done.stdout + done.stderr or world.denied["id"] in done.stdout + done.stderr
