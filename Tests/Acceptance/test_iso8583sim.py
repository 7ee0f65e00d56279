"""A second library of other people reads what the gateway writes, and writes what the gateway reads: `iso8583sim`."""

import asyncio
import threading

import pytest
from iso8583sim.core.builder import ISO8583Builder
from iso8583sim.core.parser import ISO8583Parser
from iso8583sim.core.types import ISO8583Message
from iso8583sim.core.validator import ISO8583Validator
from iso8583sim.net.framing import Framing
from iso8583sim.net.host import MockHost, Rule
from iso8583sim.wire import WireFormat

from bank import Bank
from hosted import Hosted
from scenes import declined
from test_bank_elements import lived


class SimulatorsPen(Bank):
    """The bank, with its answers written by the simulator's builder."""

    def written(self, message: dict) -> bytes:
        fields = {int(name): text for name, text in message.items() if name != "t"}
        return ISO8583Builder().build(ISO8583Message(mti=message["t"], fields=fields)).encode("ascii")


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    hosted = Hosted(tmp_path_factory.mktemp("simulated"), SimulatorsPen())
    yield hosted
    hosted.end()


@pytest.mark.parametrize("extra", [{}, {"15": "1130", "44": "C0", "54": "0002208C000000012345", "63": "PS20"}],
                         ids=["bare", "with elements besides"])
def test_the_gateway_reads_a_whole_life_written_by_the_simulator(simulated, extra):
    lived(simulated, {"extra": extra})


def test_the_simulator_reads_every_frame_as_the_bank_did_and_finds_it_well_formed(simulated):
    scene = simulated.scene()
    scene.approved(700)
    lived(simulated, {})
    seen = set()
    for frame, heard in zip(simulated.bank.frames, simulated.bank.heard, strict=True):
        message = ISO8583Parser().parse(frame.decode("ascii"))
        message.network = None  # what networks want besides is theirs
        assert ISO8583Validator().validate_message(message) == []
        fields = {str(number): text for number, text in message.fields.items() if number}
        told = {name: text for name, text in heard.items() if name not in ("t", "p", "1")}
        assert {name: text.rstrip() for name, text in fields.items()} == {
            name: text.rstrip() for name, text in told.items()}
        seen.add(message.mti)
    assert {"0100", "0220", "0200", "0420"} <= seen


class Simulator:
    """The simulator's own host, in a thread of its own."""

    def __init__(self, layout: str, rules):
        self.host = MockHost(wire_format=WireFormat.preset(layout), framing=Framing(), rules=rules)
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        asyncio.run_coroutine_threadsafe(self.host.start("127.0.0.1", 0), self.loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)

    @staticmethod
    async def _end() -> None:
        """Lets every connection close before the loop does."""
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)


@pytest.mark.parametrize("layout, encoding", [("ascii-hex", "ascii"), ("ascii-binary", "ascii_binary")])
def test_the_simulators_own_host_approves_takes_and_gives_back(fresh_shops, layout, encoding):
    host = Simulator(layout, [Rule(amount_gt=100000, respond="51"), Rule()])
    shops = fresh_shops(
        "simulator", acquirer__kind="iso8583", acquirer__address=f"127.0.0.1:{host.host.port}",
        acquirer__encoding=encoding, acquirer__timeout_seconds=2, push__budget=1000, enrolment__hold_seconds=0)
    shops.gateway.batch = 1
    scene = shops.scene()
    declined(scene.settled(100001), "insufficient_funds", "issuer")
    approved = scene.approved(1000)
    assert scene.shop.capture(approved["id"], amount=600, final_capture=False).status_code == 200
    assert scene.shop.refund(approved["id"], amount=100).status_code == 201
    assert scene.shop.cancel(approved["id"]).status_code == 200
    assert scene.shop.until(approved["id"], {"captured"})["amount_captured"] == 600
    assert (host.host.stats.errors, host.host.stats.received) == (0, 5)
    host.stop()
