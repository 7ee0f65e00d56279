"""Operators, changes that need two of them, and the erasure of a customer: OPS-ACCESS, LOG-ERASE.

No account exists at first; two administrators with code apps are made by the commands. A customer who paid, and had
medicine handed over, is erased by both, and the bytes of the files are searched for what was there before.
"""

import base64
import json
import subprocess

import pytest
from tlog_scales.backend import HttpBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import Checkpoint, InclusionProof

from audits import Auditor, everywhere
from decisionlog import DecisionLog, Proof, leaf_of, proof_of
from gateway import binary
from operators import Office
from pharmacies import Pharmacies, medicine
from prescribers import DOSAGE, INDICATION, MARK, PRODUCTS, line
from webshop import order

NAME = "Karla Kanarie"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = Pharmacies(
        tmp_path_factory.mktemp("erasure"), push__budget=1000, enrolment__hold_seconds=0, acquirer__timeout_seconds=2)
    world.gateway.batch = 2
    try:
        world.log, world.auditor = DecisionLog(world.gateway), Auditor(world.gateway)
        yield world
    finally:
        world.end()


@pytest.fixture(scope="module")
def payment(world) -> dict:
    """A declined payment from before there was an operator."""
    return world.scene().created(100, currency="SEK")


@pytest.fixture(scope="module")
def office(world, payment) -> Office:
    """Two administrators; the story of the payment was read before, by the server's own user."""
    assert world.run("operator", "list", "--format", "json").strip() == ""
    world.before = world.auditor.run("explain", payment["id"])
    return Office(world.gateway)


