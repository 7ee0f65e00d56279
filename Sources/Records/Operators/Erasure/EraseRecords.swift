import Foundation
import GRDB
import Lifecycles
import Vocabulary

extension Transaction {
    /// The patient's prescription records: the texts go, and with the next step nobody's hash finds them.
    /// A line that was handed over stays used up: the record's own key stays.
    func eraseRecords(_ scope: ErasureScope) throws {
        guard let hash = scope.patientHash else { return }
        let nobody = Data(context.randomBytes(32))
        for id in scope.records {
            try withdraw(try requirePrescription(id), outcome: "erased")
            try eraseProofs(from: id, of: hash)
            try execute("UPDATE prescription_filings SET body_sealed = x'' WHERE prescription = ?", [id])
            try execute(
                "UPDATE prescriptions SET patient_hash = ?, tag = tag + 1, updated_at = ? WHERE id = ?",
                [nobody, now, id])
            try execute("UPDATE holds SET patient_initials = '' WHERE prescription = ?", [id])
            noteChange(of: id.text)
        }
    }

    /// A text of this patient may be what proved that its signer's certificate was revoked: the verdict on
    /// the signer stays, the text goes.
    private func eraseProofs(from id: PrescriptionID, of patient: Data) throws {
        try execute(
            """
            UPDATE revoked_signers SET proof_sealed = x''
            WHERE leaf IN (SELECT leaf_digest FROM prescription_filings WHERE prescription = ?)
                AND proof_sealed NOT IN (
                    SELECT f.body_sealed FROM prescription_filings f
                    JOIN prescriptions p ON p.id = f.prescription
                    WHERE f.leaf_digest = revoked_signers.leaf AND p.patient_hash IS NOT ?)
            """, [id, patient])
    }

    /// Relations of the customer end, whichever side the customer is on.
    func eraseRelations(_ scope: ErasureScope) throws {
        for id in scope.relations {
            // Not as a revocation of its own: the leaf of that commits to who both sides are.
            try execute(
                """
                UPDATE relations SET status = 'revoked', ended_at = coalesce(ended_at, ?), patient_hash = ?
                WHERE id = ?
                """, [now, Data(context.randomBytes(32)), id])
        }
    }
}
