import Testing
import Vocabulary

private func date(_ text: String) throws -> LocalDate {
    try #require(LocalDate(text))
}

private func quantity(_ text: String) throws -> Quantity {
    try #require(Quantity(text))
}

@Suite struct QuantityTests {
    @Test(arguments: [
        ("0", 0, "0"), ("0.0", 0, "0"), ("1", 1_000, "1"), ("2.5", 2_500, "2.5"), ("2.50", 2_500, "2.5"),
        ("100.000", 100_000, "100"), ("0.001", 1, "0.001"), ("007", 7_000, "7"), ("1.0000", 1_000, "1"),
        ("1000000", 1_000_000_000, "1000000"), ("999999.999", 999_999_999, "999999.999"),
    ])
    func `RX-QTY: a decimal is read exactly and written shortly`(
        text: String, thousandths: Int64, written: String
    ) throws {
        let quantity = try quantity(text)
        #expect(quantity.thousandths == thousandths)
        #expect(quantity.description == written)
        #expect(Quantity(written) == quantity)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-1", "+1", "1e3", "1E3", "0.0001", "1.0001", "1,5", " 1", "1 ", "1.2.3", "½",
        "１",
        "1000000.001", "1000001", "10000000", "12345678", "0x10", "NaN", "1_000",
    ])
    func `RX-QTY: what is no such decimal is refused`(text: String) {
        #expect(Quantity(text) == nil)
    }

    @Test func `RX-QTY: a tenth and two tenths are three tenths`() throws {
        #expect(try quantity("0.1").adding(quantity("0.2")) == quantity("0.3"))
        var sum = Quantity.zero
        for _ in 0..<1_000 { sum = try #require(sum.adding(quantity("0.001"))) }
        #expect(sum == .one)
        #expect(try quantity("0.3").subtracting(quantity("0.1")) == quantity("0.2"))
    }

    @Test func `RX-QTY: a million is the most, and nothing is the least`() throws {
        let most = try quantity("1000000")
        #expect(Quantity(1_000_000) == most && Quantity(1_000_001) == nil)
        #expect(Quantity(0) == .zero && Quantity(-1) == nil)
        #expect(Quantity(thousandths: 1_000_000_000) == most)
        #expect(Quantity(thousandths: 1_000_000_001) == nil && Quantity(thousandths: -1) == nil)
        #expect(try most.adding(quantity("0.001")) == nil)
        #expect(try quantity("999999.999").adding(quantity("0.001")) == most)
        #expect(Quantity.zero.subtracting(most) == .zero)
    }

    @Test func `RX-QTY: amounts compare by value, and products stay exact`() throws {
        #expect(try quantity("2.5") < quantity("10"))
        #expect(try quantity("2.5") == quantity("2.500"))
        #expect(try quantity("2.5").millionths(times: quantity("0.4")) == 1_000_000)
        let most = try quantity("1000000")
        #expect(most.millionths(times: most) == 1_000_000_000_000_000_000)
    }
}

@Suite struct PrescriptionNumberTests {
    @Test(arguments: [("6QF17", "6QF17"), ("wnp01", "WNP01"), ("ZB1ZV", "ZB1ZV"), ("00000", "00000")])
    func `RX-ROLE: an authorisation id is kept in upper case`(text: String, kept: String) {
        #expect(AuthorisationID(text)?.text == kept)
    }

    @Test(arguments: ["", "6QF1", "6QF170", "AQF17", "EQF17", "6QF1Ø", "6QF1 ", "6-F17", "6QFI7", "6qFu7"])
    func `RX-ROLE: five digits and consonants make an authorisation id, nothing else`(text: String) {
        #expect(AuthorisationID(text) == nil)
    }

    @Test(arguments: ["28103888005", "00000000000"])
    func `RX-COVER: a DrugID is eleven digits`(text: String) {
        #expect(DrugID(text)?.text == text)
    }

    @Test(arguments: ["", "2810388800", "281038880055", "2810388800x", "２8103888005"])
    func `RX-COVER: another text is no DrugID`(text: String) {
        #expect(DrugID(text) == nil)
    }

    @Test(arguments: ["N", "N02", "N02B", "N02BE", "N02BE01"])
    func `RX-COVER: an ATC code has five levels`(text: String) throws {
        let code = try #require(ATCCode(text))
        #expect(code.text == text)
        #expect(try #require(ATCCode("N02BE01")).belongs(to: code))
        #expect(try #require(ATCCode("M01AE01")).belongs(to: code) == false)
    }

    @Test(arguments: ["", "n02", "N0", "N02BE0", "N02BE011", "02N", "NN2", "N02b", "N02BEA1", "Ñ02"])
    func `RX-COVER: another text is no ATC code`(text: String) {
        #expect(ATCCode(text) == nil)
    }

