"""The operator console in a real browser, with and without scripts: OPS-WEB, OPS-FIND, OPS-TRACE, OPS-ACCESS."""

import csv
import json
import re

import pytest
import requests

from browser import Browser, close, flaws, keep, overflow
from operators import Office
from pharmacies import Pharmacies, medicine
from prescribers import line
from webshop import TIMEOUT_SECONDS, new_reference, page_token

CANARY = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A gateway of its own with declines of several kinds, and its operators."""
    world = Pharmacies(
        tmp_path_factory.mktemp("console"), push__budget=1000, enrolment__hold_seconds=0,
        acquirer__timeout_seconds=2)
    try:
        world.office = Office(world.gateway)
        world.declined = _declines(world)
        yield world
    finally:
        world.end()


def _declines(world) -> dict[str, str]:
    """One authorization for each of some reasons, by reason."""
    made = {}
    scene = world.scene()
    pending = scene.pending(order={"reference": CANARY, "lines": [
        {"description": "En bog", "quantity": 1, "unit_amount": 24900}]})
    scene.shop.attempt(
        pending["confirmation"]["id"], "key_card", "123456", bearer=page_token(pending))
    made["code_app_required"] = pending["id"]
    scene = world.scene()
    pending = scene.pending(77700)
    scene.app.decide(pending, "deny")
    made["confirmation_denied"] = pending["id"]
    made["currency_not_allowed"] = world.scene().created(100, currency="SEK")["id"]
    counter = world.counter()
    record = counter.prescribed(line(handovers=1))
    made["handed_over"] = counter.handed_over(record)["id"]
    order = counter.created(medicine(record))
    assert order["status"] == "declined", order["status"]
    made["rx_exhausted"] = order["id"]
    scene = world.scene()
    made["approved"] = scene.approved()["id"]
    return made


@pytest.fixture(scope="module")
def browser():
    browser = Browser()
    yield browser
    browser.close()


def sign_in(page, operator) -> None:
    """As a person does it; the page looks for the app's answer by itself."""
    base = operator.gateway.base
    page.goto(base + "/console")
    assert page.url == base + "/console/sign-in"
    page.fill("#user", operator.user_id)
    page.fill("#password", operator.password)
    page.click("main button")
    operator.confirm(page.inner_text(".match").strip())
    page.wait_for_url(base + "/console", timeout=15_000)


@pytest.fixture(scope="module")
def anna(browser, world):
    """A page on which the first administrator is signed in."""
    page = browser.page()
    sign_in(page, world.office.anna)
    return page


@pytest.mark.parametrize("scripts", [True, False])
def test_OPS_WEB_sign_in_filter_open_a_decline_export_and_sign_out(browser, world, scripts):
    page = browser.page(scripts=scripts, language="en", accept_downloads=True)
    base = world.gateway.base
    sign_in(page, world.office.bo)
    assert page.inner_text("h1") == "Payments"
    page.fill("#q", "status:declined reason:code_app_required")
    page.click("form.search button")
    rows = page.locator("main table tbody tr").filter(has=page.locator(".state"))
    assert rows.count() == 1
    assert CANARY in rows.first.inner_text()
    with page.expect_download() as download:
        page.click("text=Download as CSV")
    lines = list(csv.reader(open(download.value.path(), newline="")))
    assert download.value.suggested_filename.endswith(".csv") and len(lines) >= 2
    with page.expect_download() as download:
        page.click("text=Download as JSON lines")
    manifest = json.loads(open(download.value.path()).readline())
    assert manifest["format"] == "godkend-export@v1" and manifest["filter"].startswith("status:declined")
    rows.first.locator("a").first.click()
    assert page.url == f"{base}/console/authorizations/{world.declined['code_app_required']}"
    assert "Another factor than the code app" in page.inner_text("section.answer")
    page.click("text=Sign out")
    assert page.url == base + "/console/sign-in"
    page.goto(base + "/console/lists")
    assert page.url == base + "/console/sign-in"
    close(page)


def test_OPS_WEB_everything_by_keyboard(browser, world):
    page = browser.page(language="en")
    base, anna = world.gateway.base, world.office.anna
    page.goto(base + "/console/sign-in")
    _tab_to(page, "#user")
    page.keyboard.type(anna.user_id)
    page.keyboard.press("Tab")
    page.keyboard.type(anna.password)
    page.keyboard.press("Enter")
    page.wait_for_selector(".match")
    anna.confirm(page.inner_text(".match").strip())
    page.wait_for_url(base + "/console", timeout=15_000)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0, "the skip link is seen"
    page.keyboard.press("Enter")
    _tab_to(page, "#q")
    page.keyboard.press("Control+A")
    page.keyboard.type("reason:confirmation_denied")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=reason%3Aconfirmation_denied")
    _tab_to(page, "main table tbody a[href*='/authorizations/']")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid", "the focus is seen"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/authorizations/{world.declined['confirmation_denied']}")
    _tab_to(page, "summary")
    was_open = page.evaluate("document.activeElement.parentElement.open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") != was_open
    close(page)


