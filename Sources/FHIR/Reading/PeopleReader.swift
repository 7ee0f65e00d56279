import Notation
import Vocabulary

// Patient, and prescriber with role and organisation.

extension BundleEntries {
    func readPatient() throws(FHIRError) -> PatientContent {
        try patient.mustBe(true, "active")
        let identifier = try patient.identifierValue(system: CodeSystem.personNumber)
        let text = try identifier.require(identifier.text("value"), "value")
        guard let number = try? PersonNumber(text) else {
            throw identifier.error(.badValue, "value", "Give a CPR number of ten digits.")
        }
        let birthDate = try patient.require(patient.date("birthDate"), "birthDate")
        guard birthDate == number.birthDate else {
            throw patient.error(.disagreement, "birthDate", "Give the birth date that the CPR number has.")
        }
        return PatientContent(personNumber: number, birthDate: birthDate, name: Redacted(try readName()))
    }

    /// The official name, or else the first; empty when the patient has none.
    private func readName() throws(FHIRError) -> String {
        var names: [Element] = []
        for name in try patient.children("name") { names.append(try name.known(.name)) }
        guard let name = names.first(where: { $0.object["use"]?.text == "official" }) ?? names.first else {
            return ""
        }
        var words: [String] = []
        if let given = name.object["given"] {
            guard let all = given.array?.map(\.text), !all.isEmpty, all.allSatisfy({ $0 != nil }) else {
                throw name.error(.wrongKind, "given", "Give an array of strings here.")
            }
            words = all.compactMap(\.self)
        }
        if let family = try name.text("family") { words.append(family) }
        if words.isEmpty { return try name.shownText("text", maximum: 200) ?? "" }
        do throws(TextError) {
            return try PlainText(words.joined(separator: " "), maximum: 200).text
        } catch {
            throw name.error(.badValue, error.explanation)
        }
    }

    func readPrescriber() throws(FHIRError) -> PrescriberContent {
        try practitioner.mustBe(true, "active")
        let identifier = try practitioner.identifierValue(system: CodeSystem.authorisation)
        let text = try identifier.require(identifier.text("value"), "value")
        guard let authorisation = AuthorisationID(text) else {
            throw identifier.error(
                .badValue, "value", "Give an authorisation id: five digits and consonants.")
        }
        try checkPractitionerRole()
        return PrescriberContent(
            authorisation: authorisation, role: try readRole(), organisation: try readOrganisation())
    }

    /// The role is what one qualification says. Whether it is held on the day is for the register of
    /// authorisations to say, not for `qualification.period`.
    private func readRole() throws(FHIRError) -> SignerRole {
        var codes: [Element] = []
        for qualification in try practitioner.children("qualification") {
            let qualification = try qualification.known(.qualification)
            let code = try qualification.require(qualification.child("code"), "code").known(.concept)
            if let coding = try code.code(system: CodeSystem.role) { codes.append(coding) }
        }
        let coding = try practitioner.require(codes.first, "qualification")
        guard codes.count == 1 else { throw codes[1].error(.repeated, "Give one role.") }
        let code = try coding.require(coding.text("code"), "code")
        // A register vouches for records, but nobody prescribes as one.
        guard let role = SignerRole(rawValue: code), role != .register else {
            throw coding.error(.unknownCode, "code", "Give a role of somebody who may prescribe.")
        }
        return role
    }

    private func checkPractitionerRole() throws(FHIRError) {
        guard let role = practitionerRole else { return }
        try role.mustBe(true, "active")
        try check("practitioner", of: role, leadsTo: [practitioner])
        try check("organization", of: role, leadsTo: [organization])
    }

    private func readOrganisation() throws(FHIRError) -> String? {
        guard let organization else { return nil }
        try organization.mustBe(true, "active")
        return try organization.onlyIdentifierValue()
    }
}
