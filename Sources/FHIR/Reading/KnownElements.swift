import Notation

/// The elements of FHIR R4 that may stand in each object we read.
///
/// An element that FHIR has and we do not need is allowed and ignored. One that FHIR has not is refused: a
/// `validityPerod` must not become two years of validity. Left out on purpose, though FHIR has them, are
/// elements that change what the rest means: `implicitRules`, `Quantity.comparator`, `Patient.deceased[x]`,
/// `Patient.link`, `MedicationRequest.dispenseRequest.initialFill`, `Bundle.signature`; and `contained` where
/// nothing contained is read.
struct KnownElements {
    private let names: Set<String>

    private init(_ names: String) {
        self.names = Set(names.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    func contains(_ name: String) -> Bool {
        // `_birthDate` holds the id and the extensions of the primitive `birthDate`.
        names.contains(name) || (name.hasPrefix("_") && names.contains(String(name.dropFirst())))
    }

    static let bundle = KnownElements("resourceType id meta language identifier type timestamp entry")
    static let entry = KnownElements("id extension fullUrl resource")
    static let meta = KnownElements("id extension versionId lastUpdated source profile security tag")

    private static let resource = "resourceType id meta language text extension "
    static let patient = KnownElements(
        resource
            + "identifier active name telecom gender birthDate address maritalStatus multipleBirthBoolean "
            + "multipleBirthInteger photo contact communication generalPractitioner managingOrganization")
    static let practitioner = KnownElements(
        resource + "identifier active name telecom address gender birthDate photo qualification communication"
    )
    static let qualification = KnownElements("id extension identifier code period issuer")
    static let practitionerRole = KnownElements(
        resource + "identifier active period practitioner organization code specialty location "
            + "healthcareService telecom availableTime notAvailable availabilityExceptions endpoint")
    static let organization = KnownElements(
        resource + "identifier active type name alias telecom address partOf contact endpoint")
    static let medication = KnownElements(
        resource + "identifier code status manufacturer form amount ingredient batch")
    static let request = KnownElements(
        resource
            + "contained identifier status statusReason intent category priority doNotPerform "
            + "reportedBoolean medicationCodeableConcept medicationReference subject encounter "
            + "supportingInformation authoredOn requester performer performerType recorder reasonCode "
            + "reasonReference instantiatesCanonical instantiatesUri basedOn groupIdentifier "
            + "courseOfTherapyType insurance note dosageInstruction dispenseRequest substitution "
            + "priorPrescription detectedIssue eventHistory")
    static let dispenseRequest = KnownElements(
        "id extension dispenseInterval validityPeriod numberOfRepeatsAllowed quantity "
            + "expectedSupplyDuration performer")
    static let substitution = KnownElements("id extension allowedBoolean reason")
    static let dosage = KnownElements(
        "id extension sequence text additionalInstruction patientInstruction timing asNeededBoolean "
            + "asNeededCodeableConcept site route method doseAndRate maxDosePerPeriod "
            + "maxDosePerAdministration maxDosePerLifetime")

    static let identifier = KnownElements("id extension use type system value period assigner")
    static let name = KnownElements("id extension use text family given prefix suffix period")
    static let concept = KnownElements("id extension coding text")
    static let coding = KnownElements("id extension system version code display userSelected")
    static let quantity = KnownElements("id extension value unit system code")
    static let period = KnownElements("id extension start end")
    static let reference = KnownElements("id extension reference type identifier display")
}

extension Element {
    /// This element, when it holds known elements only. The name of an unknown one is not repeated: it comes
    /// from outside.
    func known(_ known: KnownElements) throws(FHIRError) -> Element {
        guard object.names.allSatisfy(known.contains) else {
            throw error(
                .unknownElement,
                "Remove what FHIR R4 has not in this place, or what changes the meaning of the rest.")
        }
        return self
    }

    /// Refuses an element that has another value than the only one that changes nothing.
    func mustBe(_ expected: Bool, _ name: String) throws(FHIRError) {
        guard try bool(name) ?? expected == expected else {
            throw error(.badValue, name, "Only \(expected) can stand here.")
        }
    }
}
