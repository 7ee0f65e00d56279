import HTTPTypes

/// Whether a form was sent by a page of ours, as the browser itself says: by `Sec-Fetch-Site` (Fetch
/// Metadata) and by `Origin` (Fetch standard, section 3.2). A browser that says neither is not believed.
enum SameOrigin {
    static func holds(_ headers: HTTPFields, publicURL: String) -> Bool {
        let site = HTTPField.Name("Sec-Fetch-Site").flatMap { headers[$0] }
        let origin = headers[.origin]
        guard site != nil || origin != nil else { return false }
        return (site ?? "same-origin") == "same-origin" && (origin ?? own(publicURL)) == own(publicURL)
    }

    /// Scheme, host and port of an address.
    static func own(_ address: String) -> String {
        address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3)
            .joined(separator: "/")
    }
}
