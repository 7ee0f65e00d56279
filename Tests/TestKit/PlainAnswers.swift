package import Lifecycles
import Vocabulary

/// Writes answers as one line of words: enough to compare byte for byte, without any JSON.
package struct PlainAnswers: AnswerWriter {
    package init() {}

    package func body(of answer: MerchantAnswer) -> [UInt8] {
        switch answer {
        case .authorization(let authorization, _):
            Array("\(authorization.id) \(authorization.status.rawValue) v\(authorization.version)".utf8)
        case .refund(let refund): Array("\(refund.id) \(refund.status.rawValue)".utf8)
        case .cardToken(let token): Array("\(token.id)".utf8)
        case .attempt(let attempt): Array("\(attempt.confirmation) \(attempt.status.rawValue)".utf8)
        case .prescription(let filed, _): Array("\(filed.id) \(filed.status.rawValue)".utf8)
        case .handover(let handover, _): Array("\(handover.id) \(handover.undoneAt == nil)".utf8)
        case .lookup(let lookup):
            Array("\(lookup.id) \(lookup.status.rawValue) \(lookup.confirmation.id) \(lookup.keyNumber)".utf8)
        }
    }
}
