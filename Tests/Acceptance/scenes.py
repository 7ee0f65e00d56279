"""Stories that many tests begin with: a payment that waits, is approved, is captured."""

from codeapp import CodeApp

ORIGIN = "https://bogbixen.example"
LIMIT_DKK = 1_000_000


class Scene:
    """A shop, a customer of its own and that customer's code app."""

    def __init__(self, gateway, shop):
        self.gateway, self.shop = gateway, shop
        self.customer = gateway.customer()
        self.app = CodeApp.of(gateway.base, self.customer)

    def token(self, ending: str = "4242") -> str:
        return self.shop.token(self.customer.card(ending))

    def created(self, amount: int = 24900, ending: str = "4242", **members) -> dict:
        """An authorization as the shop got it, pending or declined."""
        return self.shop.created(self.token(ending), amount, **members)

    def pending(self, amount: int = 24900, ending: str = "4242", **members) -> dict:
        authorization = self.created(amount, ending, **members)
        assert authorization["status"] == "requires_confirmation", authorization["decline"]
        return authorization

    def settled(self, amount: int = 24900, ending: str = "4242", seconds: float = 40, **members) -> dict:
        """Confirmed in the app, and the acquirer has answered."""
        authorization = self.pending(amount, ending, **members)
        self.app.approve(authorization)
        return self.shop.until(authorization["id"], seconds=seconds)

    def approved(self, amount: int = 24900, **members) -> dict:
        authorization = self.settled(amount, **members)
        assert authorization["status"] == "approved", authorization["decline"]
        return authorization

    def captured(self, amount: int = 24900) -> dict:
        response = self.shop.capture(self.approved(amount)["id"])
        assert response.status_code == 200, response.text
        return response.json()


def declined(authorization: dict, reason: str, by: str) -> dict:
    """Asserts one decline and gives its `decline` object."""
    assert authorization["status"] == "declined", authorization["status"]
    decline = authorization["decline"]
    assert (decline["reason"], decline["by"]) == (reason, by), decline
    assert {"reason", "by", "network_code", "advice", "message"} <= decline.keys()
    return decline
