import ArgumentParser
import Foundation

/// `godkend doctor`: what is installed, configured and stored, each with a verdict.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check versions, configuration, database, keys, trust, clock and disk.",
        discussion: "Exits with 1 when something is wrong. Shows no secret.")

    @OptionGroup var state: StateOption
    @OptionGroup var merchants: MerchantsOption
    @OptionGroup var trust: TrustOption
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let sources = try configurationOptions.sources()
        var findings = Examination.versions()
        findings += Examination.configuration(sources)
        findings += Examination.state(state.folder, environment: ProcessInfo.processInfo.environment)
        findings.append(
            Examination.log(
                state.folder, sources: sources, environment: ProcessInfo.processInfo.environment))
        findings += Examination.bank(state.folder, sources: sources, now: SystemClock().now())
        findings += Examination.merchants(merchants.folder)
        findings.append(Examination.trust(trust.files(in: state.folder), now: SystemClock().now()))
        findings.append(
            Examination.clock(SystemClock().now(), lastWrite: Examination.lastWrite(state.folder)))
        findings += [Examination.clockLog(state.folder)].compactMap { $0 }
        findings.append(Examination.disk(state.folder))
        var table = Table(["what", "verdict", "detail"])
        table.rows = findings.map { [$0.what, $0.verdict.rawValue, $0.detail] }
        table.lines(output.format).forEach(Terminal.say)
        if findings.contains(where: { $0.verdict == .bad }) { throw ExitCode(1) }
    }
}
