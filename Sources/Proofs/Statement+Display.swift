import Vocabulary

extension Statement {
    /// The lines that an app shows, in Danish, made from the signed members and nothing else (SCA-04,
    /// SCA-05).
    ///
    /// Every line begins with a word of ours, so that a payee's name cannot pass for one.
    package var display: [String] {
        var lines = [heading]
        if let amount, let currency, let money = try? Money(amountMinor: amount, currency: currency) {
            lines.append("Beløb: \(money.danish)")
        }
        if let payee { lines.append("Modtager: \(payee)") }
        if payee == nil { lines.append("Fra: \(merchant.text)") }
        if let card { lines.append("Kort: \(card)") }
        if let order { lines.append("Ordre: \(order)") }
        if !patientInitials.isEmpty { lines.append("Patient: \(patientInitials)") }
        lines += effect.map { "Virkning: \($0)" }
        lines += prescriptions.map { use in
            "Recept: \(use.record.text), version \(use.version), linje \(use.line), "
                + "udlevering \(use.handover)"
        }
        return lines
    }

    private var heading: String {
        switch kind {
        case .cardPayment: "Godkend betaling"
        case .prescriptionLookup: "Godkend opslag i dine recepter"
        case .signIn: "Godkend at logge ind"
        }
    }
}
