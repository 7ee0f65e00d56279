/// A table with a caption and column headings, ready for its template.
struct DataTable: Sendable {
    /// A heading over a column.
    struct Column: Sendable {
        let text: String
        let isNumber: Bool

        init(_ text: String, isNumber: Bool = false) {
            self.text = text
            self.isNumber = isNumber
        }
    }

    struct Row: Sendable {
        let cells: [Cell]
    }

    /// Names the caption, by which the scrolling frame is called.
    let tableID: String
    let caption: String
    let columns: [Column]
    let rows: [Row]
    let isFilled: Bool
    /// What stands there instead of rows.
    let emptyText: String

    /// Cells under a heading for numbers are numbers, too.
    init(id: String, caption: String, columns: [Column], rows: [[Cell]], emptyText: String) {
        tableID = id
        self.caption = caption
        self.columns = columns
        self.rows = rows.map { cells in
            Row(
                cells: zip(cells, columns).map { cell, column in
                    var cell = cell
                    if column.isNumber { cell.classes = (cell.classes.map { $0 + " " } ?? "") + "number" }
                    return cell
                })
        }
        isFilled = !rows.isEmpty
        self.emptyText = emptyText
    }
}

/// What stands in one place of a table.
struct Cell: Sendable {
    let text: String
    /// Where the text leads, on this site.
    let link: String?
    /// A word of a closed list, an id or a digest, written small under or instead of the text.
    let word: String?
    let tone: String?
    /// The cell names its row. `keep` keeps it on one line.
    let isHead: Bool
    fileprivate(set) var classes: String?

    init(
        _ text: String, link: String? = nil, word: String? = nil, tone: Tone? = nil, isHead: Bool = false,
        keep: Bool = false
    ) {
        self.text = text
        self.link = link
        self.word = word
        self.tone = tone?.rawValue
        self.isHead = isHead
        classes = keep ? "keep" : nil
    }
}
