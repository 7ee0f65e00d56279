"""Exports of the decision log, checked by a receiver of our own making: OPS-EXPORT, LOG-TAMPER."""

import copy
import json

import pytest
from pymerkle import InmemoryTree
from tlog_scales.tlog import Checkpoint

from exports import Export, Flaw, leaf_bytes


def test_OPS_EXPORT_a_receiver_with_the_key_finds_all_declines_and_none_removed(auditor, audited, exported, seen):
    size = exported.check(audited.log.vkey())
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
def test_LOG_TAMPER_an_export_that_was_changed_is_found_by_both_checks(audited, auditor, exported, tmp_path, kind):
    forged = copy.deepcopy(exported)
    path = tmp_path / "export.jsonl"
    path.write_text(forged.text)
    check = ["audit", "check-export", str(path), "--vkey", audited.log.vkey()]
    audited.gateway.run(*check)
    _spoil(kind, forged)
    with pytest.raises(Flaw):
        forged.check(audited.log.vkey())
    path.write_text(forged.text)
    assert audited.gateway.run(*check, expect=1) is not None


def test_OPS_EXPORT_a_stretch_continues_the_checkpoint_that_the_receiver_has(audited, auditor, tmp_path):
    earlier = tmp_path / "earlier"
    earlier.write_text(audited.first)
    for start, end in ((3, audited.size - 3), (audited.size // 2, audited.size // 2 + 1), (0, audited.size), (64, 129)):
        export = Export.read(auditor.told(
            "export", "status:any", "--from", str(start), "--to", str(end), "--checkpoint", str(earlier)))
        # A neighbour on each side may come along, so that the asked stretch is seen to be whole.
        assert start - 1 <= export.manifest["from"] <= start and end <= export.manifest["to"] <= end + 1
        assert export.check(audited.log.vkey(), None, audited.first) >= audited.size
    export.manifest["consistency"] = export.manifest["consistency"][:-1]
    with pytest.raises(Flaw):
        export.check(audited.log.vkey(), None, audited.first)


def test_OPS_EXPORT_by_time_and_reason_the_rest_keeps_to_itself(audited, auditor):
    export = Export.read(auditor.told("export", "reason:code_app_required since:1h"))
    export.check(audited.log.vkey(), None)
    assert [one["subject"] for one in export.shown] == audited.by_code
    hidden = "".join(json.dumps(one) for one in export.lines if "body" not in one)
    assert "auth_" not in hidden and "bogbixen" not in hidden and "rx_" not in hidden


def test_OPS_EXPORT_csv_has_the_leaves_inside_the_filter_and_a_proof_beside_it(audited, auditor, seen, tmp_path):
    table, proof = tmp_path / "declines.csv", tmp_path / "proof.jsonl"
    auditor.told("export", "--format", "csv", "--output", str(table), "--proof", str(proof))
    for path in (table, proof):
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} is open to others"
    export = Export.read(proof.read_text())
    export.check(audited.log.vkey())
    lines = table.read_text().splitlines()
    columns = lines[0].split(",")
    indexes = [int(row.split(",")[columns.index("index")]) for row in lines[1:]]
    assert indexes == [one["index"] for one in export.shown] and len(indexes) == len(seen)
    with open(table, newline="") as file:
        assert not any(cell[:1] in set("=+-@") for row in file for cell in row.rstrip("\r\n").split(","))
