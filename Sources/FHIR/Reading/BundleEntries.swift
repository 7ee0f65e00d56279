import Notation

/// The resources of a bundle by their types, and the way from a reference to its resource.
struct BundleEntries {
    /// One line a request, as many as an order may have.
    static let maximumLines = 50

    let patient: Element
    let practitioner: Element
    let practitionerRole: Element?
    let organization: Element?
    /// In the order of the bundle: at least one, at most fifty.
    let requests: [Element]
    private let resources: [Resource]

    /// One resource and the names by which others may call it.
    private struct Resource {
        let type: String
        let element: Element
        let fullURL: String?

        func isCalled(_ reference: String) -> Bool {
            if reference == fullURL { return true }
            guard let id = element.object["id"]?.text else { return false }
            return reference == "\(type)/\(id)"
        }
    }

    init(_ bundle: Element) throws(FHIRError) {
        let resources = try Self.resources(of: bundle)
        let byType = { (type: String) in resources.filter { $0.type == type }.map(\.element) }
        patient = try Self.single(byType("Patient"), in: bundle, "Patient")
        practitioner = try Self.single(byType("Practitioner"), in: bundle, "Practitioner")
        practitionerRole = try Self.atMostOne(byType("PractitionerRole"))
        organization = try Self.atMostOne(byType("Organization"))
        requests = byType("MedicationRequest")
        guard !requests.isEmpty else {
            throw bundle.error(.missing, "entry", "Give at least one MedicationRequest.")
        }
        guard requests.count <= Self.maximumLines else {
            throw requests[Self.maximumLines].error(
                .tooMany, "Give at most \(Self.maximumLines) requests in one record.")
        }
        self.resources = resources
    }

    private static func resources(of bundle: Element) throws(FHIRError) -> [Resource] {
        var all: [Resource] = []
        for entry in try bundle.children("entry") {
            let entry = try entry.known(.entry)
            let element = try entry.require(entry.child("resource"), "resource")
            let type = try element.require(element.text("resourceType"), "resourceType")
            guard let known = knownElements(of: type) else {
                throw element.error(
                    .unknownResource, "resourceType", "This type of resource has no place here.")
            }
            let fullURL = try entry.text("fullUrl")
            guard fullURL == nil || !all.contains(where: { $0.fullURL == fullURL }) else {
                throw entry.error(.repeated, "fullUrl", "Give each resource an address of its own.")
            }
            all.append(Resource(type: type, element: try element.known(known), fullURL: fullURL))
        }
        return all
    }

    private static func knownElements(of type: String) -> KnownElements? {
        switch type {
        case "Patient": .patient
        case "Practitioner": .practitioner
        case "PractitionerRole": .practitionerRole
        case "Organization": .organization
        case "Medication": .medication
        case "MedicationRequest": .request
        default: nil
        }
    }

    private static func single(
        _ all: [Element], in bundle: Element, _ type: String
    ) throws(FHIRError) -> Element {
        guard let only = try atMostOne(all) else {
            throw bundle.error(.missing, "entry", "Give one resource of type \(type).")
        }
        return only
    }

    private static func atMostOne(_ all: [Element]) throws(FHIRError) -> Element? {
        guard all.count <= 1 else { throw all[1].error(.repeated, "Give one resource of this type.") }
        return all.first
    }
}

extension BundleEntries {
    /// The resource that a reference leads to: by its full address, by `Type/id`, or by `#id` to one that is
    /// contained in `holder`.
    func resource(_ reference: Element, from holder: Element) throws(FHIRError) -> Element {
        let reference = try reference.known(.reference)
        let text = try reference.require(reference.text("reference"), "reference")
        let found: [Element]
        if text.hasPrefix("#") {
            found = try contained(in: holder).filter { $0.object["id"]?.text == String(text.dropFirst()) }
        } else {
            found = resources.filter { $0.isCalled(text) }.map(\.element)
        }
        guard let only = found.first, found.count == 1 else {
            throw reference.error(
                .unresolvedReference, "reference", "Refer to exactly one resource of this bundle.")
        }
        return only
    }

    /// The resources that a request contains. Medication is the only type that makes sense there.
    func contained(in holder: Element) throws(FHIRError) -> [Element] {
        var all: [Element] = []
        for element in try holder.children("contained") {
            guard try element.text("resourceType") == "Medication" else {
                throw element.error(.unknownResource, "resourceType", "Only a Medication can be contained.")
            }
            all.append(try element.known(.medication))
        }
        return all
    }

    /// Refuses a reference under `name` that leads to another than these resources; absent is fine, since
    /// there is only one of each.
    func check(_ name: String, of holder: Element, leadsTo targets: [Element?]) throws(FHIRError) {
        guard let reference = try holder.child(name) else { return }
        let found = try resource(reference, from: holder)
        guard targets.contains(where: { $0?.path == found.path }) else {
            throw reference.error(.unresolvedReference, "reference", "This refers to the wrong resource.")
        }
    }
}
