/// Pauses between tries on a disk that fails: a tenth of a second at first, a second at most, since who waits
/// is waited for.
struct DiskPause {
    private var milliseconds = 100

    mutating func next() async {
        try? await Task.sleep(for: .milliseconds(milliseconds))
        milliseconds = min(milliseconds * 2, 1_000)
    }
}
