import Decisions
import Lifecycles
import Notation
import Operations
import Proofs
import Vocabulary

extension JSONAnswers {
    /// What a filer is told.
    static func json(_ filed: FiledPrescription) -> JSON {
        .object(members(filed))
    }

    private static func members(_ filed: FiledPrescription) -> JSONObject {
        [
            "id": .text(filed.id.text), "object": "prescription", "record": text(filed.record),
            "version": filed.version.map { .integer($0) } ?? .null, "kind": .text(filed.kind.rawValue),
            "status": .text(filed.status.rawValue), "authentic": .bool(filed.isAuthentic),
            "checks": filed.checks,
        ]
    }

    /// A record for those who may see it; of one that nobody vouches for there is nothing but the checks.
    static func json(_ view: PrescriptionView) -> JSON {
        var object = members(view.row)
        guard let content = view.opened.content else { return .object(object) }
        object.set("issued_on", .text(content.issuedOn.description))
        object.set("valid_to", text(view.validTo?.description))
        object.set(
            "prescriber",
            [
                "authorisation": .text(content.prescriber.authorisation.text),
                "role": .text(content.prescriber.role.rawValue),
                "organisation": text(content.prescriber.organisation),
            ])
        object.set(
            "patient",
            [
                "name": .text(content.patient.name.exposed()),
                "birth_date": .text(content.patient.birthDate.description),
            ])
        object.set("lines", .array(view.coverage.map { json($0.line, $0.coverage, in: content) }))
        return .object(object)
    }

    private static func json(
        _ line: PrescribedLine, _ coverage: LineCoverage, in content: PrescriptionContent
    ) -> JSON {
        let window = RecordWindow(of: line, issuedOn: content.issuedOn, by: content.prescriber.role)
        var object: JSONObject = [
            "line": .text(line.id),
            "product": [
                "number": .text(line.product.number.text), "name": .text(line.product.name),
                "atc": text(line.product.atc?.text),
                "package_size": text(line.product.packageSize?.description),
            ],
        ]
        object.set("packages_per_handover", .text(line.packagesPerHandover.description))
        object.set("handovers", .integer(Int64(line.handovers)))
        object.set(
            "interval",
            line.interval.map {
                ["count": .integer(Int64($0.count)), "unit": .text($0.unit.rawValue)]
            } ?? .null)
        object.set("valid_from", .text(window.first.description))
        object.set("valid_to", .text(window.last.description))
        object.set("substitution", .bool(line.isSubstitutionAllowed))
        object.set("pharmacy", text(line.pharmacy?.text))
        for member in members(coverage).members { object.set(member.name, member.value) }
        object.set("next_handover", coverage.nextHandover.map { .integer(Int64($0)) } ?? .null)
        object.set("dosage", text(line.dosage))
        object.set("indication", text(line.indication))
        return .object(object)
    }

    private static func members(_ coverage: LineCoverage) -> JSONObject {
        [
            "prescribed": .integer(Int64(coverage.prescribed)),
            "handed_over": .integer(Int64(coverage.handedOver)), "held": .integer(Int64(coverage.held)),
            "left": .integer(Int64(coverage.left)), "next_from": text(coverage.nextFrom?.description),
        ]
    }

    /// A dry run: the checks of the record, then the rules of the order.
    static func json(_ run: DryRun) -> JSON {
        let rules = run.decision.trace.map { JSON.object(members($0)) }
        return [
            "authentic": .bool(run.isAuthentic), "covers": .bool(run.covers),
            "checks": .array((CheckDocument.json(run.checks).array ?? []) + rules),
            "lines": .array(
                run.lines.map { line, coverage in
                    var object: JSONObject = ["line": .text(line)]
                    for member in members(coverage).members { object.set(member.name, member.value) }
                    return .object(object)
                }),
        ]
    }

    private static func members(_ entry: TraceEntry) -> JSONObject {
        var object: JSONObject = ["rule": .text(entry.rule)]
        switch entry.verdict {
        case .pass: object.set("verdict", "pass")
        case .notApplicable: object.set("verdict", "not_applicable")
        case .decline(let reason):
            object.set("verdict", "fail")
            object.set("reason", .text(reason.rawValue))
            if let line = entry.line { object.set("line", .integer(Int64(line))) }
        }
        object.set("detail", .text(RuleSentence.text(of: entry)))
        return object
    }
}
