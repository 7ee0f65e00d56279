"""A gateway whose acquirer is the bank of these tests, by ISO 8583 over TCP."""

from bank import Bank
from bankbooks import Account
from codeapp import CodeApp
from scenes import Scene
from shops import Shops


class CardScene(Scene):
    """A scene with one card, which no other scene has."""

    def __init__(self, gateway, shop, customer, ending: str):
        self.gateway, self.shop, self.customer = gateway, shop, customer
        self.app = CodeApp.of(gateway.base, customer)
        self.card = customer.card(ending)

    def token(self, ending: str = "") -> str:
        return self.shop.token(self.card)


class Hosted:
    """A bank, started, and shops at a gateway that speaks to it."""

    def __init__(self, folder, bank: Bank, **settings):
        self.bank = bank.start() if not bank.port else bank
        settings = {"push__budget": 1000, "enrolment__hold_seconds": 0, "acquirer__timeout_seconds": 2} | settings
        self.shops = Shops(
            folder, acquirer__kind="iso8583", acquirer__address=f"127.0.0.1:{bank.port}/4711", **settings)
        self.gateway.batch = 1  # a customer has many cards, and that is what these tests use up
        self._unused: list = []

    @property
    def gateway(self):
        return self.shops.gateway

    def scene(self, ending: str | None = None) -> CardScene:
        """A card with this ending; without one any card, and the bank does nothing special with it."""
        for customer, endings in self._unused:
            if ending in endings or (ending is None and endings):
                break
        else:
            customer = self.gateway.customer()
            endings = list(customer.cards)
            self._unused.append((customer, endings))
        taken = ending or endings[0]
        endings.remove(taken)
        scene = CardScene(self.gateway, self.shops.shop(), customer, taken)
        if ending is None:
            self.bank.plans.make(scene.card)
        return scene

    def account(self, card) -> Account:
        """The books of the only authorization of a card."""
        accounts = self.bank.books.of(card)
        assert len(accounts) == 1, accounts
        return accounts[0]

    def freed(self, card) -> None:
        """Waits until the bank holds nothing of a card any more."""
        self.bank.until(lambda: all(one.held == 0 for one in self.bank.books.of(card)))

    def meter(self, name: str, **labels) -> float:
        """The sum of a metric's samples that have these labels."""
        wanted, total = [f'{label}="{text}"' for label, text in labels.items()], 0.0
        for line in self.shops.shop().request("GET", "/metrics", bearer="").text.splitlines():
            sample, _, value = line.rpartition(" ")
            if sample.split("{")[0] in (name, f"{name}_total") and all(label in sample for label in wanted):
                total += float(value)
        return total

    def log(self) -> str:
        return self.gateway.log.read_text()

    def end(self) -> None:
        """Ends both. The bank must have understood everything, and been asked nothing that no bank is asked."""
        if self.gateway.process.poll() is None:
            self.shops.end()
        self.bank.stop()
        assert self.bank.unread == [], self.bank.unread
        assert self.bank.books.faults == [], self.bank.books.faults
