/// One authorization as its template takes it: the answer, then what led to it.
struct StoryPage: ConsolePage {
    static let template = "story"
    let words: StoryWords
    let back: String
    /// Said where the customer was erased.
    let erased: String?
    let tone: String
    /// What became of it, in one line.
    let answer: String
    let because: String?
    let advice: String?
    let summary: FactList
    let sections: [StorySection]
}
