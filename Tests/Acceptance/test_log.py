"""The decision log as its outside verifiers see it: libraries that others wrote follow it over HTTP.

A checkpoint is signed at most every second; the log of these tests grows past 256 leaves, so that full tiles and
tiles of the second level are among what is read.
"""

import base64
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import requests
from cryptography.exceptions import InvalidSignature
from pymerkle import InmemoryTree
from pymerkle.proof import InvalidProof
from pymerkle.proof import verify_consistency as pymerkle_consistency
from pymerkle.proof import verify_inclusion as pymerkle_inclusion
from tlog_scales.backend import HttpBackend
from tlog_scales.reader import TilesReader
from tlog_scales.signing import Vkey
from tlog_scales.tiles import leaf_hash
from tlog_scales.tlog import (
    Checkpoint, ConsistencyProof, ConsistencyProofInvalid, InclusionProof, InclusionProofInvalid)

from decisionlog import DecisionLog, Leaf, Proof, leaf_of, proof_of, python_with_aics, size_of
from gateway import binary
from operators import Office
from scenes import LIMIT_DKK
from shops import Shops
from webshop import Webshop, made_up_id, refusal

DECLINES = 280


@dataclass
class Grown:
    """A log of some hundred leaves, with some decisions in it."""

    log: DecisionLog
    shop: Webshop
    vkey: str
    old: str
    new: str
    decisions: list[dict]

    def reader(self) -> TilesReader:
        reader = TilesReader(HttpBackend(self.log.base))
        reader.set_size(size_of(self.new))
        return reader

    def leaves(self) -> list[Leaf]:
        return [leaf_of(self.shop, decision["id"]) for decision in self.decisions]


def declines(shops, count: int) -> list[dict]:
    """So many authorizations above the shop's limit, declined at once."""
    shop, card = shops.shop("modehuset"), shops.gateway.customer().card()

    def decline(_) -> dict:
        authorization = shop.created(shop.token(card), LIMIT_DKK + 1)
        assert authorization["decline"]["reason"] == "amount_over_limit"
        return authorization

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(decline, range(count)))


@pytest.fixture(scope="module")
def shops(tmp_path_factory):
    shops = Shops(
        tmp_path_factory.mktemp("log"), push__budget=1000, enrolment__hold_seconds=0, log__origin="godkend.example/log")
    yield shops
    shops.end()


@pytest.fixture(scope="module")
def grown(shops) -> Grown:
    log, scene = DecisionLog(shops.gateway), shops.scene()
    approved = scene.captured(5000)
    old = log.covering(max(decision["leaf"] for decision in approved["decisions"]))
    declined = declines(shops, DECLINES)
    latest = scene.settled(7000, ending="0002")
    assert latest["status"] == "declined"
    decisions = approved["decisions"] + latest["decisions"]
    new = log.settled()
    assert size_of(new) > 256 and size_of(old) < 256 and len(declined) == DECLINES
    return Grown(log, scene.shop, log.vkey(), old, new, decisions)


def forged(checkpoint: str) -> str:
    """The same checkpoint for one leaf more."""
    lines = checkpoint.split("\n")
    lines[1] = str(int(lines[1]) + 1)
    return "\n".join(lines)


def flipped(data: bytes, index: int = 5) -> bytes:
    return data[:index] + bytes([data[index] ^ 1]) + data[index + 1:]


# tlog-scales


def test_LOG_FORMAT_tlog_scales_verifies_the_checkpoint_and_makes_its_root_from_the_tiles(grown):
    vkey, checkpoint = Vkey.from_string(grown.vkey), Checkpoint.from_text(grown.new)
    assert vkey.serialize() == grown.vkey
    checkpoint.verify(vkey)
    assert checkpoint.origin == vkey.name == "godkend.example/log"
    assert grown.reader().calculate_root_hash() == checkpoint.root_hash
    with pytest.raises(InvalidSignature):
        Checkpoint.from_text(forged(grown.new)).verify(vkey)


