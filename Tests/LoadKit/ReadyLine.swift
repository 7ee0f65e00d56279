package import Foundation

/// The line with which a server says that it takes connections: `… is ready at http://127.0.0.1:8080`.
package enum ReadyLine {
    /// The address in it; nil when the output ends before such a line.
    package static func address(_ output: FileHandle) async -> String? {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var heard = Data()
                while true {
                    let piece = output.availableData
                    heard.append(piece)
                    let lines = String(decoding: heard, as: UTF8.self)
                        .split(separator: "\n", omittingEmptySubsequences: false)
                    let ready = lines.dropLast().first { $0.contains("is ready at http") }
                    if ready != nil || piece.isEmpty {
                        return continuation.resume(
                            returning: ready?.split(separator: " ").last.map(String.init))
                    }
                }
            }
        }
    }
}
