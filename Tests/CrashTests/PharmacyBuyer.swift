import LoadKit
import Notation
import SeedKit
import TestKit

/// Somebody who draws on a family's prescription, now at one pharmacy and now at the other.
struct PharmacyBuyer: Sendable {
    /// One a pharmacy, all with the same wallet.
    let tills: [Till]
    let shelf: Shelf
    let journal: Journal
    let seed: UInt64

    /// One order from the record to the last handover. Whatever is promised goes into the journal.
    func buy() async { await journal.follow { try await draw(&$0) } }

    private func draw(_ promise: inout Promise) async throws {
        var lot = SplitMix(seed: seed ^ UInt64(promise.amountMinor))
        guard let till = tills.randomElement(using: &lot) else { return }
        let record = try await shelf.record()
        let order = Till.medicine(Shelf.packages, on: record.id, for: promise)
        promise.record = record.id
        let told = try await till.authorize(&promise, order)
        guard told["status"]?.text == "requires_confirmation" else {
            promise.outcome = told["status"]?.text
            return try await step(aside: Till.reason(told), record)
        }
        try await till.confirm(told)
        try await till.settle(&promise)
        promise.hold = promise.outcome == "approved" ? "firm" : "released"
        journal.keep(promise)
        if promise.outcome == "approved" {
            try await finish(&promise, record, at: till, Int.random(in: 0..<12, using: &lot))
        }
    }

    /// The other one has it, or nothing is left of it: answers like any other.
    private func step(aside reason: String, _ record: FiledRecord) async throws {
        switch reason {
        case "rx_held_elsewhere":
            journal.noteHeldElsewhere()
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...300)))
        case "rx_exhausted", "rx_canceled": await shelf.retire(record)
        default: throw LoadFailure("declined at once: \(reason)")
        }
    }

    /// What the pharmacy does with an approval, by lot.
    private func finish(
        _ promise: inout Promise, _ record: FiledRecord, at till: Till, _ lot: Int
    ) async throws {
        let all = Shelf.packages
        switch lot {
        case 0: await shelf.retire(record)
        case 1: try await giveUp(&promise, at: till)
        case 2: try await backOut(&promise, record, at: till)
        case 3:
            try await pay(&promise, at: till)
            try await till.handOver([1], isFinal: true, of: &promise)
            promise.hold = "consumed"
        case 4: try await inParts(&promise, at: till)
        case 5, 6: try await takeBack(&promise, record, at: till, reopen: lot == 5)
        case 7:
            // The prescriber takes the record back while it is held; this order goes on.
            try await shelf.cancel(record)
            try await pay(&promise, at: till)
            try await whole(&promise, at: till)
        case 8:
            try await pay(&promise, at: till)
            try await till.handOver([all, all, 1], isFinal: true, of: &promise)
            promise.hold = "consumed"
        default:
            try await pay(&promise, at: till)
            try await till.handOver([1], of: &promise)
            try await till.handOver([all - 1], of: &promise)
            promise.hold = "consumed"
            if lot == 9 { try await till.refund([promise.capturedMinor], of: &promise) }
        }
        journal.keep(promise)
    }

    private func giveUp(_ promise: inout Promise, at till: Till) async throws {
        try await till.cancel(&promise)
        promise.hold = "released"
    }

    private func pay(_ promise: inout Promise, at till: Till) async throws {
        try await till.capture([promise.amountMinor], isFinal: true, of: &promise)
        promise.hold = "owed"
    }

    private func whole(_ promise: inout Promise, at till: Till) async throws {
        try await till.handOver([Shelf.packages], of: &promise)
        promise.hold = "consumed"
    }

    /// Paid; then all the money goes back before anything was handed over, or nobody comes for it.
    private func backOut(_ promise: inout Promise, _ record: FiledRecord, at till: Till) async throws {
        try await pay(&promise, at: till)
        guard promise.amountMinor.isMultiple(of: 2) else { return await shelf.retire(record) }
        try await till.refund([promise.amountMinor], of: &promise)
        promise.hold = "released"
    }

    /// Some money, a part of the medicine, no more money, the rest of the medicine.
    private func inParts(_ promise: inout Promise, at till: Till) async throws {
        try await till.capture([promise.amountMinor / 2], isFinal: false, of: &promise)
        promise.hold = "owed"
        try await till.handOver([1], of: &promise)
        try await till.cancel(&promise)
        try await till.handOver([Shelf.packages - 1], of: &promise)
        promise.hold = "consumed"
    }

    /// Handed over and undone. Reopened, it is owed again unless the other one took the line meanwhile.
    private func takeBack(
        _ promise: inout Promise, _ record: FiledRecord, at till: Till, reopen: Bool
    ) async throws {
        try await pay(&promise, at: till)
        try await whole(&promise, at: till)
        try await till.undo(reopen: reopen, of: &promise)
        promise.hold = "released"
        guard reopen else {
            await shelf.retire(record)
            return try await till.refund([promise.amountMinor], of: &promise)
        }
        if try await till.hold(of: promise) == "owed" {
            promise.hold = "owed"
            try await whole(&promise, at: till)
        }
    }
}