def session_of(person, world) -> list[str]:
    """`--session` of a person who signed in on the command line; kept for the next time."""
    path = world.gateway.folder / f"{person.user_id}.cli.session"
    if not path.exists():
        process = subprocess.Popen(
            [binary(), "operator", "sign-in", "--user-id", person.user_id, "--password", "-", "--state",
             str(world.gateway.state), "--session", str(path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        process.stdin.write(person.password + "\n")
        process.stdin.close()
        heard = ""
        while not (numbers := [word for word in heard.replace(".", " ").split() if word.isdigit() and len(word) == 2]):
            heard = process.stdout.readline()
            assert heard, process.stderr.read()
        person.confirm(numbers[0])
        assert process.wait(30) == 0, process.stderr.read()
        assert path.stat().st_mode & 0o077 == 0
        world.gateway.remember("operator session", path.read_text().strip())
    return ["--session", str(path)]


def approve(world, request: dict, person, digest: str | None = None, expect: int = 0) -> str:
    return world.run("operator", "approve", request["request"], "--digest", digest or request["digest"],
                     *session_of(person, world), expect=expect)


def asked(world, what: str, customer: str, person, expect: int = 0) -> dict:
    told = world.run("customer", what, customer, "--format", "json", *session_of(person, world), expect=expect)
    return json.loads(told) if told else {}


# Operators


def test_OPS_ACCESS_no_account_is_there_at_first_and_then_reads_need_a_session(world, office, payment):
    assert world.before.returncode == 0, "before the first operator the server's own user reads"
    nobody = ["--session", str(world.gateway.folder / "nobody.session")]
    before = world.auditor.leaves("operator_read")
    for arguments in (["declined"], ["explain", payment["id"]], ["export"]):
        done = world.auditor.run(*arguments, *nobody)
        assert (done.returncode, done.stdout) == (1, "") and "sign in" in done.stderr, (arguments, done.stderr)
    assert world.auditor.leaves("operator_read") == before
    listed = [json.loads(row) for row in world.run("operator", "list", "--format", "json").splitlines()]
    assert [(one["user_id"], one["role"], one["status"]) for one in listed] == [
        ("anna-admin", "administrator", "active"), ("bo-admin", "administrator", "active")]


def test_OPS_ACCESS_signed_in_on_the_command_line_one_reads_and_the_leaf_has_the_name(world, office, payment):
    done = world.auditor.run("explain", payment["id"], *session_of(office.anna, world))
    assert done.returncode == 0 and payment["id"] in done.stdout
    operator = world.auditor.query("SELECT id FROM operators WHERE name = 'Anna Admin'")[0][0]
    bodies = world.auditor.query(
        "SELECT body FROM leaves WHERE kind = 'operator_read' AND subject = ? ORDER BY position", payment["id"])
    assert operator.encode() in bodies[-1][0]
    assert b"local" in bodies[0][0] and operator.encode() not in bodies[0][0]


def test_OPS_ACCESS_with_a_wrong_password_nobody_is_asked_and_it_is_a_leaf(world, office, tmp_path):
    before = len(world.log.leaves())
    process = subprocess.Popen(
        [binary(), "operator", "sign-in", "--user-id", "anna-admin", "--password", "-", "--state",
         str(world.gateway.state), "--session", str(tmp_path / "none")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        process.stdin.write("forkert-kode-1\n")
        process.stdin.close()
        assert process.stdout.readline(), "a stranger is told the same"
        assert office.anna.app.pending() == [] and not (tmp_path / "none").exists()
    finally:
        process.kill()
        process.wait()
    kinds = world.auditor.query("SELECT kind, bytes FROM leaves WHERE position >= ?", before)
    assert any(b"sign_in" in row[1] or b"refused" in row[1] for row in kinds), kinds


def test_OPS_ACCESS_a_token_that_was_made_up_is_refused(world, office, payment, tmp_path):
    path = tmp_path / "made-up"
    path.touch(mode=0o600)
    path.write_text(base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=") + "\n")
    done = world.auditor.run("explain", payment["id"], "--session", str(path))
    assert (done.returncode, done.stdout) == (1, "")


def test_OPS_ACCESS_unblocking_takes_two_and_the_exact_change(world, office):
    scene = world.scene()
    customer = scene.customer.id
    world.run("customer", "block", customer)
    assert scene.created()["decline"]["reason"] is not None
    request = asked(world, "unblock", customer, office.anna)
    for person, digest in ((office.anna, None), (office.bo, "0" * 64), (office.bo, request["digest"][:11])):
        approve(world, request, person, digest, expect=1)
        assert scene.created()["status"] == "declined", "one alone never"
    approve(world, request, office.bo, request["digest"][:12])
    scene.approved()
    approve(world, request, office.bo, expect=1)
    again = asked(world, "unblock", customer, office.anna, expect=1)
    assert again == {}, "nothing is blocked any more"


def test_OPS_ACCESS_a_viewer_lists_and_sees_nobodys_details(world, office, payment):
    viewer = office.hire("vera-viewer", "Vera Viewer", "viewer")
    session = session_of(viewer, world)
    assert payment["id"] in world.auditor.told("declined", *session)
    for arguments in (["explain", payment["id"]], ["export"]):
        done = world.auditor.run(*arguments, *session)
        assert (done.returncode, done.stdout) == (1, ""), arguments
    asked(world, "erase", world.scene().customer.id, viewer, expect=1)
    assert any(b"refused_role_missing" in leaf for leaf in world.log.leaves())


# Erasure


class Erased:
    """A customer with a card payment and an order of medicine, before and after the erasure."""

    def __init__(self, world, office):
        self.world, counter = world, world.counter()
        self.counter, self.patient = counter, counter.patient
        self.shop = world.pharmacy("bogbixen")
        self.record = counter.prescribed(line(handovers=2, interval=(30, "d")))
        self.medicine = counter.handed_over(self.record)
        self.bought = self.shop.created(self.shop.token(self.patient.card()), 4900, order=order(4900))
        counter.app.approve(self.bought)
        self.bought = self.shop.until(self.bought["id"])
        self.shop.capture(self.bought["id"])
        self.declined = counter.created(medicine(self.record))
        self.proofs = {
            decision["id"]: (shop, leaf_of(shop, decision["id"]), proof_of(shop, decision["id"]))
            for shop, one in ((self.shop, self.bought), (counter.shop, self.medicine), (counter.shop, self.declined))
            for decision in one["decisions"]}
        self.blobs = self.sealed()
        self.request = asked(world, "erase", self.patient.id, office.anna)
        approve(world, self.request, office.anna, expect=1)
        self.still = world.run("customer", "show", self.patient.id, "--format", "json")
        approve(world, self.request, office.bo)

    def sealed(self) -> dict[str, bytes]:
        """What was kept about the person, as the database held it."""
        payments = ", ".join(f"'{one['id']}'" for one in (self.bought, self.medicine, self.declined))
        person = f"customer = '{self.patient.id}'"
        asked_for = {
            "name, number": f"""SELECT name_sealed, person_number_sealed, person_number_hash FROM customers
                WHERE id = '{self.patient.id}'""",
            "card": f"SELECT number_sealed, fingerprint FROM cards WHERE {person}",
            "key card": f"""SELECT code_mac FROM key_card_codes WHERE key_card IN
                (SELECT id FROM key_cards WHERE {person})""",
            "activation": f"SELECT code_mac FROM activation_codes WHERE {person}",
            "order": f"SELECT order_sealed FROM authorizations WHERE id IN ({payments})",
            "inputs": f"""SELECT sealed FROM decision_inputs WHERE decision IN
                (SELECT id FROM decisions WHERE authorization IN ({payments}))""",
            "salt": f"SELECT salt FROM leaf_salts WHERE {person} OR position IN "
                    f"(SELECT position FROM leaves WHERE subject IN ({payments}, '{self.record}'))",
            "record": f"SELECT body_sealed FROM prescription_filings WHERE prescription = '{self.record}'",
            "batch": f"""SELECT detail_sealed FROM handover_parts WHERE handover IN
                (SELECT id FROM handovers WHERE authorization IN ({payments}))""",
        }
        found = {}
        for label, text in asked_for.items():
            values = [value for row in self.world.auditor.query(text) for value in row if value]
            assert values, f"there is no {label} to be erased"
            found |= {f"{label} {number}": value for number, value in enumerate(values)}
        return found


@pytest.fixture(scope="module")
def erased(world, office) -> Erased:
    return Erased(world, office)


def test_LOG_ERASE_one_administrator_alone_erases_nobody(erased):
    told = json.loads(erased.still)
    assert told["name"] == NAME and told["status"] != "erased"


def test_LOG_ERASE_no_byte_of_the_files_holds_what_was_known_of_the_person(world, erased):
    patient = erased.patient
    values = {
        "name": NAME, "CPR": patient.cpr, "CPR with a dash": f"{patient.cpr[:6]}-{patient.cpr[6:]}",
        "user ID": patient.user_id, "card number": patient.card().number, "indication": INDICATION, "dosage": DOSAGE,
        "drug": PRODUCTS["900101"][2] + MARK}
    files = list(world.gateway.state.glob("godkend.sqlite*"))
    assert len(files) >= 2
    for path in files:
        data = path.read_bytes()
        left = [label for label, blob in erased.blobs.items() if blob in data]
        assert left == [], f"{path.name} still holds {left}"
        left = [label for label, value in values.items() if any(form in data for form in everywhere(value))]
        assert left == [], f"{path.name} still tells {left}"


def test_LOG_ERASE_the_files_held_it_before(world, erased):
    """The search finds what is there: another customer's values, as they lie in the files."""
    other = world.counter()
    blobs = world.auditor.query(
        "SELECT person_number_sealed, name_sealed FROM customers WHERE id = ?", other.patient.id)[0]
    data = b"".join(path.read_bytes() for path in world.gateway.state.glob("godkend.sqlite*"))
    assert all(blob in data for blob in blobs) and other.patient.user_id.encode() in data


def test_LOG_ERASE_proofs_from_before_verify_against_the_newer_checkpoint(world, erased):
    vkey, newer = Vkey.from_string(world.log.vkey()), Checkpoint.from_text(world.log.settled())
    newer.verify(vkey)
    reader = TilesReader(HttpBackend(world.log.base))
    reader.set_size(newer.size)
    for decision, (shop, leaf, text) in erased.proofs.items():
        proof = Proof.read(text)
        older = Checkpoint.from_text(proof.checkpoint)
        older.verify(vkey)
        InclusionProof(proof.index, older.size, proof.hashes).check(leaf_hash(leaf.data), older.root_hash)
        assert older.size < newer.size
        reader.get_consistency_proof(older.size, newer.size).check(older.root_hash, newer.root_hash)
        assert leaf_of(shop, decision) == leaf
        again = Proof.read(proof_of(shop, decision))
        latest = Checkpoint.from_text(again.checkpoint)
        InclusionProof(again.index, latest.size, again.hashes).check(leaf_hash(leaf.data), latest.root_hash)


def test_LOG_ERASE_explain_says_so_and_what_was_decided_stands(world, office, erased):
    for one in (erased.bought, erased.medicine, erased.declined):
        text = world.auditor.told("explain", one["id"], *session_of(office.anna, world))
        assert "erased" in text and one["order"]["reference"] in text
        assert NAME not in text and erased.patient.cpr not in text and erased.patient.cpr[:6] not in text
    told = json.loads(world.run("customer", "show", erased.patient.id, "--format", "json"))
    assert told["status"] == "erased" and told["name"] in ("", None) and told["user_id"] != erased.patient.user_id


def test_LOG_ERASE_the_log_and_the_state_agree_and_the_books_are_there(world, erased):
    world.auditor.told("verify")
    assert erased.shop.get(erased.bought["id"])["amount_captured"] == 4900
    assert erased.counter.shop.get(erased.medicine["id"])["amount_captured"] == 5000
    assert world.auditor.leaves("erasure", erased.patient.id) == 1


def test_LOG_ERASE_nobody_pays_or_signs_in_as_the_erased(world, erased):
    shop = erased.shop
    again = shop.created(shop.token(erased.patient.card()), 100)
    assert (again["status"], again["decline"]["reason"]) == ("declined", "card_not_enrolled")