    @Test(arguments: ["0", "1", "495021753450021", "18446744073709551615"])
    func `RX-ID: an FMK id is a decimal of up to 64 bits`(value: String) {
        #expect(RecordIdentity(system: .fmk, value: value)?.value == value)
    }

    @Test(arguments: ["", "01", "+1", "-1", "18446744073709551616", "1.0", "abc", " 1"])
    func `RX-ID: another text is no FMK id`(value: String) {
        #expect(RecordIdentity(system: .fmk, value: value) == nil)
    }

    @Test func `RX-ID: a record of another system has a name of 1 to 64 characters`() {
        let longest = String(repeating: "x", count: 64)
        #expect(RecordIdentity(system: .godkend, value: longest)?.value == longest)
        #expect(RecordIdentity(system: .godkend, value: longest + "x") == nil)
        #expect(RecordIdentity(system: .godkend, value: "") == nil)
        #expect(RecordIdentity(system: .godkend, value: "a\u{200B}b") == nil)
        #expect(RecordIdentity(system: .godkend, value: "1") != RecordIdentity(system: .fmk, value: "1"))
    }
}

@Suite struct HandoverIntervalTests {
    @Test(arguments: [
        // The month may be shorter, and a leap year has one day more.
        (1, IntervalUnit.months, "2026-01-31", "2026-02-28"), (1, .months, "2028-01-31", "2028-02-29"),
        (1, .months, "2026-03-31", "2026-04-30"), (12, .months, "2028-02-29", "2029-02-28"),
        (1, .months, "2026-12-31", "2027-01-31"), (2, .months, "2026-12-31", "2027-02-28"),
        // Over both changes of the clock: 23 and 25 hours are one day.
        (1, .days, "2026-03-28", "2026-03-29"), (1, .days, "2026-03-29", "2026-03-30"),
        (1, .days, "2026-10-24", "2026-10-25"), (1, .days, "2026-10-25", "2026-10-26"),
        (14, .days, "2026-03-22", "2026-04-05"), (3, .weeks, "2026-10-11", "2026-11-01"),
        (2, .weeks, "2026-12-25", "2027-01-08"), (999, .days, "2026-01-01", "2028-09-26"),
    ])
    func `RX-INTERVAL: the first day is counted by the calendar`(
        count: Int, unit: IntervalUnit, last: String, first: String
    ) throws {
        let interval = try #require(HandoverInterval(count, unit))
        #expect(try interval.firstDay(after: date(last)) == date(first))
    }

    @Test(arguments: IntervalUnit.allCases)
    func `RX-INTERVAL: 1 to 999 of a unit`(unit: IntervalUnit) {
        #expect(HandoverInterval(0, unit) == nil)
        #expect(HandoverInterval(-1, unit) == nil)
        #expect(HandoverInterval(1, unit)?.count == 1)
        #expect(HandoverInterval(999, unit)?.unit == unit)
        #expect(HandoverInterval(1_000, unit) == nil)
    }

    @Test func `RX-INTERVAL: an interval is never over on the day of the last handover`() throws {
        let last = try date("2026-02-28")
        for unit in IntervalUnit.allCases {
            #expect(try #require(HandoverInterval(1, unit)).firstDay(after: last) > last)
        }
    }
}

@Suite struct PrescriptionWordTests {
    @Test func `RX-GROUP: groups that are handed over once, to adults, or not at all`() {
        let all = DispensingGroup.allCases
        #expect(
            all.filter(\.isHandedOverOnce) == [
                .a, .aParagraph4, .aParagraph4Specialist, .aParagraph4Hospital,
            ])
        #expect(all.filter(\.isHospitalOnly) == [.aParagraph4Hospital, .hospital])
        #expect(all.filter(\.isSpecialistOnly) == [.aParagraph4Specialist, .specialist])
        #expect(all.filter(\.isAdultOnly) == [.haAdult, .hxAdult])
        #expect(all.filter { !$0.needsPrescription } == [.ha, .haAdult, .hf, .hv, .hx, .hxAdult])
        #expect(DispensingGroup(rawValue: "AP4") == .aParagraph4)
    }

    @Test func `RX-HOLD-TTL: a hold is active until it is released, expired or consumed`() {
        #expect(HoldStatus.allCases.filter(\.isActive) == [.reserved, .firm, .owed])
    }

    @Test func `RX-CANCEL: only a cancelled and an invalid record stay so for ever`() {
        #expect(PrescriptionStatus.allCases.filter(\.isTerminal) == [.canceled, .invalid])
    }

    @Test func `RX-CONFIRM: initials are the first letters of the names`() throws {
        let number = try PersonNumber("0101650001")
        let patient = {
            PatientContent(personNumber: number, birthDate: number.birthDate, name: Redacted($0))
        }
        #expect(patient("Eva Maria Lund").initials == "EML")
        #expect(patient("søren ærø").initials == "SÆ")
        #expect(patient("").initials.isEmpty)
        #expect(!"\(patient("Eva Lund"))".contains("Eva"))
    }
}
