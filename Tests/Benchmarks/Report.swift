import Foundation

/// The figures as a table, with what they were taken on.
enum Report {
    static func text(
        _ figures: [Figure: Measurement], plan: Measure, syncMicroseconds: Double
    ) -> String {
        let head = row(["workload", "conn.", "per s", "p50 ms", "p99 ms", "CPU ms", "rate:echo", "CPU:echo"])
        let rows = plan.connections.flatMap { connections in
            ["echo", "authorization", "payment"].compactMap { name -> String? in
                guard let one = figures[Figure(name, connections)],
                    let echo = figures[Figure("echo", connections)]
                else { return nil }
                return row([
                    name, String(connections), number(one.perSecond, 0), number(one.p50Milliseconds, 2),
                    number(one.p99Milliseconds, 2), number(one.cpuMilliseconds, 3),
                    "1:" + number(echo.perSecond / max(one.perSecond, 0.001), 1),
                    number(one.cpuMilliseconds / max(echo.cpuMilliseconds, 0.001), 1) + ":1",
                ])
            }
        }
        return """

            Medians of \(plan.rounds) rounds of \(plan.seconds) s, the three taking turns.
            Machine: \(Machine.description)
            SQLite with synchronous=FULL; writing 4 KiB and syncing it takes \(number(syncMicroseconds, 0)) µs here.
            Load generator and server share the cores; its own work is in the rates, not in the CPU column.

            \(([head] + rows).joined(separator: "\n"))

            echo: a JSON order of the same size decoded and sent back by a bare Hummingbird.
            authorization: POST /v1/authorizations with a saved card; the answer comes after the commit.
            payment: authorize, fetch in the app, signed answer, wait for the approval, capture: five requests and
            more when the approval takes longer, two with a device signature to check, one with a second, and three
            commits and two calls of the sandbox acquirer in the server. CPU ms is the server's for one of them.
            """
    }

    private static func row(_ cells: [String]) -> String {
        cells.enumerated().map { index, cell in
            let padding = String(repeating: " ", count: max(0, (index == 0 ? 14 : 9) - cell.count))
            return index == 0 ? cell + padding : padding + cell
        }.joined(separator: " ")
    }

    private static func number(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
