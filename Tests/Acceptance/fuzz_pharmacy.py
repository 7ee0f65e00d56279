"""What the fuzzer's hooks may use of a pharmacy: signed records, records that may be seen, orders that are owed.

`prepared` runs in the test, beside the gateway; `FuzzedPharmacy` in the fuzzer's process, on what the first wrote down.
"""

import itertools
import threading

from pharmacies import Pharmacies, handed, medicine
from prescribers import bundle, cancellation, line, new_record, signed

RECORDS = 200
PATHS = ("/v1/prescriptions", "/v1/prescription_lookups")


def prepared(world: Pharmacies) -> dict:
    """Everything in JSON: keys, compact JWSs by use, ids."""
    counter, doctor = world.counter(), world.pki.doctor
    cpr = counter.patient.cpr
    records = [signed(bundle(cpr), doctor) for _ in range(RECORDS)]
    withdrawn = []
    for _ in range(6):
        record = new_record()
        filed = counter.clinic.filed(signed(bundle(cpr, record=record), doctor))["id"]
        withdrawn.append([filed, cancellation(record, doctor)])
    lookup = counter.shop.look_up(counter.patient.user_id).json()
    counter.app.approve(lookup)
    seen = [counter.prescribed(line(handovers=9)) for _ in range(3)]
    owed = [counter.captured(medicine(counter.prescribed(line(packages=5)), quantity=5))["id"] for _ in range(4)]
    undone = []
    for _ in range(2):
        done = counter.handed_over(counter.prescribed())
        undone.append([done["id"], done["handovers"][0]["id"]])
    return {
        "pharmacy": world.keys["svanen"].secret, "filer": world.keys["klinik"].secret,
        "user_id": counter.patient.user_id, "records": records, "withdrawn": withdrawn, "lookup": lookup["id"],
        "seen": seen, "owed": owed, "undone": undone}


def is_pharmacy_route(path: str) -> bool:
    return path.startswith(PATHS) or "/handovers" in path


class FuzzedPharmacy:
    """Puts ids that exist and signatures that hold into requests that were made to be taken."""

    def __init__(self, context: dict):
        self.__dict__ |= context
        self._lock = threading.Lock()
        self._seen, self._owed = itertools.cycle(self.seen), itertools.cycle(self.owed)

    def bearer(self, path: str) -> str:
        return self.filer if path.endswith("/cancel") and path.startswith(PATHS) else self.pharmacy

    def fill(self, case) -> None:
        with self._lock:
            name = case.operation.label
            if name == "POST /v1/prescriptions":
                self._sign(case, self.records.pop() if self.records else "")
            elif name == "POST /v1/prescriptions/{id}/cancel" and self.withdrawn:
                record, compact = self.withdrawn.pop()
                case.path_parameters["id"] = record
                self._sign(case, compact)
            elif name == "POST /v1/prescription_lookups" and isinstance(case.body, dict):
                case.body["user_id"] = self.user_id
            elif name.startswith("GET /v1/prescription_lookups/"):
                case.path_parameters["id"] = self.lookup
            elif name.startswith(("GET /v1/prescriptions/", "POST /v1/prescriptions/{id}/verify")):
                case.path_parameters["id"] = next(self._seen)
            elif name.endswith("/handovers") and isinstance(case.body, dict):
                case.path_parameters["id"] = next(self._owed)
                case.body = {"lines": [handed()], "final": False}
            elif name.endswith("/undo") and self.undone:
                case.path_parameters |= dict(zip(("id", "handover"), self.undone.pop()))

    @staticmethod
    def _sign(case, compact: str) -> None:
        if compact:
            case.body = {"jws": compact} if isinstance(case.body, dict) else compact.encode()
