import Vocabulary

/// The price list's group lets a consumer have the product, and the signer's role prescribe it.
struct GroupAllows: ParameterLineRule {
    struct Inputs: InputValues {
        /// Nil when the price list has no such product.
        let group: DispensingGroup?
        let prescribedGroup: DispensingGroup?
        let role: SignerRole
        let kind: SignerKind
    }

    typealias Parameters = PrescribableGroups

    let name = "group-allows"
    let version = 2
    let citation = "RX-GROUP; RX-ROLE; BEK 776/2022 sections 1 and 6"
    let policy: PrescribingPolicy

    func inputs(of line: OrderLineFacts, in facts: PrescriptionFacts) -> Inputs? {
        guard let record = line.record else { return nil }
        return Inputs(
            group: line.product?.group, prescribedGroup: record.prescribed?.group, role: record.role,
            kind: record.kind)
    }

    func parameters(_ settings: PrescriptionSettings) -> PrescribableGroups {
        PrescribableGroups(byRole: policy.groups)
    }

    func verdict(_ inputs: Inputs, under parameters: PrescribableGroups) -> RuleVerdict {
        guard let group = inputs.group else { return .decline(.rxNotCovered) }
        let groups = [group] + (inputs.prescribedGroup.map { [$0] } ?? [])
        if groups.contains(where: \.isHospitalOnly) { return .decline(.rxNotCovered) }
        // Only a register signs as a register.
        let isSignerSound = inputs.role != .register || inputs.kind == .registry
        return isSignerSound && groups.allSatisfy { parameters.allow(inputs.role, $0) }
            ? .pass : .decline(.rxPrescriberNotEntitled)
    }
}

/// The groups that a role may prescribe; one parameter a role.
struct PrescribableGroups: ParameterValues {
    static func forms() -> [ParameterForm] {
        SignerRole.allCases.map {
            ParameterForm($0.rawValue, .words(DispensingGroup.allCases.map(\.rawValue)))
        }
    }
    let byRole: [SignerRole: Set<DispensingGroup>]

    /// Whether somebody in this role may prescribe a product of this group. What needs no prescription
    /// anybody here may prescribe.
    func allow(_ role: SignerRole, _ group: DispensingGroup) -> Bool {
        guard let allowed = byRole[role] else { return false }
        return !group.needsPrescription || allowed.contains(group)
    }
}

extension GroupAllows.Inputs {
    init(_ logged: LoggedInputs) throws(UnreadableTrace) {
        group = try logged.optionalWord("group")
        prescribedGroup = try logged.optionalWord("prescribed_group")
        role = try logged.word("role")
        kind = try logged.word("kind")
    }

    var listed: [RuleInput] {
        [
            RuleInput("group", .word(group)), RuleInput("prescribed_group", .word(prescribedGroup)),
            RuleInput("role", .word(role.rawValue)), RuleInput("kind", .word(kind.rawValue)),
        ]
    }
}

extension PrescribableGroups {
    /// A role that is not named prescribes nothing at all.
    init(_ listed: RuleParameters) throws(UnreadableTrace) {
        var byRole: [SignerRole: Set<DispensingGroup>] = [:]
        for role in SignerRole.allCases where listed[role.rawValue] != nil {
            byRole[role] = try listed.words(role.rawValue)
        }
        self.byRole = byRole
    }

    var listed: RuleParameters {
        RuleParameters(
            Dictionary(
                uniqueKeysWithValues: byRole.map { role, groups in
                    (role.rawValue, .words(Set(groups.map(\.rawValue))))
                }))
    }
}
