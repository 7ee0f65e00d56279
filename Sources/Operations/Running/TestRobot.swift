import Lifecycles
import Logging
import Proofs
import Records
import Synchronization
import Vocabulary

/// What a test customer is to do, as `metadata.godkend_test` says (CONTRACT section 11).
enum RobotTask: String, CaseIterable {
    case appApproves = "app_approves"
    case appDenies = "app_denies"
    case appReports = "app_reports"
    case appWrongMatch = "app_wrong_match"
    case appSilent = "app_silent"
    case keyCard = "key_card"
}

/// Payments whose customer is to answer by itself. Test mode only: in live mode nothing is ever put in.
final class RobotQueue: Sendable {
    struct Job: Sendable {
        let task: RobotTask
        let customer: CustomerID
        let confirmation: ConfirmationID
    }

    let jobs: AsyncStream<Job>
    private let sink: AsyncStream<Job>.Continuation

    init() { (jobs, sink) = AsyncStream.makeStream(of: Job.self, bufferingPolicy: .bufferingNewest(10_000)) }

    func consider(_ authorization: Authorization, isLive: Bool) {
        guard !isLive, let confirmation = authorization.confirmation?.id,
            let customer = authorization.customer,
            let word = authorization.metadata.first(where: { $0.name == "godkend_test" })?.value,
            let task = RobotTask(rawValue: word)
        else { return }
        sink.yield(Job(task: task, customer: customer, confirmation: confirmation))
    }
}

extension Gateway {
    /// Test mode's own code app. It has a device key of its own and goes the way of every code app: fetch
    /// the text, sign it, send the answer. There is no short cut to an approval.
    func runRobot() async {
        guard !settings.isLive else { return }
        let trouble = Complaint("the test customer could not answer", logger: logger)
        for await job in robot.jobs {
            var pause = Backoff.disk
            // A disk that fails for some seconds takes no answer away.
            for isLast in [false, false, false, false, false, false, false, true] {
                do {
                    try await act(job)
                    trouble.settle()
                    break
                } catch  where !isLast && Self.isOfTheDisk(error) && !Task.isCancelled {
                    await pause.wait()
                } catch {
                    trouble.tell(error)
                    break
                }
            }
        }
    }

    private static func isOfTheDisk(_ error: any Error) -> Bool {
        error is StorageFailure || (error as? Refusal)?.code == .storageUnavailable
    }

    private func act(_ job: RobotQueue.Job) async throws {
        switch job.task {
        case .appSilent: return
        case .keyCard:
            _ = try await ledger.submit(
                Records.OfferFactor(
                    confirmation: job.confirmation, owner: nil, factor: .keyCard, key: nil))
        case .appApproves: try await answer(job, .approve, presenter.matchCode(job.confirmation))
        case .appWrongMatch: try await answer(job, .approve, wrongCode(for: job.confirmation))
        case .appDenies: try await answer(job, .deny, nil)
        case .appReports: try await answer(job, .report, nil)
        }
    }

    private func answer(_ job: RobotQueue.Job, _ verdict: Verdict, _ code: MatchCode?) async throws {
        let key = try keys.testDeviceKey(for: job.customer)
        let device = try await ledger.submit(
            EnrolTestDevice(
                customer: job.customer, name: try PlainText("Testrobot", maximum: 100),
                publicKey: key.publicKey.raw64, thumbprint: key.publicKey.thumbprint, isRobot: true))
        guard let device else { return }
        let pending = try await pendingConfirmations(for: device)
        guard let question = pending.first(where: { $0.id == job.confirmation }) else { return }
        let compact = try AnswerDraft.sign(
            statement: Array(question.statement.utf8), verdict: verdict, verifiedBy: .pin, matchCode: code,
            device: device, key: key)
        _ = try await answer(job.confirmation, compact: compact, from: device)
    }

    /// Some code that is not the right one.
    private func wrongCode(for id: ConfirmationID) -> MatchCode? {
        presenter.matchCode(id).text == "00" ? MatchCode("01") : MatchCode("00")
    }
}
