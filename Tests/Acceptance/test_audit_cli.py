"""The audit commands on a running gateway: OPS-FIND, OPS-TRACE, OPS-ACCESS.

Before the first operator the server's own user reads, and each look at one payment is a leaf. What the commands
say is compared with what the shops were told over HTTP.
"""

import base64
import json
import re

import pytest

from auditedshops import FORMULAS
from webshop import made_up_id, new_reference

EXAMPLE = "status:declined reason:code_app_required merchant:nordlys since:7d amount>50000 DKK"


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


def test_OPS_FIND_the_contracts_example_finds_what_is_above_the_amount(auditor, audited):
    assert auditor.ids(EXAMPLE) == audited.by_code[:0:-1]
    assert auditor.ids(*EXAMPLE.split()) == audited.by_code[:0:-1], "in quotes or not is the same"
    assert auditor.ids(EXAMPLE.replace("amount>", "amount>=")) == audited.by_code[::-1]
    assert auditor.ids(EXAMPLE.replace("DKK", "SEK")) == []
    assert auditor.ids("merchant:nordlys amount<50001 DKK reason:code_app_required") == audited.by_code[:1]


def test_OPS_FIND_tables_json_and_csv_say_the_same(auditor, audited, seen):
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


def test_OPS_FIND_by_the_beginning_of_a_merchant_order_card_code_and_ids(auditor, audited, seen):
    def those(is_meant) -> set[str]:
        return {one["id"] for one in seen.values() if is_meant(one)}
    nordlys = those(lambda one: one["merchant"] == "nordlys")
    assert set(auditor.ids("merchant:nord")) == set(auditor.ids("merchant:nordlys")) == nordlys
    svanen = those(lambda one: one["merchant"] == "svanen")
    assert set(auditor.ids("merchant:nordlys,svanen", "--limit", "100")) == nordlys | svanen
    assert set(auditor.ids("card:4444")) == those(lambda one: one["card"]["last4"] == "4444")
    assert set(auditor.ids("code:05")) == those(lambda one: one["decline"]["network_code"] == "05") != set()
    denied = audited.denied
    for term in (denied["order"]["reference"], "order:" + denied["order"]["reference"], denied["id"],
                 denied["decisions"][0]["id"], denied["confirmation"]["id"]):
        assert auditor.ids(term) == [denied["id"]], term
    assert auditor.ids("order:=1+1") == [audited.formulas[0]["id"]]
    assert auditor.ids(made_up_id("auth")) == [] and auditor.ids(new_reference()) == []


def test_OPS_FIND_by_the_record_that_the_order_named(auditor, audited):
    record = audited.exhausted["order"]["lines"][0]["prescription"]["record"]
    assert audited.exhausted["id"] in auditor.ids(record)


def test_OPS_FIND_other_states_are_listed_when_asked_for(auditor, audited, seen):
    assert set(auditor.ids("status:approved")) == set(audited.approved)
    every = auditor.ids("status:any", "--limit", "100")
    assert set(audited.approved) | seen.keys() < set(every)


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


def test_OPS_EXPORT_a_cell_that_begins_like_a_formula_is_made_harmless(auditor, audited):
    cells = {row[3] for row in auditor.table("declined", "--limit", "100")}
    assert {"'" + text for text in FORMULAS} <= cells
    assert not [cell for row in auditor.table("declined", "--limit", "100")[1:] for cell in row
                if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


# explain


def test_OPS_TRACE_what_the_issuer_said_stands_in_the_story(auditor, audited):
    for shop in audited.refused:
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


def test_OPS_TRACE_as_text_with_rule_statement_answer_leaf_and_proof(auditor, audited):
    text = auditor.told("explain", audited.denied["id"])
    leaf = audited.log and auditor.story(audited.denied["id"])["decisions"][-1]["leaf"]
    for part in ("confirmation_denied", "verdict-approves", "What the app showed", '"amount":77700', "deny",
                 f"leaf {leaf}, in the checkpoint", "bogbixen", audited.denied["order"]["reference"]):
        assert part in text, part


def test_OPS_TRACE_by_decision_is_the_story_of_its_payment(auditor, audited):
    decision = audited.denied["decisions"][0]["id"]
    assert auditor.story(decision)["id"] == audited.denied["id"]


def test_OPS_TRACE_a_pharmacy_order_with_its_arithmetic_and_the_hidden_reason(auditor, audited):
    story, shop = auditor.story(audited.exhausted["id"]), audited.exhausted
    assert (story["reason"], shop["decline"]["reason"]) == ("rx_exhausted", "rx_exhausted")
    text = auditor.told("explain", shop["id"])
    assert "prescribed 1, handed over 1, held 0, left 0" in text
    assert "RX-SIG  pass" in text and "rx_exhausted" in text
    leaf = shop["decisions"][0]["leaf"]
    assert f"leaf {leaf}" in text
    stored, = auditor.query("SELECT bytes, body FROM leaves WHERE position = ?", leaf)
    assert b"rx_exhausted" not in b"".join(stored), "in the leaf it is a commitment"


def test_OPS_ACCESS_each_story_leaves_a_leaf_and_a_list_leaves_none(auditor, audited):
    subject, before = audited.denied["id"], auditor.leaves("operator_read")
    auditor.told("explain", subject)
    assert auditor.leaves("operator_read") == before + 1
    auditor.told("explain", audited.denied["decisions"][0]["id"])
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
def test_OPS_TRACE_on_a_copy_nothing_is_recorded_and_that_is_said(auditor, audited, tmp_path, files):
    other = auditor.copied(tmp_path / "copy", *files)
    before = other.leaves("operator_read"), auditor.leaves("operator_read")
    asked = [("explain", audited.denied["id"], "--copy"), ("declined", "--copy")]
    for arguments in asked + [("export", "--copy", "--vkey", audited.log.vkey())] * bool(files):
        done = other.run(*arguments)
        assert done.returncode == 0 and "not recorded" in done.stderr, (arguments, done.stderr)
        assert audited.denied["id"] in done.stdout
    assert (other.leaves("operator_read"), auditor.leaves("operator_read")) == before


def test_OPS_ACCESS_a_gateway_with_its_keys_is_no_copy(auditor, audited):
    before = auditor.leaves("operator_read")
    done = auditor.run("explain", audited.denied["id"], "--copy")
    assert (done.returncode, done.stdout) == (1, "") and auditor.leaves("operator_read") == before
