import Logging
import Metrics
import Operations
import Outbound

/// The acquirer that the configuration names.
enum OpenAcquirer {
    case sandbox(SandboxAcquirer)
    case iso8583(ISO8583Acquirer)

    init(_ settings: Settings, folder: StateFolder, clock: any Operations.Clock, logger: Logger) throws {
        switch settings.acquirerKind {
        case .sandbox:
            let books = settings.acquirerBooks ?? folder.acquirerBooks
            do {
                self = .sandbox(try SandboxAcquirer(booksAt: books, clock: clock))
            } catch {
                throw CommandFailure(
                    """
                    The sandbox acquirer's books \(books) cannot be opened: check acquirer.books and \
                    its owner.
                    """
                )
            }
        case .iso8583:
            self = .iso8583(
                ISO8583Acquirer(link: try Self.link(settings), clock: clock) { incident in
                    Self.note(incident, logger)
                })
        }
    }

    var port: any Acquirer {
        switch self {
        case .sandbox(let acquirer): acquirer
        case .iso8583(let acquirer): acquirer
        }
    }

    func shutdown() async {
        switch self {
        case .sandbox(let acquirer): acquirer.shutdown()
        case .iso8583(let acquirer): await acquirer.shutdown()
        }
    }

    /// What is dropped on the line, or goes wrong on it, is counted and told, card numbers and element 48
    /// masked.
    private static func note(_ incident: ISO8583Incident, _ logger: Logger) {
        Counter(label: "godkend_acquirer_incidents", dimensions: [("kind", incident.word)]).increment()
        logger.warning(
            "something happened on the line to the bank",
            metadata: ["kind": "\(incident.word)", "detail": "\(incident.detail)"])
    }
}

extension OpenAcquirer {
    /// The way to the bank by the settings. Live mode goes over TLS, but for a bank on this machine.
    static func link(_ settings: Settings) throws -> ISO8583Link {
        let line = settings.acquirerLine
        let address = try address(settings.acquirerAddress)
        if settings.isLive, !line.isSecure, !isLoopback(address.host) {
            throw CommandFailure(
                """
                acquirer.tls is off and \(address.host) is another machine: live mode sends card numbers \
                over TLS only. Set acquirer.tls to on and acquirer.tls_ca to the bank's roots (PEM).
                """)
        }
        return ISO8583Link(
            address: address,
            framing: ISO8583Framing(
                header: ISO8583Framing.Header(rawValue: line.lengthHeader) ?? .binary2,
                isInclusive: line.isLengthInclusive, tpdu: line.tpdu.map(bytes)),
            dialect: ISO8583Dialect(
                encoding: ISO8583Dialect.Encoding(rawValue: line.encoding) ?? .ascii,
                currencyForm: ISO8583Dialect.CurrencyForm(rawValue: line.currencyForm) ?? .numeric),
            terminal: ISO8583Terminal(
                merchantType: line.merchantType,
                entryMode: ISO8583EntryMode(line.entryMode) ?? .electronicCommerce,
                conditionCode: line.conditionCode, location: line.acceptorLocation),
            life: ISO8583LineLife(
                signsOn: line.signsOn, echoSeconds: Int64(line.echoSeconds),
                keepAliveSeconds: Int64(line.keepAliveSeconds)),
            security: try security(line, address))
    }

    private static func security(_ line: AcquirerLine, _ address: ISO8583Address) throws -> ISO8583Security? {
        guard line.isSecure, let roots = line.roots else { return nil }
        do {
            return try ISO8583Security(
                roots: roots, certificate: line.certificate, key: line.key, name: line.name)
        } catch {
            throw CommandFailure(
                """
                acquirer.tls_ca, acquirer.tls_certificate or acquirer.tls_key cannot be read as PEM \
                (\(type(of: error))): check the paths, their owner, and that key and certificate belong \
                together.
                """)
        }
    }

    /// `localhost`, 127.0.0.0/8 or ::1.
    static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isFour = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || isFour && parts[0] == "127"
    }

    /// `host:port` or `host:port/institution`, the number of data element 32. An address of IPv6 stands in
    /// brackets.
    static func address(_ text: String?) throws -> ISO8583Address {
        let parts = (text ?? "").split(separator: "/", omittingEmptySubsequences: false)
        let institution = parts.count > 1 ? String(parts[1]) : "1"
        guard (1...2).contains(parts.count), let place = place(parts[0]),
            (1...11).contains(institution.utf8.count), institution.utf8.allSatisfy({ (48...57).contains($0) })
        else {
            throw CommandFailure("acquirer.address takes host:port or host:port/institution number.")
        }
        return ISO8583Address(host: place.host, port: place.port, institution: institution)
    }

    private static func place(_ text: Substring) -> (host: String, port: Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]"), host.count > 2 {
            return (String(host.dropFirst().dropLast()), port)
        }
        return host.isEmpty || host.contains(where: { ":[]".contains($0) }) ? nil : (String(host), port)
    }

    /// The bytes of hexadecimal digits that the settings have checked.
    private static func bytes(_ digits: String) -> [UInt8] {
        stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(digits.dropFirst($0).prefix(2), radix: 16)
        }
    }
}
