import ArgumentParser
import Foundation

/// The one executable. Exits 0 on success, 1 when the answer is no, 2 on wrong usage.
@main
struct Godkend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "godkend",
        abstract: "A payment and prescription authorization gateway.",
        discussion: """
            Begin with `godkend demo`: it starts everything on a free port of this machine and shows card \
            payments and pharmacy orders that are approved, refused and declined.
            """,
        subcommands: [
            DemoCommand.self, ServeCommand.self, DoctorCommand.self, MerchantCommand.self,
            CustomerCommand.self, CardCommand.self, KeyCardCommand.self, RelationCommand.self,
            AppCommand.self, PrescriptionCommand.self, TrustCommand.self, PricesCommand.self,
            AuditCommand.self, OperatorCommand.self, FixturesCommand.self,
        ])

    static func main() async {
        do {
            let command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                var synchronous = command
                try synchronous.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// Says what went wrong, or what was asked for, and ends with the code that CONTRACT section 2 wants.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        if code == .success {
            Terminal.say(fullMessage(for: error))
            Foundation.exit(0)
        }
        if code == .validationFailure {
            Terminal.complain(fullMessage(for: error))
            Foundation.exit(2)
        }
        if let failure = error as? CommandFailure, failure.isUsage {
            Terminal.complain("godkend: " + failure.message)
            Foundation.exit(2)
        }
        if !(error is ExitCode) { Terminal.complain("godkend: " + Explanation.sentence(for: error)) }
        Foundation.exit(1)
    }
}
