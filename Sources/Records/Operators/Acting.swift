/// A command done in somebody's name: every leaf of it names the operator, or `local` (OPS-ACCESS).
package struct Acting<Inner: Command>: Command {
    let inner: Inner
    let actor: String

    package init(_ inner: Inner, by actor: String) {
        self.inner = inner
        self.actor = actor
    }

    package func run(in transaction: Transaction) throws -> Inner.Outcome {
        transaction.actor = actor
        return try inner.run(in: transaction)
    }
}
