"""The gateways that the tests share, each a process of the release binary with a state folder of its own.

Each is ended by SIGTERM when the tests are over and must exit with 0. `every_gateway` outlives the folders' use:
the last test looks through all logs and databases for what must not be there.
"""

import pytest

from auditedshops import audited_shops
from audits import Auditor
from bank import Bank
from bankspecs import ASCII, BCD
from certificates import PKI
from exports import Export
from gateway import Gateway
from hosted import Hosted
from patients import cpr_of, some_adult
from pharmacies import Counter, Pharmacies, Pharmacy
from scenes import Scene
from shops import Shops, started
from webshop import Webshop


def _shops(tmp_path_factory, name: str, **settings):
    shops = Shops(tmp_path_factory.mktemp(name), **settings)
    yield shops
    shops.end()


@pytest.fixture(scope="session")
def main(tmp_path_factory):
    """Roomy: no push budget in the way, no enrolment hold, an acquirer given up on after 2 s."""
    yield from _shops(
        tmp_path_factory, "main", push__budget=1000, enrolment__hold_seconds=0, acquirer__timeout_seconds=2)


@pytest.fixture(scope="session")
def strict(tmp_path_factory):
    """Every configuration key at its default."""
    yield from _shops(tmp_path_factory, "strict")


@pytest.fixture(scope="session")
def brief(tmp_path_factory):
    """Confirmations die after 2 s."""
    yield from _shops(tmp_path_factory, "brief", confirmation__ttl_seconds=2, push__budget=1000)


@pytest.fixture
def shop(main) -> Webshop:
    return main.shop()


@pytest.fixture
def scene(main) -> Scene:
    return main.scene()


@pytest.fixture
def fresh_shops(tmp_path_factory):
    """Makes gateways that one test may stop, kill and start again; ends those that still run."""
    made = []

    def make(name: str, **settings) -> Shops:
        made.append(Shops(tmp_path_factory.mktemp(name), **settings))
        return made[-1]

    yield make
    for shops in made:
        if shops.gateway.process.poll() is None:
            shops.end()


@pytest.fixture(scope="session")
def every_gateway() -> list[Gateway]:
    return started


@pytest.fixture(scope="session")
def pharmacies(tmp_path_factory):
    """Pharmacies, a clinic and a register at one gateway that trusts the PKI of these tests."""
    world = Pharmacies(
        tmp_path_factory.mktemp("pharmacies"), push__budget=1000, enrolment__hold_seconds=0,
        acquirer__timeout_seconds=2)
    yield world
    world.end()


@pytest.fixture
def counter(pharmacies) -> Counter:
    """A patient of its own at the first pharmacy."""
    return pharmacies.counter()


@pytest.fixture
def clinic(pharmacies) -> Pharmacy:
    """A clinic's system, which files records."""
    return pharmacies.pharmacy("klinik")


@pytest.fixture
def pki(pharmacies) -> PKI:
    return pharmacies.pki


@pytest.fixture
def cpr() -> str:
    """The number of somebody who is no customer."""
    return cpr_of(some_adult())


@pytest.fixture(scope="session")
def audited(tmp_path_factory):
    yield from audited_shops(tmp_path_factory.mktemp("audit"))


@pytest.fixture(scope="session")
def auditor(audited) -> Auditor:
    return Auditor(audited.gateway)


@pytest.fixture(scope="session")
def seen(audited) -> dict[str, dict]:
    """What the shops see of their declined payments, by id."""
    shops = [audited.pharmacy(name) for name in ("bogbixen", "nordlys", "svanen")]
    found = [one for shop in shops for one in shop.every("/v1/authorizations", status="declined")]
    assert len(found) >= 40, len(found)
    return {one["id"]: one for one in found}


@pytest.fixture(scope="session")
def exported(auditor) -> Export:
    return Export.read(auditor.told("export"))


@pytest.fixture(scope="session")
def spoken(tmp_path_factory) -> Hosted:
    """A gateway at a bank that speaks text: every setting of the line at its default."""
    hosted = Hosted(tmp_path_factory.mktemp("spoken"), Bank(spec=ASCII))
    yield hosted
    hosted.end()


@pytest.fixture(scope="session")
def packed(tmp_path_factory) -> Hosted:
    """A gateway at a bank that speaks packed numbers and bits."""
    hosted = Hosted(tmp_path_factory.mktemp("packed"), Bank(spec=BCD), acquirer__encoding="bcd")
    yield hosted
    hosted.end()


@pytest.fixture(params=["spoken", "packed"])
def hosted(request) -> Hosted:
    """Both."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def new_hosted(tmp_path_factory):
    """Makes a gateway with a bank of its own, for one test."""
    made = []

    def make(bank: Bank, **settings) -> Hosted:
        made.append(Hosted(tmp_path_factory.mktemp("hosted"), bank, **settings))
        return made[-1]

    yield make
    for hosted in made:
        hosted.end()
