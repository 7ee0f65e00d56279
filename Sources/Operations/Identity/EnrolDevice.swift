import Vocabulary
import Proofs
import Records

extension Gateway {
    /// A new code app. Its key was made on the device and signed the request itself; the activation code says
    /// whose app it is (SCA-23). Existing apps are told and can turn it away during its hold.
    package func enrolDevice(_ request: EnrolRequest) async throws(Refusal) -> EnrolledDevice {
        let proof: VerifiedEnrolment
        do throws(ProofRefusal) {
            proof = try EnrolmentProof.verify(request.proof)
        } catch {
            throw Refusal(.deviceProofInvalid, parameter: "proof", detail: error.explanation)
        }
        guard proof.userID == request.userID, proof.activationCode == request.activationCode,
            proof.name == request.name
        else {
            throw Refusal(
                .deviceProofInvalid, parameter: "proof",
                detail: "The proof must hold the user_id, activation_code and name of the body.")
        }
        let name: PlainText
        do throws(TextError) {
            name = try PlainText(request.name, maximum: 64)
        } catch {
            throw Refusal(.parameterInvalid, parameter: "name", detail: error.explanation)
        }
        let outcome = try await refusing {
            try await ledger.submit(
                Records.EnrolDevice(
                    login: login(request.userID), codeMAC: activationMAC(request.activationCode.exposed()),
                    name: name, publicKey: proof.key.raw64, thumbprint: proof.key.thumbprint,
                    holdSeconds: settings.enrolmentHoldSeconds))
        }
        switch outcome {
        case .enrolled(let id, _, let mayConfirmFrom):
            return EnrolledDevice(id: id, mayConfirmFrom: mayConfirmFrom)
        case .refused: throw Refusal(.enrolmentRefused)
        }
    }
}
