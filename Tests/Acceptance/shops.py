"""A gateway with the merchants that the tests trade as."""

from gateway import Gateway
from scenes import LIMIT_DKK, ORIGIN, Scene
from webshop import Webshop

# Every gateway of this run: the last test looks through what they have written.
started: list[Gateway] = []


class Shops:
    """A gateway with its merchants, started."""

    def __init__(self, folder, environment: dict | None = None, **settings):
        self.gateway = Gateway(
            folder, {name.replace("__", "."): value for name, value in settings.items()},
            environment=environment or {})
        self.keys = {
            "bogbixen": self.gateway.add_merchant(
                "bogbixen", "Bogbixen ApS", origin=ORIGIN, currencies=("DKK", "JPY", "BHD")),
            "modehuset": self.gateway.add_merchant("modehuset", "Modehuset Ærø ApS"),
            "listehuset": self.gateway.add_merchant("listehuset", "Listehuset"),
            "apoteket": self.gateway.add_merchant(
                "apoteket", "Apoteket Svanen", kind="pharmacy", gln="5790000000005")}
        self.keys["lukket"] = self.gateway.add_merchant("lukket", "Lukket ApS")
        self.gateway.amend_merchant("lukket", "suspended: true")
        self.gateway.amend_merchant("modehuset", f"limits:\n  DKK: {LIMIT_DKK}")
        self.gateway.start()
        started.append(self.gateway)

    def shop(self, merchant: str = "bogbixen") -> Webshop:
        keys = self.keys[merchant]
        return Webshop(self.gateway.base, keys.secret, keys.publishable, merchant)

    def scene(self, merchant: str = "bogbixen") -> Scene:
        return Scene(self.gateway, self.shop(merchant))

    def end(self) -> None:
        assert self.gateway.stop() == 0, "SIGTERM must drain and end with 0"
