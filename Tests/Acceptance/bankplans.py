"""What the bank does with a card: all of CONTRACT section 11's endings, and what banks do besides."""

from dataclasses import dataclass, field

ECHO = "as it was asked"


@dataclass(frozen=True)
class Plan:
    """How one card's messages are answered. The kinds are `authorize`, `capture`, `refund`, `reversal`, `inquiry`."""

    code: str = "00"  # DE 39 of an authorization's answer
    approves: bool = True  # money is held, and DE 38 says so
    part: int = 1  # one over this of the amount is held
    extra: dict = field(default_factory=dict)  # elements of all answers besides; ECHO: as asked; None: left out
    codes: dict = field(default_factory=dict)  # DE 39 of follow-ups by kind, one a message; the last stays
    silent: frozenset = frozenset()  # kinds that are not answered
    closes: frozenset = frozenset()  # kinds on which the connection is closed instead
    seconds: float = 0  # before an authorization is answered
    copies: int = 1  # of an authorization's answer
    loses: frozenset = frozenset()  # kinds that the bank hears and does not book
    raw: dict = field(default_factory=dict)  # bytes sent before an answer, by kind

    def changed(self, answer: dict, request: dict) -> dict:
        """An answer as this plan writes it. Only authorizations have every element to echo."""
        extra = {name: request.get(name) if text == ECHO else text for name, text in self.extra.items()}
        return {name: text for name, text in (answer | extra).items() if text is not None}


def refuses(code: str) -> Plan:
    return Plan(code=code, approves=False)


NEVER = frozenset({"authorize", "inquiry"})

BY_ENDING = {
    "0002": refuses("05"), "9995": refuses("51"), "9987": refuses("41"), "9979": refuses("43"),
    "0069": refuses("54"), "0127": refuses("N7"), "0119": refuses("96"),
    "7106": Plan(silent=NEVER),
    "7205": Plan(seconds=4, silent=frozenset({"inquiry"})),
    "7304": Plan(copies=2),
    "7403": Plan(codes={"reversal": ["96", "96", "00"]}),
    "7502": Plan(code="10", part=2),
}


class Plans:
    """The plan of each card: the one that a test made, else that of its last four digits."""

    def __init__(self):
        self._made: dict[str, Plan] = {}

    def make(self, card, **changes) -> None:
        """From now on this card's messages are answered so. `card` is one of a customer's."""
        self._made[card.number] = Plan(**changes)

    def of(self, number: str) -> Plan:
        return self._made.get(number) or BY_ENDING.get(number[-4:]) or Plan()
