import Lifecycles
import Testing
import Vocabulary

private let noon = Instant(milliseconds: 1_795_348_800_000)

private func device(_ number: UInt64, from start: Instant, _ status: DeviceStatus = .active)
    -> DeviceLifecycle
{
    DeviceLifecycle(id: DeviceID(at: noon, random: (0, number << 8)), status: status, mayConfirmFrom: start)
}

@Suite struct AuthenticatorDeviceTests {
    @Test func `SCA-23: a device may confirm from the first millisecond after its hold`() {
        let device = device(1, from: noon)
        #expect(device.isOnHold(at: noon.adding(milliseconds: -1)))
        #expect(!device.mayConfirm(at: noon.adding(milliseconds: -1)))
        #expect(!device.isOnHold(at: noon))
        #expect(device.mayConfirm(at: noon))
    }

    @Test func `SCA-32: an old device refuses a newcomer to the last millisecond of its hold`() throws {
        let old = device(1, from: noon.adding(seconds: -60))
        var newcomer = device(2, from: noon.adding(milliseconds: 1))
        try newcomer.refuse(by: old, at: noon)
        #expect(newcomer.status == .refused)
        #expect(!newcomer.mayConfirm(at: noon.adding(days: 1)))
    }

    @Test func `SCA-32: nobody refuses after the hold, or himself, or as a newcomer`() {
        let old = device(1, from: noon.adding(seconds: -60))
        let other = device(3, from: noon.adding(seconds: 60))
        var settled = device(2, from: noon)
        #expect(throws: DeviceRejection.holdOver) { try settled.refuse(by: old, at: noon) }
        var newcomer = device(2, from: noon.adding(seconds: 60))
        #expect(throws: DeviceRejection.newcomer) { try newcomer.refuse(by: other, at: noon) }
        var itself = old
        #expect(throws: DeviceRejection.itself) { try itself.refuse(by: old, at: noon) }
        #expect(settled.status == .active && newcomer.status == .active && itself.status == .active)
    }

    @Test(arguments: DeviceStatus.allCases.filter(\.isTerminal))
    func `SCA-24: a device that has ended stays so and confirms nothing`(status: DeviceStatus) {
        var ended = device(2, from: noon.adding(seconds: -60), status)
        #expect(!ended.mayConfirm(at: noon))
        #expect(throws: DeviceRejection.over(status)) { try ended.revoke() }
        #expect(throws: DeviceRejection.over(status)) {
            try ended.refuse(by: device(1, from: noon.adding(seconds: -60)), at: noon)
        }
        #expect(throws: DeviceRejection.newcomer) {
            var newcomer = device(3, from: noon.adding(seconds: 60))
            try newcomer.refuse(by: ended, at: noon)
        }
    }
}
