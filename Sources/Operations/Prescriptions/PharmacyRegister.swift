package import Vocabulary

/// One pharmacy in the copy of the Danish Medicines Agency's list of online pharmacies.
package struct PharmacyEntry: Hashable, Sendable {
    package let gln: GLN
    package let name: String
    /// First and last day on the list, inclusive; no last day: until further notice.
    package let from: LocalDate
    package let to: LocalDate?
    /// Where the EU logo of this pharmacy leads (Directive 2001/83/EC, article 85c); nil: it has none.
    package let logo: String?

    package init(gln: GLN, name: String, from: LocalDate, to: LocalDate?, logo: String?) {
        self.gln = gln
        self.name = name
        self.from = from
        self.to = to
        self.logo = logo
    }

    /// On the list that day, with an entry for the EU logo.
    package func isListed(on day: LocalDate) -> Bool {
        logo != nil && from <= day && (to.map { day <= $0 } ?? true)
    }
}

/// The copy of the list of online pharmacies (RX-MERCHANT). A pharmacy that it does not have may sell nothing
/// on prescription.
package struct PharmacyRegister: Hashable, Sendable {
    package let entries: [PharmacyEntry]
    private let byGLN: [GLN: [PharmacyEntry]]

    package init(_ entries: [PharmacyEntry]) {
        self.entries = entries
        byGLN = Dictionary(grouping: entries, by: \.gln)
    }

    /// Whether an online pharmacy of this number may sell on this day.
    package func isListed(_ gln: GLN, on day: LocalDate) -> Bool {
        byGLN[gln]?.contains { $0.isListed(on: day) } ?? false
    }
}
