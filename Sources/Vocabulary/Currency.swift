/// A currency in which an amount can be written in minor units.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three upper-case letters of ISO 4217.
    package let code: String
    /// Decimals of the major unit: 2 for DKK, 0 for JPY, 3 for BHD.
    package let exponent: Int

    /// A currency of the active list, by its upper-case code.
    package init?(code: String) {
        guard let exponent = activeCurrencies[code] else { return nil }
        self.init(code: code, exponent: exponent)
    }

    private init(code: String, exponent: Int) {
        self.code = code
        self.exponent = exponent
    }

    package var description: String { code }

    package static let dkk = Currency(code: "DKK", exponent: 2)
    package static let eur = Currency(code: "EUR", exponent: 2)
    package static let sek = Currency(code: "SEK", exponent: 2)
    package static let nok = Currency(code: "NOK", exponent: 2)
    package static let usd = Currency(code: "USD", exponent: 2)
    package static let jpy = Currency(code: "JPY", exponent: 0)
    package static let bhd = Currency(code: "BHD", exponent: 3)
}

/// ISO 4217 list one as of January 2026, code to exponent.
///
/// Left out is what has no minor unit and cannot be paid with: metals, bond units, XDR, XSU, XUA, XTS, XXX.
let activeCurrencies: [String: Int] = {
    let byExponent: [(Int, String)] = [
        (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
        (
            2,
            """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF \
            CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD \
            GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL \
            MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR \
            PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP \
            TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
            """
        ),
        (3, "BHD IQD JOD KWD LYD OMR TND"),
        (4, "CLF UYW"),
    ]
    var table: [String: Int] = [:]
    for (exponent, codes) in byExponent {
        for code in codes.split(separator: " ") {
            table[String(code)] = exponent
        }
    }
    return table
}()
