import GRDB

/// Columns by their place, and only as the type that they were written with: a damaged file may hold
/// anything.
extension Row {
    func exactBytes(_ index: Int) -> [UInt8]? {
        guard case .blob(let data) = exact(index).storage else { return nil }
        return [UInt8](data)
    }

    func exactText(_ index: Int) -> String? {
        guard case .string(let text) = exact(index).storage else { return nil }
        return text
    }

    func exactNumber(_ index: Int) -> Int64? {
        guard case .int64(let number) = exact(index).storage else { return nil }
        return number
    }

    private func exact(_ index: Int) -> DatabaseValue { self[index] }
}
