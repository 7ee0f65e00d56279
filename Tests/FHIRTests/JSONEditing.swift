import Notation

/// One step of a path such as `entry[2].resource.status`.
private enum Step {
    case name(String)
    case index(Int)
}

private func steps(of path: String) -> [Step] {
    path.split(separator: ".").flatMap { part -> [Step] in
        let pieces = part.split(separator: "[")
        return pieces.enumerated().compactMap { index, piece in
            index == 0 ? .name(String(piece)) : Int(piece.dropLast()).map(Step.index)
        }
    }
}

extension JSON {
    /// This value with another one at a path; `nil` takes the member or the element away.
    func setting(_ path: String, to value: JSON?) -> JSON {
        editing(path) { _ in value }
    }

    func editing(_ path: String, _ change: (JSON?) -> JSON?) -> JSON {
        edited(steps(of: path)[...], change) ?? .null
    }

    /// What stands at a path.
    func value(at path: String) -> JSON? {
        var found: JSON?
        _ = editing(path) {
            found = $0
            return $0
        }
        return found
    }

    private func edited(_ steps: ArraySlice<Step>, _ change: (JSON?) -> JSON?) -> JSON? {
        guard let first = steps.first else { return change(self) }
        let rest = steps.dropFirst()
        switch first {
        case .name(let name):
            let inner = object?[name]
            let changed = rest.isEmpty ? change(inner) : (inner ?? [:]).edited(rest, change)
            var copy = JSONObject()
            for member in object?.members ?? [] where member.name != name {
                copy.set(member.name, member.value)
            }
            if let changed { copy.set(name, changed) }
            return .object(copy)
        case .index(let index):
            var elements = array ?? []
            let inner: JSON? = elements.indices.contains(index) ? elements.remove(at: index) : nil
            let changed = rest.isEmpty ? change(inner) : (inner ?? [:]).edited(rest, change)
            if let changed { elements.insert(changed, at: min(index, elements.count)) }
            return .array(elements)
        }
    }
}
