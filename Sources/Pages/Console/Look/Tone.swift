/// How a state is coloured. The colour never stands alone: the words say the same.
enum Tone: String, Sendable {
    case good, bad, waiting, quiet
}
