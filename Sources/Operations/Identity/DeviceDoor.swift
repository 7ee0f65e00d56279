package import Proofs
package import Vocabulary
import Synchronization

/// What stands at the entrance of the device routes: each proof is let in once, and the keys of devices that
/// came lately are at hand.
///
/// A key never changes, so it may be kept; whether the device is still good is read again where it counts.
package final class DeviceDoor: Sendable {
    private struct State {
        var keys: [DeviceID: DeviceKey] = [:]
        /// Marks of proofs seen, in two generations: a mark lives at least as long as a nonce.
        var seen: Set<UInt64> = []
        var seenBefore: Set<UInt64> = []
        var generationStartedAt = Instant(milliseconds: 0)
    }

    private let keyLimit: Int
    private let markLimit: Int
    private let state = Mutex(State())

    /// `markLimit` is for one generation; a mark takes some 16 bytes.
    package init(keyLimit: Int = 50_000, markLimit: Int = 2_000_000) {
        self.keyLimit = keyLimit
        self.markLimit = markLimit
    }

    /// How a proof is taken.
    package enum Entry: Sendable, Hashable {
        case first, again
        /// So many proofs came that no more can be remembered: better refused than let in twice.
        case full
    }

    /// Marks a proof as used. `lifetimeSeconds` is that of a nonce, without which no proof gets here.
    package func enter(_ proof: VerifiedDeviceProof, at now: Instant, lifetimeSeconds: Int) -> Entry {
        // Hasher is keyed anew at each start, so nobody can look for two proofs with one mark.
        var hasher = Hasher()
        hasher.combine(proof.device)
        hasher.combine(proof.jti)
        let mark = UInt64(bitPattern: Int64(hasher.finalize()))
        return state.withLock { state in
            if now >= state.generationStartedAt.adding(seconds: lifetimeSeconds + 1) {
                let isLongOver = now >= state.generationStartedAt.adding(seconds: 2 * (lifetimeSeconds + 1))
                state.seenBefore = isLongOver ? [] : state.seen
                state.seen = []
                state.generationStartedAt = now
            }
            if state.seen.contains(mark) || state.seenBefore.contains(mark) { return .again }
            guard state.seen.count < markLimit else { return .full }
            state.seen.insert(mark)
            return .first
        }
    }

    package func key(of device: DeviceID) -> DeviceKey? {
        state.withLock { $0.keys[device] }
    }

    package func keep(_ key: DeviceKey, of device: DeviceID) {
        state.withLock { state in
            // Rare and cheap to fill again: the whole map goes when it is full.
            if state.keys.count >= keyLimit { state.keys.removeAll(keepingCapacity: true) }
            state.keys[device] = key
        }
    }

    /// The device was blocked: its next request looks it up again.
    package func forget(_ devices: some Sequence<DeviceID>) {
        state.withLock { state in
            for device in devices { state.keys[device] = nil }
        }
    }
}
