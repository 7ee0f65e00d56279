import Lifecycles
import Operations
import Vocabulary

/// One payment of the history on its way: what is meant, and what became of it so far.
struct HistoryPayment: Sendable {
    var fate: HistoryFate
    let shop: Int
    /// Nil for a card that belongs to nobody we know.
    let buyer: Int?
    let card: HistoryCard
    var basket: HistoryBasket
    let reference: String
    let capture: CaptureMode
    /// The card is kept at the shop, or was.
    let isSaved: Bool
    /// Seconds from the question to the answer.
    let patience: Int

    var token: CardTokenID?
    var created: HistoryAnswers.Created?

    /// The question that waits, if there is one.
    var question: ConfirmationID? {
        created?.status == .requiresConfirmation ? created?.confirmation : nil
    }

    /// How long people take to take up their phones, with how many of them do.
    private static let answerSeconds = [(6, 25), (11, 30), (19, 22), (42, 14), (88, 9)]
    static let allAnswerSeconds = answerSeconds.map(\.0)

    init(
        _ fate: HistoryFate, shop: Int, buyer: Int?, card: HistoryCard, basket: HistoryBasket,
        reference: String, isPharmacy: Bool, chance: inout HistoryChance
    ) {
        (self.fate, self.shop, self.buyer, self.card) = (fate, shop, buyer, card)
        (self.basket, self.reference) = (basket, reference)
        let isByHand: Bool =
            switch fate {
            case .capturedInParts, .canceledAfterApproval, .neverCaptured: true
            default: isPharmacy
            }
        capture = isByHand || chance.percent(45) ? .manual : .automatic
        isSaved = buyer != nil && chance.percent(55)
        patience = chance.pick(weighted: Self.answerSeconds)
    }

    /// The same order once more, to another end.
    func again(as fate: HistoryFate) -> HistoryPayment {
        var next = self
        (next.fate, next.token, next.created) = (fate, nil, nil)
        return next
    }
}

/// What a shop does later with an approved payment.
struct HistoryDue: Sendable {
    enum Step: Sendable {
        /// Minor units; nil for all that is left.
        case capture(Int64?, isFinal: Bool)
        case refund(Int64?)
        case cancel
    }

    let id: AuthorizationID
    let shop: Int
    let step: Step
}
