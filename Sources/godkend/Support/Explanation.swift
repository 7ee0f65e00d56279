import Operations
import Proofs
import Records
import Vocabulary

/// One sentence for any error that reaches the command line. Nothing here echoes what a user typed.
enum Explanation {
    static func sentence(for error: any Error) -> String {
        switch error {
        case let failure as CommandFailure: failure.message
        case let problem as YAMLProblem: problem.description
        case let refusal as ProofRefusal: refusal.explanation
        case let refusal as Refusal: refusal.detail
        case let problem as TrustProblem: "In the trust folder, \(problem.description)"
        case LedgerFault.otherMode(let isLive):
            """
            This state folder belongs to \(isLive ? "live" : "test") mode for good: start in that mode, or take \
            another --state.
            """
        default: "Something went wrong that has no sentence yet (\(type(of: error)))."
        }
    }
}
