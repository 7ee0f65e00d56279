package import Vocabulary

/// Why a handover is not recorded. A rejection changes nothing.
package enum HandoverRejection: Error, Sendable, Hashable {
    /// The order line, by its place in the request, names no hold of this authorization.
    case lineUnknown(Int)
    /// Several records of the order have a line of this name: the record must be named too.
    case lineAmbiguous(Int)
    /// A line of the request names a hold that another line named already.
    case lineRepeated(Int)
    /// The product is not the ordered one and may not stand in for it.
    case productRefused(Int)
    /// More units than are owed.
    case tooMuch(Int)
    /// Nothing was captured yet, or the hold is over.
    case notOwed(Int, HoldStatus)
    /// It was undone before, and is undone once.
    case undoneAlready
}
