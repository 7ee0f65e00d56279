import Operations
import Vocabulary
import Yams

/// Reads one merchant file: strict, and every problem of the file at once.
enum MerchantFile {
    /// The merchant, or what is wrong.
    static func read(_ text: String, id: String, file: String) -> (
        merchant: Merchant?, problems: [YAMLProblem]
    ) {
        guard let merchantID = MerchantID(id) else {
            let message =
                "Name the file 2 to 40 of a-z, 0-9 and -, a letter first: the name is the merchant's id."
            return (nil, [YAMLProblem(file: file, line: nil, message: message)])
        }
        do {
            guard let root = try YAMLText.compose(text, file: file) else {
                return (nil, [YAMLProblem(file: file, line: nil, message: "The file is empty.")])
            }
            var fields = YAMLFields(root, file: file)
            let merchant = read(&fields, id: merchantID)
            fields.refuseUnknown()
            return (fields.problems.isEmpty ? merchant : nil, fields.problems.sorted(by: isBefore))
        } catch let problem as YAMLProblem {
            return (nil, [problem])
        } catch {
            return (nil, [YAMLProblem(file: file, line: nil, message: "The file cannot be read.")])
        }
    }

    private static func isBefore(_ left: YAMLProblem, _ right: YAMLProblem) -> Bool {
        // What is missing has no line and comes last.
        (left.line ?? .max) < (right.line ?? .max)
    }

    private static func read(_ fields: inout YAMLFields, id: MerchantID) -> Merchant? {
        let kind = fields.value("kind", required: true, MerchantValues.kind)
        let name = fields.value("name", required: true, MerchantValues.name)
        let gln = fields.value("gln", required: kind == .pharmacy, MerchantValues.gln)
        let isSuspended = fields.value("suspended", MerchantValues.truth) ?? false
        let currencies = fields.list(
            "currencies", required: kind != .filer && kind != nil, MerchantValues.currency)
        let limits = limits(&fields, currencies: currencies)
        let origins = fields.list("origins", MerchantValues.origin)
        let keys = keys(&fields, kind: kind)
        guard let kind, let name else { return nil }
        return Merchant(
            id: id, kind: kind, name: name, gln: gln, isSuspended: isSuspended, currencies: currencies,
            limits: limits, origins: origins, keys: keys)
    }

    private static func limits(_ fields: inout YAMLFields, currencies: [Currency]) -> [AmountLimit] {
        guard let node = fields.node("limits") else { return [] }
        var inner = YAMLFields(node, file: fields.file)
        var limits: [AmountLimit] = []
        for currency in currencies {
            if let maximum = inner.value(currency.code, MerchantValues.amount) {
                limits.append(AmountLimit(currency: currency, maximumMinor: maximum))
            }
        }
        inner.refuseUnknown()
        fields.adopt(inner.problems)
        return limits
    }

    private static func keys(_ fields: inout YAMLFields, kind: MerchantKind?) -> [MerchantKey] {
        guard let node = fields.node("keys") else { return [] }
        // `keys:` with nothing behind it, as in a file written by hand before its first rotation.
        if let scalar = node.scalar, scalar.string.isEmpty { return [] }
        guard let entries = node.sequence else {
            fields.complain(
                node.mark?.line, "`keys` takes a list: let `godkend merchant rotate-key` write it.")
            return []
        }
        return entries.compactMap { entry in
            var inner = YAMLFields(entry, file: fields.file)
            let key = key(&inner)
            if kind == .filer && key?.kind == .publishable {
                inner.complain(entry.mark?.line, "A filer has no publishable key: remove it.")
            }
            inner.refuseUnknown()
            fields.adopt(inner.problems)
            return key
        }
    }

    private static func key(_ fields: inout YAMLFields) -> MerchantKey? {
        let id = fields.value("id", required: true, MerchantValues.keyID)
        let kind = fields.value("kind", required: true, MerchantValues.keyKind)
        let isLive = fields.value("mode", required: true, MerchantValues.mode)
        let digest = fields.value("sha256", required: true, MerchantValues.digest)
        let expiresAt = fields.value("expires_at", MerchantValues.instant)
        let revokedAt = fields.value("revoked_at", MerchantValues.instant)
        guard let id, let kind, let isLive, let digest else { return nil }
        return MerchantKey(
            id: id, kind: kind, isLive: isLive, digest: digest, expiresAt: expiresAt, revokedAt: revokedAt)
    }
}
