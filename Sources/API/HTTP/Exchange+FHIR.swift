import FHIR
import HTTPTypes
import Hummingbird
import NIOCore
import Notation
import Operations

extension Exchange {
    /// The client would rather have FHIR than our own JSON (RFC 9110 section 12.5.1).
    var wantsFHIR: Bool {
        prefers(Route.fhirType, to: "application/json")
    }

    /// Whether the client names the first type, and does not weigh the second one higher.
    func prefers(_ type: String, to other: String) -> Bool {
        guard let accept = request.headers[.accept] else { return false }
        let weight = Self.weight(of: type, in: accept)
        return weight > 0 && weight >= Self.weight(of: other, in: accept)
    }

    /// The weight of a type that is named, in thousandths; 0 for one that is not.
    private static func weight(of type: String, in accept: String) -> Int {
        accept.lowercased().split(separator: ",").map { range -> Int in
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard parts.first == type else { return 0 }
            guard let weight = parts.first(where: { $0.hasPrefix("q=") })?.dropFirst(2) else { return 1_000 }
            let digits = weight.split(separator: ".", omittingEmptySubsequences: false)
            guard digits.first == "0" else { return 1_000 }
            let decimals = digits.count > 1 ? digits[1].prefix(3) : ""
            return Int(decimals + String(repeating: "0", count: 3 - decimals.count)) ?? 0
        }.max() ?? 0
    }

    /// A refusal in FHIR's words, with our code beside it.
    func outcome(_ refusal: Refusal) -> Response {
        let isFHIRPath = refusal.code == .prescriptionUnreadable
        let place = isFHIRPath ? "" : refusal.parameter.map { " (\($0))" } ?? ""
        let document = OperationOutcome.json([
            OutcomeIssue(
                severity: .error, code: IssueType(refusal.code), diagnostics: refusal.detail + place,
                expression: isFHIRPath ? refusal.parameter : nil, details: refusal.code.rawValue)
        ])
        var response = problem(refusal)
        response.headers[.contentType] = Route.fhirType
        response.body = .init(byteBuffer: ByteBuffer(bytes: document.written()))
        return response
    }
}

extension IssueType {
    /// FHIR's word for one of ours.
    init(_ code: ErrorCode) {
        switch code {
        case .parameterMissing: self = .required
        case .parameterInvalid: self = .value
        case .bodyMalformed, .parameterUnknown, .parameterRepeated, .prescriptionMalformed: self = .structure
        default:
            switch code.status {
            case 401: self = .login
            case 403: self = .forbidden
            case 404: self = .notFound
            case 405, 415: self = .notSupported
            case 409: self = .conflict
            case 413: self = .tooLong
            case 422: self = .businessRule
            case 429: self = .throttled
            case 503: self = .transient
            case 500...: self = .exception
            default: self = .invalid
            }
        }
    }
}
