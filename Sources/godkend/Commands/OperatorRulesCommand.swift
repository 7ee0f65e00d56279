import ArgumentParser
import Operations

/// `godkend operator request-rules`.
struct OperatorRequestRulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request-rules", abstract: "Ask another administrator to agree to other rules.",
        discussion: """
            The rules are those that this program would work by under the configuration given here, \
            as `godkend serve` would read it. A live server starts with other rules than those in force only \
            after another administrator approved them. Try them first with `godkend audit replay`.
            """)

    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var options: OperatorOptions
    @OptionGroup var output: FormatOption

    func run() async throws {
        let sources = try configurationOptions.sources()
        let isLive = sources.value(.mode).value == "live"
        let settings = try sources.settings(listening: isLive ? "https://localhost" : "http://localhost")
        let call = IssuerCall(.requestRules, [("rule_set", RuleSetDocument.current(under: settings))])
        IssuerRun.write(try await options.perform(call), format: output.format)
    }
}
