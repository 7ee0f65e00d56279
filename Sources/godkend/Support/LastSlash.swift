extension String {
    /// An address or a folder that a path can be put behind: without the slash at its end.
    var withoutLastSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