def _tab_to(page, selector: str, presses: int = 80) -> None:
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


PAGES = {
    "payments": "/console", "flaw": "/console?q=status:declined+resaon:x", "charts": "/console/charts",
    "nothing": "/console?q=order:findes-ikke", "lists": "/console/lists", "log": "/console/log",
    "changes": "/console/changes", "operators": "/console/operators",
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_OPS_WEB_axe_finds_nothing_and_narrow_pages_stand_still(browser, world, anna, language, scheme):
    page = browser.like(anna, language=language, scheme=scheme)
    pages = PAGES | {reason: f"/console/authorizations/{id}" for reason, id in world.declined.items()}
    pages["customer"] = "/console/customers/" + world.gateway.customer().id
    _ask_for_a_block(world)
    for name, path in pages.items():
        response = page.goto(world.gateway.base + path)
        assert response.status == 200, path
        assert page.get_attribute("html", "lang") == language
        keep(page, f"{name}-{language}-{scheme}")
        assert flaws(page) == [], path
        assert overflow(page) == 0, path
    close(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_OPS_WEB_axe_finds_nothing_before_the_sign_in(browser, world, scheme):
    page = browser.page(scheme=scheme)
    page.goto(world.gateway.base + "/console/sign-in?failed=1")
    keep(page, f"sign-in-{scheme}")
    assert flaws(page) == [] and overflow(page) == 0
    page.fill("#user", world.office.anna.user_id)
    page.fill("#password", world.office.anna.password)
    page.click("main button")
    # It refreshes itself, which axe objects to; whoever is disturbed by that can stop it.
    assert flaws(page, without=("meta-refresh",)) == []
    page.click("a[href*=still]")
    keep(page, f"app-{scheme}")
    assert flaws(page) == [] and overflow(page) == 0
    world.office.anna.confirm(page.inner_text(".match").strip())
    page.click("main button")
    page.wait_for_url(world.gateway.base + "/console")
    close(page)


_asked: list[str] = []


def _ask_for_a_block(world) -> None:
    """One request that waits, so that its page is not empty."""
    if _asked:
        return
    customer = world.gateway.customer()
    world.run("customer", "block", "--customer", customer.id)
    http = world.office.anna.visit()
    page = http.get(f"{world.gateway.base}/console/customers/{customer.id}", timeout=TIMEOUT_SECONDS)
    token = re.search(r'name="token" value="([^"]+)"', page.text).group(1)
    asked = http.post(
        world.gateway.base + "/console/changes", timeout=TIMEOUT_SECONDS,
        data={"token": token, "kind": "customer.unblock", "subject": customer.id})
    assert asked.url.endswith("/console/changes?done=asked"), asked.text
    _asked.append(customer.id)


@pytest.mark.parametrize("scripts", [True, False])
def test_OPS_ACCESS_a_second_person_approves_what_the_first_asked_for(browser, world, scripts):
    customer = world.gateway.customer()
    base = world.gateway.base
    world.run("customer", "block", "--customer", customer.id)
    first, second = browser.page(scripts=scripts), browser.page(scripts=scripts)
    sign_in(first, world.office.anna)
    first.goto(f"{base}/console/customers/{customer.id}")
    assert first.locator(".state.bad").count() >= 1
    first.click("text=Ophæv spærring af kunde")
    assert first.url == base + "/console/changes?done=asked"
    request = first.locator("article.change", has_text=customer.id)
    assert request.locator("button[value=approve]").count() == 0, "nobody approves what they asked for"
    digest = request.locator(".digest code").inner_text()
    sign_in(second, world.office.bo)
    second.goto(base + "/console/changes")
    waiting = second.locator("article.change", has_text=customer.id)
    assert waiting.locator(".digest code").inner_text() == digest
    waiting.locator("button[value=approve]").click()
    assert second.url == base + "/console/changes?done=approved"
    second.goto(f"{base}/console/customers/{customer.id}")
    assert second.locator("text=Ophæv spærring af kunde").count() == 0
    close(first)
    close(second)


def test_OPS_ACCESS_the_new_operators_activation_code_is_shown_to_whoever_approves(browser, world):
    person, request = world.office.candidate("vera-viewer", "Vera Viewer", "viewer")
    page = browser.page()
    sign_in(page, world.office.bo)
    page.goto(world.gateway.base + "/console/changes")
    page.locator("article.change", has_text=request["request"]).locator("button[value=approve]").click()
    person.enrol(page.locator("dd code").first.inner_text())
    close(page)
    viewer = browser.page()
    sign_in(viewer, person)
    assert viewer.locator(".menu a").all_inner_texts() == ["Afvisninger", "Diagrammer", "Lister", "Log"]
    assert viewer.locator("a[href*='/authorizations/']").count() == 0
    for path in (f"/console/authorizations/{world.declined['rx_exhausted']}", "/console/changes",
                 "/console/operators", "/console/export"):
        response = viewer.goto(world.gateway.base + path)
        assert response.status == 403, path
        assert flaws(viewer) == []
    keep(viewer, "refused")
    viewer.context.close()


def test_OPS_FIND_a_view_is_kept_and_forgotten(browser, anna, world):
    page = browser.like(anna)
    page.goto(world.gateway.base + "/console?q=by:prescription+since:7d")
    page.click("text=Gem visningen >> nth=0")
    page.fill("#view", "Recepter, uge")
    page.press("#view", "Enter")
    page.click("a:text-is('Recepter, uge')")
    assert page.input_value("#q") == "by:prescription since:7d"
    page.click("button[aria-label='Slet: Recepter, uge']")
    assert page.locator("a:text-is('Recepter, uge')").count() == 0
    close(page)


def test_OPS_TRACE_the_arithmetic_of_a_prescription_is_told(browser, anna, world):
    page = browser.like(anna, language="en")
    page.goto(f"{world.gateway.base}/console/authorizations/{world.declined['rx_exhausted']}")
    row = page.locator("#arithmetic").locator("xpath=..").locator("tbody tr").first
    assert row.locator("td.number").all_inner_texts() == ["1", "1", "0", "0"]
    assert "RX-COUNT" in page.inner_text("section.answer")
    close(page)


def test_OPS_WEB_the_pages_print_on_paper_without_their_tools(browser, anna, world):
    page = browser.like(anna)
    page.goto(f"{world.gateway.base}/console/authorizations/{world.declined['code_app_required']}")
    page.emulate_media(media="print")
    assert not page.is_visible(".menu") and not page.is_visible("text=Log ud")
    assert page.is_visible(".printed") and page.is_visible("section.answer")
    close(page)


def test_OPS_WEB_no_page_says_who_the_customers_are(world):
    """A canary scan: no card number, no person's number, no code or password is on any page."""
    http = world.office.bo.visit()
    canaries = [secret for secret in world.gateway.secrets if len(secret.value) >= 8 and not secret.may_rest]
    paths = list(PAGES.values()) + [f"/console/authorizations/{id}" for id in world.declined.values()]
    for path in paths + ["/console/export?format=csv&q=status:any", "/console/export?format=jsonl&q=status:any"]:
        response = http.get(world.gateway.base + path, timeout=TIMEOUT_SECONDS)
        assert response.status_code == 200, path
        assert [one.label for one in canaries if one.value in response.text] == [], path
        assert not re.search(r"\b\d{6}-\d{4}\b|\b4242 ?4242 ?4242 ?4242\b", response.text), path
        assert CANARY not in response.text, path


def test_OPS_WEB_a_form_from_elsewhere_is_refused(world):
    http = world.office.bo.visit()
    page = http.get(world.gateway.base + "/console", timeout=TIMEOUT_SECONDS)
    token = re.search(r'name="token" value="([^"]+)"', page.text).group(1)
    post = {"token": token, "name": "x", "q": "status:any"}
    address = world.gateway.base + "/console/views"
    for headers, body in [
            ({"Origin": "https://evil.example"}, post), ({"Origin": "null"}, post), ({"Origin": None}, post),
            ({"Sec-Fetch-Site": "cross-site"}, post), ({}, post | {"token": ""}),
            ({}, post | {"token": token[:-1] + ("A" if token[-1] != "A" else "B")})]:
        response = http.post(address, data=body, headers=headers, timeout=TIMEOUT_SECONDS)
        assert response.status_code == 403, (headers, response.url)
    assert http.post(address, data=post, timeout=TIMEOUT_SECONDS).status_code == 200
    assert requests.get(world.gateway.base + "/console/log", timeout=TIMEOUT_SECONDS).url.endswith("/sign-in")


def test_OPS_FIND_an_order_reference_is_found(browser, anna, world):
    reference = new_reference()
    scene = world.scene()
    pending = scene.pending(order={"reference": reference, "lines": [
        {"description": "En bog", "quantity": 1, "unit_amount": 24900}]})
    page = browser.like(anna)
    page.goto(world.gateway.base + "/console")
    page.fill("#q", reference)
    page.press("#q", "Enter")
    link = page.locator(f"a[href='/console/authorizations/{pending['id']}']")
    assert link.count() == 1
    scene.shop.cancel(pending["id"])
    close(page)
