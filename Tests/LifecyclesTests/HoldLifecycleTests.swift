import Lifecycles
import Testing
import Vocabulary

@Suite struct HoldLifecycleTests {
    @Test(arguments: HoldStatus.allCases, HoldCommand.allCases)
    func `RX-HOLD-TTL: a hold changes by its table only, and what is over stays over`(
        status: HoldStatus, command: HoldCommand
    ) {
        var hold = HoldLifecycle(status: status)
        let isDone = (try? hold.handle(command)) != nil
        #expect(hold.status == status || status.successors.contains(hold.status))
        #expect(isDone || hold.status == status)
        if status == .released || status == .expired { #expect(!isDone) }
        if status == .owed { #expect(command != .expire || !isDone) }
    }

    @Test(arguments: AuthorizationEvent.allCases)
    func `RX-HOLD-TTL: the first money makes a hold owed, whether the capture is final or not`(
        event: AuthorizationEvent
    ) throws {
        var hold = HoldLifecycle(status: .firm)
        if let command = event.holdCommand, command != .confirm { try hold.handle(command) }
        let expected: HoldStatus =
            switch event {
            case .captured, .partCaptured: .owed
            case .declined, .canceled: .released
            case .expired: .expired
            default: .firm
            }
        #expect(hold.status == expected)
    }

    @Test(arguments: PrescriptionStatus.allCases)
    func `RX-UNDO: a closed record is opened by what is left of it, or by its register`(
        status: PrescriptionStatus
    ) throws {
        let opening: [PrescriptionCommand] = [.handoversChanged(begun: 0, isUsedUp: false), .attest]
        let commands: [PrescriptionCommand] =
            opening + [.evidenceFound, .holdsEnded, .handoversChanged(begun: 1, isUsedUp: true), .expire]
        for command in commands {
            var record = PrescriptionLifecycle(status: status)
            try record.handle(command)
            #expect(record.status == status || status.successors.contains(record.status))
            if status == .closed {
                #expect(record.status == (opening.contains(command) ? .open : .closed))
            }
        }
    }
}