def test_LOG_FORMAT_tlog_scales_finds_each_decision_in_the_log(grown):
    checkpoint, reader = Checkpoint.from_text(grown.new), grown.reader()
    for leaf in grown.leaves():
        proof = reader.get_inclusion_proof(leaf.index, checkpoint.size)
        proof.check(leaf_hash(leaf.data), checkpoint.root_hash)
        with pytest.raises(InclusionProofInvalid):
            proof.check(leaf_hash(flipped(leaf.data)), checkpoint.root_hash)
        changed = InclusionProof(
            proof.leaf_index, proof.tree_size, [flipped(proof.node_hashes[0]), *proof.node_hashes[1:]])
        with pytest.raises(InclusionProofInvalid):
            changed.check(leaf_hash(leaf.data), checkpoint.root_hash)


def test_LOG_FORMAT_tlog_scales_verifies_the_proof_that_the_shop_got(grown):
    vkey = Vkey.from_string(grown.vkey)
    for decision in grown.decisions:
        leaf, proof = leaf_of(grown.shop, decision["id"]), Proof.read(proof_of(grown.shop, decision["id"]))
        checkpoint = Checkpoint.from_text(proof.checkpoint)
        checkpoint.verify(vkey)
        assert proof.index == leaf.index == decision["leaf"]
        InclusionProof(proof.index, checkpoint.size, proof.hashes).check(
            leaf_hash(leaf.data), checkpoint.root_hash)


def test_LOG_TAMPER_tlog_scales_sees_that_the_older_log_is_the_beginning_of_the_newer(grown):
    old, new = Checkpoint.from_text(grown.old), Checkpoint.from_text(grown.new)
    old.verify(Vkey.from_string(grown.vkey))
    proof = grown.reader().get_consistency_proof(old.size, new.size)
    proof.check(old.root_hash, new.root_hash)
    for pair in [(flipped(old.root_hash), new.root_hash), (old.root_hash, flipped(new.root_hash))]:
        with pytest.raises(ConsistencyProofInvalid):
            proof.check(*pair)
    with pytest.raises(ConsistencyProofInvalid):
        ConsistencyProof(old.size, new.size, proof.node_hashes[:-1]).check(old.root_hash, new.root_hash)


# aics-tlog and pymerkle


