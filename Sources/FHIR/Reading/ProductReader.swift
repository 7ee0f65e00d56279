import Notation
import Vocabulary

extension BundleEntries {
    /// What a request prescribes: in itself, or in a Medication that it refers to.
    func readProduct(of request: Element) throws(FHIRError) -> PrescribedProduct {
        let concept = try productConcept(of: request)
        let found = try concept.code(
            system: CodeSystem.productNumber, as: { ProductNumber($0) },
            else: "Give the product number as six digits, zeros in front kept.")
        guard let number = found else {
            throw concept.error(.missing, "coding", "Give the product number (varenummer).")
        }
        let drug = try concept.code(
            system: CodeSystem.drug, as: { DrugID($0) }, else: "Give the DrugID as eleven digits.")
        let atc = try concept.code(
            system: CodeSystem.atc, as: { ATCCode($0) }, else: "Give an ATC code of one of its five levels.")
        let size = try request.extensionOfOurs(.packageSize)?.child(OurExtension.packageSize.member)
        return PrescribedProduct(
            number: number, drug: drug, atc: atc,
            name: try concept.require(concept.shownText("text", maximum: 300), "text"),
            packageSize: try size?.positiveValue(maximum: 1_000_000), group: try readGroup(of: request))
    }

    private func productConcept(of request: Element) throws(FHIRError) -> Element {
        let own = try request.child("medicationCodeableConcept")
        let reference = try request.child("medicationReference")
        switch (own, reference) {
        case (let own?, nil): return try own.known(.concept)
        case (nil, let reference?):
            let medication = try resource(reference, from: request)
            guard medication.object["resourceType"]?.text == "Medication" else {
                throw reference.error(.unresolvedReference, "reference", "Refer to a Medication.")
            }
            guard try medication.text("status") ?? "active" == "active" else {
                throw medication.error(.badValue, "status", "The medication must be active.")
            }
            return try medication.require(medication.child("code"), "code").known(.concept)
        case (.some, .some):
            throw request.error(.repeated, "medicationReference", "Name the product once.")
        case (nil, nil):
            throw request.error(.missing, "medicationCodeableConcept", "Name the product.")
        }
    }

    private func readGroup(of request: Element) throws(FHIRError) -> DispensingGroup? {
        let member = OurExtension.dispensingGroup.member
        guard let holder = try request.extensionOfOurs(.dispensingGroup) else { return nil }
        guard let code = try holder.text(member), let group = DispensingGroup(rawValue: code) else {
            throw holder.error(.unknownCode, member, "Give a dispensing group of the Danish price list.")
        }
        return group
    }
}
