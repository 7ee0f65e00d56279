import SwiftASN1
import Vocabulary
import X509

/// Why the subject of a leaf does not name a signer.
package enum SubjectFlaw: String, Error, Hashable, Sendable {
    /// `serialNumber` is not there once, or is not `UI:DK-E:G:` with a UUID.
    case serialNumber
    /// `title` is not there once.
    case title
    /// `UID` is not there once, or is no authorisation id.
    case authorisation
}

/// What the subject of a leaf says about the signer (CONTRACT section 7, the record).
struct SignerSubject: Hashable, Sendable {
    /// In lower case after the prefix.
    let serialNumber: String
    /// As written: it may be none of our roles.
    let title: String
    /// Nil when there is no `UID`.
    let authorisation: AuthorisationID?

    static let prefix = "UI:DK-E:G:"
    static let serialNumberOID = ASN1ObjectIdentifier.NameAttributes.serialNumber
    static let titleOID = ASN1ObjectIdentifier.NameAttributes.title
    static let userIDOID: ASN1ObjectIdentifier = [0, 9, 2342, 19_200_300, 100, 1, 1]

    init(_ subject: DistinguishedName) throws(SubjectFlaw) {
        guard let serial = try Self.single(Self.serialNumberOID, in: subject, else: .serialNumber),
            serial.hasPrefix(Self.prefix), Self.isUUID(serial.dropFirst(Self.prefix.count))
        else { throw .serialNumber }
        serialNumber = Self.prefix + serial.dropFirst(Self.prefix.count).lowercased()
        guard let title = try Self.single(Self.titleOID, in: subject, else: .title) else { throw .title }
        self.title = title
        let userID = try Self.single(Self.userIDOID, in: subject, else: .authorisation)
        authorisation = userID.flatMap { AuthorisationID($0) }
        guard userID == nil || authorisation != nil else { throw .authorisation }
    }

    /// The one text under an attribute, or nil when it is not there. Two, or one that is no text, is a flaw.
    private static func single(
        _ type: ASN1ObjectIdentifier, in subject: DistinguishedName, else flaw: SubjectFlaw
    ) throws(SubjectFlaw) -> String? {
        let found = subject.joined().filter { $0.type == type }
        guard let first = found.first else { return nil }
        guard found.count == 1, let text = String(first.value) else { throw flaw }
        return text
    }

    /// RFC 9562 section 4: 8-4-4-4-12 hexadecimal digits.
    private static func isUUID(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && parts.allSatisfy { $0.utf8.allSatisfy(isHexadecimal) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }
}
