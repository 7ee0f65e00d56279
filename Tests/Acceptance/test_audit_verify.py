"""`godkend audit verify` beside a running gateway and on copies that somebody changed: LOG-TAMPER."""

import shutil

import pytest

FILES = ("log.key", "master.key", "receipt.key", "checkpoints.log")


def test_LOG_TAMPER_verify_beside_the_running_server_with_an_old_checkpoint_and_the_key(audited, auditor, tmp_path):
    auditor.told("verify")
    old = tmp_path / "old"
    old.write_text(audited.first)
    done = auditor.run("verify", "--checkpoint", str(old), "--vkey", audited.log.vkey())
    assert done.returncode == 0 and "1 kept elsewhere" in done.stdout, done.stderr
    name, _, key = audited.log.vkey().rpartition("+")
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
def test_LOG_TAMPER_a_changed_payment_is_found_and_named(audited, auditor, tmp_path, change):
    other = auditor.copied(tmp_path / "copy", *FILES)
    assert other.run("verify").returncode == 0
    other.tamper(TAMPERED[change].format(id=audited.denied["id"]))
    done = other.run("verify")
    assert done.returncode == 1, done.stdout
    assert audited.denied["id"] in done.stdout + done.stderr


def test_LOG_TAMPER_a_leaf_that_was_removed_from_the_end_is_found(audited, auditor, tmp_path):
    audited.log.settled()
    other = auditor.copied(tmp_path / "copy", *FILES)
    other.tamper("DELETE FROM leaves WHERE position = (SELECT max(position) FROM leaves)")
    done = other.run("verify")
    assert done.returncode == 1, done.stdout


def test_LOG_TAMPER_an_older_copy_is_found_by_the_checkpoints_or_one_kept_elsewhere(audited, auditor, tmp_path):
    older = auditor.copied(tmp_path / "older", *FILES)
    scene = audited.scene()
    scene.created(100, currency="SEK")
    (tmp_path / "newer").write_text(audited.log.settled())
    assert older.run("verify").returncode == 0, "by itself it is what it was"
    assert older.run("verify", "--checkpoint", str(tmp_path / "newer")).returncode == 1
    shutil.copy(audited.gateway.state / "checkpoints.log", older.state / "checkpoints.log")
    assert older.run("verify").returncode == 1


def test_LOG_TAMPER_a_leaf_and_its_hash_that_were_changed_together_are_found(audited, auditor, tmp_path):
    leaf = auditor.story(audited.denied["id"])["decisions"][-1]["leaf"]
    decision = audited.denied["decisions"][0]["id"]
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
        assert str(leaf) in done.stdout + done.stderr or audited.denied["id"] in done.stdout + done.stderr
