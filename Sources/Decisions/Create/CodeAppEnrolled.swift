import Vocabulary

/// There is a code app that may confirm now; a key card is none.
struct CodeAppEnrolled: Rule {
    let name = "code-app-enrolled"
    let version = 1
    let citation = "SCA-23; EBA-Op-2019-06"
    let isPersonal = true

    func judge(_ facts: CreateFacts) -> Judgement {
        guard let customer = facts.customer else { return Judgement(.notApplicable) }
        return .require(
            customer.readyDevices > 0, else: .noCodeApp,
            RuleInput("ready_devices", .number(Int64(customer.readyDevices))),
            RuleInput("devices_on_hold", .number(Int64(customer.devicesOnHold))))
    }
}
