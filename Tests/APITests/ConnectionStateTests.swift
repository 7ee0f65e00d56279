import Testing

@testable import API

@Suite struct ConnectionStateTests {
    private let limits = ConnectionState.Limits(
        headSeconds: 10, idleSeconds: 60, bodySeconds: 15, bodyBytes: 100, addressBytes: 50)

    @Test func `REL-19: a body of exactly the limit passes, one byte more is refused`() {
        var state = ConnectionState(limits: limits)
        #expect(state.receivedHead(contentLength: 100, addressBytes: 50) == .forward)
        #expect(state.receivedBody(bytes: 60) == .forward)
        #expect(state.receivedBody(bytes: 40) == .forward)
        #expect(state.receivedBody(bytes: 1) == .refuse(.bodyTooLarge))
        #expect(state.receivedBody(bytes: 1) == .drop)
        #expect(state.receivedEnd() == .drop)
    }

    @Test func `REL-19: a length or an address over the limit is refused before the body`() {
        var state = ConnectionState(limits: limits)
        #expect(state.receivedHead(contentLength: 101, addressBytes: 1) == .refuse(.bodyTooLarge))
        #expect(state.receivedHead(contentLength: nil, addressBytes: 1) == .drop)
        var other = ConnectionState(limits: limits)
        #expect(other.receivedHead(contentLength: nil, addressBytes: 51) == .refuse(.addressTooLong))
    }

    @Test func `REL-19: headers have ten seconds, a kept connection a minute, a body fifteen seconds`() {
        var state = ConnectionState(limits: limits)
        #expect(state.secondsAllowed == 10)
        _ = state.receivedHead(contentLength: nil, addressBytes: 1)
        #expect(state.secondsAllowed == 15)
        _ = state.receivedEnd()
        #expect(state.secondsAllowed == nil)
        state.wroteHead()
        state.wroteEnd()
        #expect(state.secondsAllowed == 60)
    }

    @Test func `REL-19: who sends nothing is cut off, who sends half a request is told`() {
        var idle = ConnectionState(limits: limits)
        #expect(idle.expired() == .close)
        var slow = ConnectionState(limits: limits)
        _ = slow.receivedHead(contentLength: nil, addressBytes: 1)
        #expect(slow.expired() == .refuse(.timeout))
        #expect(slow.expired() == .close)
    }

    @Test func `REL-19: an answer that takes long is not cut off`() {
        var state = ConnectionState(limits: limits)
        _ = state.receivedHead(contentLength: nil, addressBytes: 1)
        _ = state.receivedEnd()
        #expect(state.expired() == .ignore)
    }

    @Test func `REL-19: a route that answers before the body's end leaves the connection in order`() {
        var state = ConnectionState(limits: limits)
        _ = state.receivedHead(contentLength: nil, addressBytes: 1)
        state.wroteHead()
        state.wroteEnd()
        #expect(state.phase == .body(0))
        #expect(state.expired() == .close)
        var other = ConnectionState(limits: limits)
        _ = other.receivedHead(contentLength: nil, addressBytes: 1)
        other.wroteHead()
        other.wroteEnd()
        #expect(other.receivedEnd() == .forward)
        #expect(other.phase == .head)
    }

    @Test func `REL-18: what cannot be parsed is answered once`() {
        var state = ConnectionState(limits: limits)
        let answers = [state.failed(), state.failed()]
        #expect(answers == [true, false])
        var answering = ConnectionState(limits: limits)
        _ = answering.receivedHead(contentLength: nil, addressBytes: 1)
        answering.wroteHead()
        let isAnswered = answering.failed()
        #expect(!isAnswered)
    }
}
