import Vocabulary

/// What the sandbox bank does with a card, chosen by the card's last four digits (PAY-TEST).
enum SandboxTrigger: Sendable, Hashable {
    /// Every ending that is not in the table.
    case approves
    case declines(NetworkCode)
    /// Books the approval; answers neither the call nor an inquiry about it.
    case silent
    /// Books the approval at once; answers after the gateway has given up.
    case approvesLate
    case answersTwice
    case refusesReversalAtFirst
    /// Half of the amount, rounded down to a minor unit.
    case approvesHalf

    init(lastFour: String) {
        self = Self.byLastFour[lastFour] ?? .approves
    }

    private static let byLastFour: [String: SandboxTrigger] = [
        "0002": .declines(.doNotHonor),
        "9995": .declines(.insufficientFunds),
        "9987": .declines(.lostCard),
        "9979": .declines(.stolenCard),
        "0069": .declines(.expiredCard),
        "0127": .declines(.incorrectCVC),
        "0119": .declines(.systemError),
        "7106": .silent,
        "7205": .approvesLate,
        "7304": .answersTwice,
        "7403": .refusesReversalAtFirst,
        "7502": .approvesHalf,
    ]
}
