package import Records
import Lifecycles
import Vocabulary

extension AcquirerCall {
    /// What an operator should know of a call that did not end by a plain yes or no; nil for all others.
    package var advice: String? {
        let meaning =
            networkCode.flatMap { code in
                ResponseCode.table.first { $0.code == code }.map { "code \(code): \($0.meaning). " }
            } ?? ""
        switch (kind, status) {
        case (.authorize, .open), (.authorize, .accepted), (.authorize, .refused), (.authorize, .givenUp):
            return nil
        case (_, .open):
            return "no end yet: it is sent again, at growing distances"
        case (.capture, .givenUp), (.refund, .givenUp):
            return "given up without an answer: the amount stays reserved; settle it with the acquirer"
        case (.reversal, .givenUp):
            return "given up without an answer: the issuer may hold the amount; settle it with the acquirer"
        case (.reversal, .refused):
            return meaning + "The acquirer took nothing back: make sure that it holds nothing"
        case (_, .accepted):
            return networkCode == nil
                ? nil : meaning + "It may be done in part only: compare with the acquirer's books"
        case (.capture, .refused), (.refund, .refused):
            return nil
        }
    }
}
