import Notation
package import Vocabulary

/// Makes answers, for the code apps of ours: the terminal one and test mode's own.
package enum AnswerDraft {
    /// Signs the statement's members with the verdict. The match code goes in when it is given, whatever the
    /// verdict: the verifier decides what is allowed.
    package static func sign(
        statement: [UInt8], verdict: Verdict, verifiedBy: VerifiedBy, matchCode: MatchCode?, device: DeviceID,
        key: SigningKey
    ) throws -> String {
        var object = try parsedObject(statement)
        object.set("verdict", .text(verdict.rawValue))
        object.set("verified_by", .text(verifiedBy.rawValue))
        if let matchCode { object.set("match_code", .text(matchCode.text)) }
        return try key.sign(
            type: .answer, header: [("kid", .text(device.text))], payload: canonicalBytes(object))
    }
}
