import Notation
import Vocabulary

/// Looks through the whole bundle, also where we read nothing, before anything else is read.
///
/// A plain extension that we do not know is ignored, as FHIR R4 asks (section 2.4, Extensibility). A
/// `modifierExtension` may not be ignored, and we know none. One of our own must be known and stand directly
/// in a `MedicationRequest`: elsewhere it would be overlooked.
func checkExtensions(_ value: JSON, at path: String, place: ExtensionPlace = .elsewhere) throws(FHIRError) {
    switch value {
    case .array(let values):
        for (index, value) in values.enumerated() {
            try checkExtensions(value, at: "\(path)[\(index)]", place: place)
        }
    case .object(let object):
        try checkOwnURL(object, at: path, place: place)
        for member in object.members {
            let inner = path + pathStep(member.name)
            guard member.name != "modifierExtension", member.name != "_modifierExtension" else {
                throw FHIRError(
                    path: inner, issue: .modifierExtension,
                    explanation: "No modifier extension is known here, so the record cannot be understood.")
            }
            let isRequest = object["resourceType"]?.text == "MedicationRequest"
            let place: ExtensionPlace =
                member.name != "extension" ? .elsewhere : isRequest ? .request : .otherExtension
            try checkExtensions(member.value, at: inner, place: place)
        }
    default: break
    }
}

/// Where the search for extensions stands.
enum ExtensionPlace {
    /// In the extensions of a `MedicationRequest` itself.
    case request
    /// In other extensions.
    case otherExtension
    case elsewhere
}

private func checkOwnURL(_ object: JSONObject, at path: String, place: ExtensionPlace) throws(FHIRError) {
    // Ours in other letters is no extension of somebody else.
    guard place != .elsewhere, let url = object["url"]?.text,
        url.lowercased().hasPrefix(OurExtension.prefix)
    else { return }
    guard place == .request, OurExtension.ofRequest.contains(where: { $0.url == url }) else {
        throw FHIRError(
            path: path, issue: .badExtension,
            explanation: "This extension of ours is unknown, or has no place here.")
    }
}

/// The step of a path to a member. A name that cannot be one of FHIR is left out: it comes from outside.
private func pathStep(_ name: String) -> String {
    let letters = name.hasPrefix("_") ? name.utf8.dropFirst() : name.utf8[...]
    let isName = letters.count <= 40 && letters.allSatisfy { (0x41...0x5A).contains($0 & 0xDF) }
    return isName || name == "valueBase64Binary" ? ".\(name)" : ""
}

extension Element {
    /// The extension of ours that stands in this element, with its value and nothing else in it; nil when
    /// there is none.
    func extensionOfOurs(_ kind: OurExtension) throws(FHIRError) -> Element? {
        let found = try children("extension").filter { $0.object["url"]?.text == kind.url }
        guard found.count <= 1 else {
            throw found[1].error(.repeated, "Give this extension once.")
        }
        guard let only = found.first else { return nil }
        let names = only.object.names.filter { $0 != "id" }
        guard names.count == 2, names.contains("url"), names.contains(kind.member) else {
            throw only.error(.badExtension, "Give this extension one \(kind.member) and nothing else.")
        }
        return only
    }
}