def test_LOG_FORMAT_aics_tlog_follows_the_log_and_refuses_what_was_changed(grown):
    leaves = []
    for decision in grown.decisions:
        leaf, proof = leaf_of(grown.shop, decision["id"]), Proof.read(proof_of(grown.shop, decision["id"]))
        leaves.append({
            "index": leaf.index, "data": base64.b64encode(leaf.data).decode(), "checkpoint": proof.checkpoint,
            "proof": [base64.b64encode(one).decode() for one in proof.hashes]})
    asked = {
        "base": grown.log.base, "vkey": grown.vkey, "old": grown.old, "new": grown.new,
        "forged": forged(grown.new), "leaves": leaves}
    script = os.path.join(os.path.dirname(__file__), "aics_follower.py")
    done = subprocess.run(
        [python_with_aics(), script], input=json.dumps(asked), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    size = size_of(grown.new)
    assert (told["origin"], told["size"], told["root"]) == ("godkend.example/log", size, True)
    assert told["tiles"] == -(-size // 256) + 1 and told["consistent"]
    assert told["included"] == [True] * (2 * len(leaves))
    assert told["refused"] == dict.fromkeys(
        ["checkpoint", "leaf", "proof", "place", "history", "tiles"], True)


def test_LOG_FORMAT_pymerkle_makes_the_same_roots_from_the_leaves(grown):
    leaves, tree = grown.log.leaves(), InmemoryTree(algorithm="sha256")
    tree.append_entries(leaves)
    old, new = Checkpoint.from_text(grown.old), Checkpoint.from_text(grown.new)
    for checkpoint in (old, new):
        assert tree.get_root(checkpoint.size) == checkpoint.root_hash
    for leaf in grown.leaves():
        assert leaves[leaf.index] == leaf.data
        proof = tree.prove_inclusion(leaf.index + 1, new.size)
        pymerkle_inclusion(leaf_hash(leaf.data), new.root_hash, proof, index=leaf.index + 1, size=new.size)
        with pytest.raises(InvalidProof):
            pymerkle_inclusion(leaf_hash(flipped(leaf.data)), new.root_hash, proof)
    proof = tree.prove_consistency(old.size, new.size)
    pymerkle_consistency(old.root_hash, new.root_hash, proof, prior_size=old.size, later_size=new.size)
    with pytest.raises(InvalidProof):
        pymerkle_consistency(flipped(old.root_hash), new.root_hash, proof)
    # Another leaf in any place is another root.
    other = InmemoryTree(algorithm="sha256")
    other.append_entries([flipped(leaves[0]), *leaves[1:new.size]])
    assert other.get_root() != new.root_hash


# Over HTTP


def test_LOG_FORMAT_tiles_are_there_as_wide_as_the_checkpoint_says_and_no_wider(grown):
    size, log = size_of(grown.new), grown.log
    full = log.get("tile/0/000")
    assert full.status_code == 200 and len(full.content) == 256 * 32
    assert full.headers["Content-Type"] == "application/octet-stream"
    assert full.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert full.content == b"".join(leaf_hash(leaf) for leaf in log.leaves()[:256])
    assert len(log.get("tile/1/000.p/1").content) == 32
    part = log.get(f"tile/0/001.p/{size - 256}")
    assert len(part.content) == (size - 256) * 32 and "immutable" not in part.headers["Cache-Control"]
    for path in ["0/001", "0/001.p/0", "0/002", "1/000", "2/000.p/1", "0/x001/000", "0/0", "x/000", "0/000.p/256"]:
        refusal(log.get(f"tile/{path}"), 404, "not_found")


def test_LOG_FORMAT_the_leaf_as_json_opens_its_digest_and_tells_what_the_shop_may_know(grown):
    decision = grown.decisions[-1]
    response = grown.shop.request(
        "GET", f"/v1/decisions/{decision['id']}/leaf", headers={"Accept": "application/json"})
    told, leaf = response.json(), leaf_of(grown.shop, decision["id"])
    assert told["index"] == leaf.index and base64.b64decode(told["leaf"]) == leaf.data
    assert leaf.data.endswith(hashlib.sha256(base64.b64decode(told["body"])).digest())
    assert (told["kind"], told["outcome"]) == ("decision", "declined")
    assert told["fields"]["reason"] == "do_not_honor" and told["fields"]["amount"] == 7000


def test_LOG_LEAF_decisions_are_for_their_own_merchant(grown, shops):
    decision = grown.decisions[0]["id"]
    for part in ("leaf", "proof"):
        path = f"/v1/decisions/{decision}/{part}"
        refusal(shops.shop("modehuset").request("GET", path), 404, "not_found")
        refusal(grown.shop.request("GET", path, bearer=""), 401, "api_key_missing")
        refusal(grown.shop.request("GET", path, bearer=grown.shop.publishable), 403, "secret_key_required")
        refusal(grown.shop.request("GET", f"/v1/decisions/{made_up_id('dec')}/{part}"), 404, "not_found")


def test_OPS_ACCESS_the_leaves_themselves_are_not_for_merchants_and_strangers(grown):
    refusal(grown.log.get("tile/entries/000"), 401, "session_missing")
    refusal(grown.log.get("tile/entries/000", bearer=grown.shop.secret), 401, "session_invalid")


def test_OPS_ACCESS_an_auditor_reads_the_leaves_and_that_is_a_leaf_too(fresh_shops):
    shops = fresh_shops("entries", enrolment__hold_seconds=0, push__budget=1000)
    office, log = Office(shops.gateway), DecisionLog(shops.gateway)
    auditor, viewer = (
        office.hire(f"{role}-1", role.title(), role).visit().cookies["godkend-console"]
        for role in ("auditor", "viewer"))
    decision = shops.scene().approved()["decisions"][0]
    size = size_of(log.covering(decision["leaf"]))
    path = f"tile/entries/000.p/{size}"
    refusal(log.get(path, bearer=viewer), 403, "role_missing")
    reader = TilesReader(HttpBackend(log.base))
    reader.backend.session.headers["Authorization"] = f"Bearer {auditor}"
    reader.set_size(size)
    assert [reader.get_entry(index) for index in range(size)] == log.leaves()[:size]
    assert reader.get_entry(decision["leaf"]) == leaf_of(shops.shop(), decision["id"]).data
    assert sum(b"operator_read" in leaf and b"entries_read" in leaf for leaf in log.leaves()) == 1
    assert any(b"operator_action" in leaf and b"refused_role_missing" in leaf for leaf in log.leaves())


# Restarts


def test_LOG_ATOMIC_after_a_kill_the_log_goes_on_from_its_last_checkpoint(fresh_shops):
    shops = fresh_shops("killed", log__origin="killed.example")
    gateway, log = shops.gateway, DecisionLog(shops.gateway)
    vkey = Vkey.from_string(log.vkey())
    for _ in range(3):
        declines(shops, 12)
        before = log.checkpoint()
        gateway.stop(signal.SIGKILL)
        gateway.start(port=gateway.port)
        declines(shops, 3)
        log.settled()
        assert before in log.kept()
    # The first checkpoint may be of the empty log, of which tlog-scales makes no proof.
    notes = [Checkpoint.from_text(text) for text in log.kept() if size_of(text) > 0]
    reader = TilesReader(HttpBackend(log.base))
    reader.set_size(notes[-1].size)
    for older, newer in zip(notes, notes[1:]):
        newer.verify(vkey)
        assert older.size < newer.size
        reader.get_consistency_proof(older.size, newer.size).check(older.root_hash, newer.root_hash)


@pytest.mark.parametrize("grown_back", [False, True])
def test_LOG_TAMPER_an_older_database_that_was_put_back_is_not_signed(fresh_shops, tmp_path, grown_back):
    shops = fresh_shops(f"older-{grown_back}", log__origin="older.example")
    gateway, log = shops.gateway, DecisionLog(shops.gateway)
    declines(shops, 5)
    gateway.stop()
    for path in gateway.state.glob("godkend.sqlite*"):
        shutil.copy(path, tmp_path / path.name)
    gateway.start(port=gateway.port)
    declines(shops, 10)
    log.settled()
    gateway.stop()
    last = log.kept()[-1]
    checkpoints = (gateway.state / "checkpoints.log").read_bytes()
    for path in gateway.state.glob("godkend.sqlite*"):
        path.unlink()
    for path in tmp_path.glob("godkend.sqlite*"):
        shutil.copy(path, gateway.state / path.name)
    if grown_back:
        # Somebody lets it grow past the last checkpoint in secret.
        (gateway.state / "checkpoints.log").unlink()
        gateway.start(port=gateway.port)
        declines(shops, 60)
        gateway.stop()
        (gateway.state / "checkpoints.log").write_bytes(checkpoints)
    gateway.start(port=gateway.port)
    declines(shops, 1)
    response = until_not_ready(gateway.base)
    assert "decision log is not signed" in response.json()["detail"]
    assert log.checkpoint() == last
    assert (gateway.state / "checkpoints.log").read_bytes() == checkpoints
    shop = shops.shop("modehuset")
    newest = shop.page(limit=1).json()["data"][0]["decisions"][0]["id"]
    refusal(shop.request("GET", f"/v1/decisions/{newest}/proof"), 503, "not_ready")
    assert "the decision log is not signed any more" in gateway.log.read_text()


def until_not_ready(base: str) -> requests.Response:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        response = requests.get(base + "/readyz", timeout=10)
        if response.status_code == 503:
            return response
        time.sleep(0.1)
    raise AssertionError("the gateway stayed ready")


def test_REL_01_a_log_key_that_is_missing_is_asked_for_and_never_made_anew(fresh_shops):
    shops = fresh_shops("keyless", log__origin="keyless.example")
    gateway, log = shops.gateway, DecisionLog(shops.gateway)
    declines(shops, 2)
    first = log.vkey()
    gateway.stop()
    key = gateway.state / "log.key"
    assert oct(key.stat().st_mode)[-3:] == "600"
    key.rename(gateway.folder / "log.key")
    # The second time nothing but the database knows that there was a key.
    for _ in range(2):
        told = subprocess.run(serve(gateway), capture_output=True, text=True, timeout=60)
        assert told.returncode == 1 and "put the key file back" in told.stderr, told.stderr
        assert not key.exists()
        (gateway.state / "checkpoints.log").unlink(missing_ok=True)
    (gateway.folder / "log.key").rename(key)
    gateway.start(port=gateway.port)
    assert log.vkey() == first
    Checkpoint.from_text(log.settled()).verify(Vkey.from_string(first))


def serve(gateway) -> list[str]:
    return [
        str(binary()), "serve", "--state", str(gateway.state), "--merchants", str(gateway.merchants), "--port",
        str(gateway.port), "--set", "log.origin=keyless.example"]
