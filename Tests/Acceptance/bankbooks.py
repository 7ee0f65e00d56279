"""The bank's own books: what it holds for each authorization, took, gave back and let go.

It knows a payment by what ISO 8583:1987 gives it: elements 7, 11, 37 and 41 name a message, element 90 names the
message that a capture, refund or reversal follows. A message that comes again gets the answer it got before.
"""

from dataclasses import dataclass, field

from bankplans import Plan

KINDS = {"01": "authorize", "02": "refund", "04": "reversal", "06": "inquiry"}


def kind_of(message: dict) -> str:
    """What a request asks for. 022x is an advice of what was captured."""
    return "capture" if message["t"][:3] == "022" else KINDS[message["t"][:2]]


def name_of(message: dict) -> tuple[str, ...]:
    return tuple(message[element] for element in ("7", "11", "37", "41"))


@dataclass
class Account:
    """One authorization. All amounts in minor units."""

    card: str
    currency: str
    asked: int
    acceptor: str
    code: str
    approval: str | None = None
    held: int = 0
    captured: int = 0
    refunded: int = 0
    asked_for: dict = field(default_factory=dict)  # follow-ups that arrived, by kind: refused ones too

    @property
    def reversals(self) -> int:
        return self.asked_for.get("reversal", 0)


@dataclass
class Books:
    """Accounts by (element 11, element 7) of their authorization; answers by kind and name of their request."""

    accounts: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    given_up: set = field(default_factory=set)  # reversed before they arrived
    faults: list = field(default_factory=list)  # what no client of a bank may do
    _traces: dict = field(default_factory=dict)

    def of(self, card) -> list[Account]:
        """All authorizations of one card, in order."""
        return [account for account in self.accounts.values() if account.card == card.number]

    def followed(self, message: dict) -> Account | None:
        """The authorization that element 90 names."""
        original = message.get("90", "")
        return self.accounts.get((original[4:10], original[10:20]))

    def answer(self, message: dict, plan: Plan) -> dict:
        """Books a request and gives what its answer says: elements 39, 4 and 38."""
        kind, name = kind_of(message), name_of(message)
        known = self.answers.get((kind, name))
        if known:
            return known
        self._number(message)
        if kind in plan.loses:
            return {"39": "96"}
        said = self._authorize(message, plan) if kind == "authorize" else self._follow(kind, message, plan)
        if said.pop("final", True):
            self.answers[kind, name] = said
        return said

    def _number(self, message: dict) -> None:
        """Element 11 counts: within a day no two messages of a terminal share one."""
        trace, day = message["11"], message["7"][:4]
        other = self._traces.setdefault((day, message["41"], trace), message["7"])
        if other != message["7"] or trace == "000000":
            self.faults.append(f"element 11 came twice on a day: {trace}")

    def _authorize(self, message: dict, plan: Plan) -> dict:
        key, asked = (message["11"], message["7"]), int(message["4"])
        if key in self.given_up:
            return {"39": "12"}
        account = self.accounts[key] = Account(message["2"], message["49"], asked, message["42"], plan.code)
        if not plan.approves:
            return {"39": plan.code}
        account.held, account.approval = asked // plan.part, message["11"]
        return {"39": plan.code, "38": account.approval, "4": f"{account.held:012}"}

    def _follow(self, kind: str, message: dict, plan: Plan) -> dict:
        account, amount = self.followed(message), int(message["4"])
        if account is None:
            original = message.get("90", "")
            if kind == "reversal":
                self.given_up.add((original[4:10], original[10:20]))
                return {"39": "00"}
            return {"39": "25"}
        if (account.currency, account.acceptor) != (message["49"], message["42"]):
            self.faults.append(f"a {kind} in another currency or of another acceptor")
            return {"39": "12"}
        account.asked_for[kind] = account.asked_for.get(kind, 0) + 1
        codes = plan.codes.get(kind, ["00"])
        code = codes[min(account.asked_for[kind], len(codes)) - 1]
        return self._book(kind, account, amount) if code == "00" else {"39": code, "final": False}

    def _book(self, kind: str, account: Account, amount: int) -> dict:
        if kind == "reversal":
            account.held = 0
        elif kind == "capture":
            if amount > account.held:
                self.faults.append(f"a capture of {amount} of {account.held}")
                return {"39": "13"}
            account.held, account.captured = account.held - amount, account.captured + amount
        else:
            if amount > account.captured - account.refunded:
                self.faults.append(f"a refund of {amount} of {account.captured - account.refunded}")
                return {"39": "13"}
            account.refunded += amount
        return {"39": "00"}
