import Vocabulary

extension Instant {
    /// `2026-11-22 20:14:03`, in Copenhagen.
    var local: String {
        let (date, hour, minute, second) = copenhagen
        return "\(date) "
            + [hour, minute, second].map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: ":")
    }
}

extension Money {
    /// `1.249,00 kr.` in Danish, `DKK 1,249.00` in English.
    func words(_ language: Language) -> String {
        guard language == .english, let number = danish.split(separator: " ").first else { return danish }
        let swapped = number.map { $0 == "." ? "," : $0 == "," ? "." : $0 }
        return "\(currency.code) \(String(swapped))"
    }
}
