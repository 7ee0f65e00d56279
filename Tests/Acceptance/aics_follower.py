"""Follows the decision log with aics-tlog. Run by `test_log.py` as a process of its own, because that library
needs a newer Python than the other tests: a JSON object comes in on standard input, another goes out.
"""

import base64
import json
import sys

from aics_tlog import (
    HttpTileReader, audit_tiles, consistency_proof_from_tiles, inclusion_proof_from_tiles, leaf_hash,
    parse_checkpoint, parse_note, parse_vkey, tree_root_from_tiles, verify_checkpoint, verify_consistency,
    verify_inclusion)


def opened(text: str, key):
    """The checkpoint of a note, or None when the note is not signed by the key."""
    try:
        result = verify_checkpoint(parse_note(text), key)
    except ValueError:
        return None
    return parse_checkpoint(parse_note(text).text) if result.log_ok else None


def main() -> None:
    asked = json.load(sys.stdin)
    key = parse_vkey(asked["vkey"])
    reader = HttpTileReader(asked["base"], proxies={})
    old, new = opened(asked["old"], key), opened(asked["new"], key)
    consistency = consistency_proof_from_tiles(reader, old.size, new.size)
    told = {
        "origin": new.origin, "size": new.size,
        "root": tree_root_from_tiles(reader, new.size) == new.root,
        "tiles": audit_tiles(reader, new.size, new.root, entries=False).tiles,
        "consistent": verify_consistency(old.size, new.size, old.root, new.root, consistency),
        "refused": {}, "included": [],
    }
    for leaf in asked["leaves"]:
        data, index = base64.b64decode(leaf["data"]), leaf["index"]
        path = inclusion_proof_from_tiles(reader, index, new.size)
        told["included"].append(verify_inclusion(leaf_hash(data), index, new.size, path, new.root))
        proof = [base64.b64decode(one) for one in leaf["proof"]]
        under = opened(leaf["checkpoint"], key)
        told["included"].append(verify_inclusion(leaf_hash(data), index, under.size, proof, under.root))

    data, index = base64.b64decode(asked["leaves"][0]["data"]), asked["leaves"][0]["index"]
    path = inclusion_proof_from_tiles(reader, index, new.size)
    other = bytes([data[0], data[1] ^ 1]) + data[2:]
    changed = [bytes([path[0][0] ^ 1]) + path[0][1:], *path[1:]]
    said = told["refused"]
    said["checkpoint"] = opened(asked["forged"], key) is None
    said["leaf"] = not verify_inclusion(leaf_hash(other), index, new.size, path, new.root)
    said["proof"] = not verify_inclusion(leaf_hash(data), index, new.size, changed, new.root)
    said["place"] = not verify_inclusion(leaf_hash(data), index + 1, new.size, path, new.root)
    said["history"] = not verify_consistency(old.size, new.size, bytes(32), new.root, consistency)
    try:
        audit_tiles(reader, new.size, bytes(32), entries=False)
        said["tiles"] = False
    except ValueError:
        said["tiles"] = True
    json.dump(told, sys.stdout)


main()
