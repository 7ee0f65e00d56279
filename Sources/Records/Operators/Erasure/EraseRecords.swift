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
            let record = try requirePrescription(id)
            try withdraw(record, outcome: "erased")
            try eraseProofs(from: id, of: hash)
            try execute("UPDATE prescription_filings SET body_sealed = x'' WHERE prescription = ?", [id])
            if record.status == .invalid {
                try execute("UPDATE prescriptions SET named_hash = NULL WHERE id = ?", [id])
            } else {
                try execute("UPDATE prescriptions SET patient_hash = ? WHERE id = ?", [nobody, id])
            }
            try execute(
                "UPDATE prescriptions SET tag = tag + 1, updated_at = ? WHERE id = ?", [now, id])
            try execute("UPDATE holds SET patient_initials = '' WHERE prescription = ?", [id])
            try eraseAnswers(naming: id.text, in: "prescriptions", under: "POST /v1/prescriptions/")
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
                    WHERE f.leaf_digest = revoked_signers.leaf
                        AND coalesce(p.patient_hash, p.named_hash) IS NOT ?)
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
