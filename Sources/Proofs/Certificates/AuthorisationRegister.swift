package import Vocabulary

/// A copy of the register of authorised health professionals: who may prescribe, as what, on which days.
package struct AuthorisationRegister: Hashable, Sendable {
    /// One row: an authorisation in one role, first and last day inclusive; `to` nil: still active.
    package struct Entry: Hashable, Sendable {
        package let authorisation: AuthorisationID
        package let role: SignerRole
        package let from: LocalDate
        package let to: LocalDate?

        package init(authorisation: AuthorisationID, role: SignerRole, from: LocalDate, to: LocalDate?) {
            self.authorisation = authorisation
            self.role = role
            self.from = from
            self.to = to
        }

        func includes(_ day: LocalDate) -> Bool { from <= day && (to.map { day <= $0 } ?? true) }
    }

    private let entries: [AuthorisationID: [Entry]]

    package init(_ entries: [Entry]) {
        self.entries = Dictionary(grouping: entries, by: \.authorisation)
    }

    /// Reads the table `authorisation_id,role,from,to` with that line first; `to` may be empty.
    package init(csv: String) throws(TrustFlaw) {
        var entries: [Entry] = []
        let lines = csv.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            if index == 0 {
                guard line == Self.heading else { throw .badAuthorisation(line: 1) }
            } else if !line.isEmpty {
                guard let entry = Self.entry(line) else { throw .badAuthorisation(line: index + 1) }
                entries.append(entry)
            }
        }
        self.init(entries)
    }

    /// The first line of the table.
    package static let heading = "authorisation_id,role,from,to"

    private static func entry(_ line: Substring) -> Entry? {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 4, let authorisation = AuthorisationID(fields[0]),
            let role = SignerRole(rawValue: fields[1]), let from = LocalDate(fields[2])
        else { return nil }
        let to = LocalDate(fields[3])
        guard fields[3].isEmpty || to != nil, to.map({ from <= $0 }) ?? true else { return nil }
        return Entry(authorisation: authorisation, role: role, from: from, to: to)
    }

    /// How many authorisations there are.
    package var count: Int { entries.count }

    /// The rows of one authorisation.
    package subscript(authorisation: AuthorisationID) -> [Entry] { entries[authorisation] ?? [] }

    /// Whether the authorisation counts for the role on the day.
    package func isActive(_ authorisation: AuthorisationID, as role: SignerRole, on day: LocalDate) -> Bool {
        self[authorisation].contains { $0.role == role && $0.includes(day) }
    }
}
