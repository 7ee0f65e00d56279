import Foundation

/// What the figures were taken on.
enum Machine {
    /// Model of the processor, cores, operating system.
    static var description: String {
        let model = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?
            .split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
        let information = ProcessInfo.processInfo
        return "\(model ?? "unknown processor"), \(information.activeProcessorCount) cores, "
            + information.operatingSystemVersionString
    }

    /// Milliseconds of processor time that a process has used, user and system, from `/proc/PID/stat`.
    static func cpuMilliseconds(of process: Int32) -> Double {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The name in parentheses may hold spaces; the fields after it are numbered from 3.
            let end = text.lastIndex(of: ")")
        else { return 0 }
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return 0
        }
        return (user + system) * 1_000 / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The median of 200 writes of 4 KiB with fsync in a folder, in microseconds: what a commit waits for.
    static func syncMicroseconds(in folder: URL) throws -> Double {
        let file = folder.appendingPathComponent("sync-probe")
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        let page = Data(count: 4_096)
        var times: [Double] = []
        for _ in 0..<200 {
            let start = ContinuousClock.now
            try handle.write(contentsOf: page)
            fsync(handle.fileDescriptor)
            times.append(start.duration(to: .now) / .microseconds(1))
        }
        try handle.close()
        return median(times)
    }
}

func median(_ values: [Double]) -> Double { quantile(values, 0.5) }

/// The value below which the given part of the values lies (nearest rank).
func quantile(_ values: [Double], _ part: Double) -> Double {
    guard !values.isEmpty else { return 0 }
    let sorted = values.sorted()
    let rank = Int((part * Double(sorted.count)).rounded(.up))
    return sorted[min(max(rank, 1), sorted.count) - 1]
}
