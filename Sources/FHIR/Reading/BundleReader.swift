import Notation
import Vocabulary

/// Reads the bundle as a whole.
struct BundleReader {
    private let bundle: Element
    private let kind: SignerKind

    init(_ bytes: [UInt8], kind: SignerKind) throws(FHIRError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(bytes)
        } catch {
            throw FHIRError(path: "Bundle", issue: .notJSON, explanation: Self.explanation(of: error))
        }
        let bundle = try Element(json, at: "Bundle")
        guard try bundle.require(bundle.text("resourceType"), "resourceType") == "Bundle" else {
            throw bundle.error(.unknownResource, "resourceType", "Give a Bundle.")
        }
        try checkExtensions(json, at: "Bundle")
        self.bundle = try bundle.known(.bundle)
        self.kind = kind
    }

    func read() throws(FHIRError) -> PrescriptionContent {
        guard try bundle.require(bundle.text("type"), "type") == "collection" else {
            throw bundle.error(.badValue, "type", "Give a bundle of type collection.")
        }
        let meta = try bundle.require(bundle.child("meta"), "meta").known(.meta)
        let identity = try bundle.require(bundle.child("identifier"), "identifier").recordIdentity()
        let version = try readVersion(meta)
        let issuedAt = try bundle.require(bundle.instant("timestamp"), "timestamp")
        let attestedAt = try readAttestation(meta)
        let entries = try BundleEntries(bundle)
        return PrescriptionContent(
            identity: identity, version: version, kind: kind, issuedAt: issuedAt,
            issuedOn: try readIssueDay(entries), attestedAt: attestedAt,
            patient: try entries.readPatient(), prescriber: try entries.readPrescriber(),
            lines: try readLines(entries))
    }

    private func readVersion(_ meta: Element) throws(FHIRError) -> Int64 {
        let text = try meta.require(meta.text("versionId"), "versionId")
        guard let version = Int64(text), version >= 1, String(version) == text else {
            throw meta.error(.badValue, "versionId", "Give a whole number from 1, in decimal.")
        }
        return version
    }

    private func readAttestation(_ meta: Element) throws(FHIRError) -> Instant? {
        let attestedAt = try meta.instant("lastUpdated")
        guard kind == .registry else {
            guard attestedAt == nil else {
                throw meta.error(.registryOnly, "lastUpdated", "Only a register says when it looked.")
            }
            return nil
        }
        return try meta.require(attestedAt, "lastUpdated")
    }

    private func readIssueDay(_ entries: BundleEntries) throws(FHIRError) -> LocalDate {
        var issuedOn: LocalDate?
        for request in entries.requests {
            let day = try request.require(request.date("authoredOn"), "authoredOn")
            guard issuedOn == nil || issuedOn == day else {
                throw request.error(.disagreement, "authoredOn", "Give all lines the same day of issue.")
            }
            issuedOn = day
        }
        return try bundle.require(issuedOn, "entry")
    }

    private func readLines(_ entries: BundleEntries) throws(FHIRError) -> [PrescribedLine] {
        var lines: [PrescribedLine] = []
        for request in entries.requests {
            let line = try entries.readLine(request, kind: kind)
            guard !lines.contains(where: { $0.id.utf8.elementsEqual(line.id.utf8) }) else {
                throw request.error(
                    .repeated, "identifier[0].value", "Give each line an identifier of its own.")
            }
            lines.append(line)
        }
        return lines
    }

    /// What is wrong with the JSON, without the names that the input has in it.
    private static func explanation(of error: JSONError) -> String {
        switch error {
        case .repeatedMember: "One object has a member twice; send it once."
        case .numberTooLarge: "A number is too large or too long."
        default: error.explanation
        }
    }
}
