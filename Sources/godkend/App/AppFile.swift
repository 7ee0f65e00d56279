import Foundation
import Notation
import Proofs
import Vocabulary

/// The terminal code app's own file: who it is, and its key sealed under the PIN (SCA-33).
struct AppFile {
    /// So many wrong PINs in a row destroy the key.
    static let allowedWrongPINs = 5

    let path: String
    /// Address of the server, without a trailing slash.
    let server: String
    let device: DeviceID
    private let salt: [UInt8]
    /// Binary logarithm of scrypt's N.
    private let cost: Int
    /// Empty once the key is destroyed.
    private var sealed: [UInt8]
    private(set) var wrongPINs: Int

    /// Writes a new file; one that is there stays.
    init(
        path: String, server: String, device: DeviceID, key: SigningKey, pin: String, salt: [UInt8],
        cost: Int = PINSeal.usualCost
    ) throws {
        try Self.checkFree(path)
        try Self.check(pin: pin)
        self.path = path
        self.server = server
        self.device = device
        self.salt = salt
        self.cost = cost
        wrongPINs = 0
        sealed = try PINSeal.seal(
            key.raw, pin: pin, salt: salt, cost: cost, context: Self.context(server: server, device: device))
        try save()
    }

    /// Reads the file, whose mode must be 0600.
    init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("There is no code app in \(path): enrol one with `godkend app enrol`.")
        }
        let object = (try? JSON.parse(PrivateFile.read(path)))?.object
        guard object?["v"] == 1, let server = object?["server"]?.text,
            let device = object?["device"]?.text.flatMap({ DeviceID($0) }),
            let salt = object?["salt"]?.text.flatMap({ Base64URL.decode($0) }),
            let sealed = object?["sealed"]?.text.flatMap({ Base64URL.decode($0) }),
            let cost = object?["cost"]?.integer, (1...20).contains(cost),
            let wrong = object?["wrong_pins"]?.integer
        else {
            try PrivateFile.check(path)
            throw CommandFailure("\(path) is no code app's file: enrol a new app.")
        }
        self.path = path
        self.server = server
        self.device = device
        self.salt = salt
        self.cost = Int(cost)
        self.sealed = sealed
        wrongPINs = Int(wrong)
    }

    var isDestroyed: Bool { sealed.isEmpty }

    /// The key, for the right PIN.
    ///
    /// A try is counted on disk before it is made, so that stopping the program in between gains nothing. The
    /// fifth wrong one in a row destroys the key.
    mutating func unlock(pin: String) throws -> SigningKey {
        guard !isDestroyed else {
            throw CommandFailure("Five wrong PINs destroyed this code app's key: enrol a new app.")
        }
        wrongPINs += 1
        try save()
        let context = Self.context(server: server, device: device)
        guard let raw = try PINSeal.open(sealed, pin: pin, salt: salt, cost: cost, context: context) else {
            return try refuse()
        }
        wrongPINs = 0
        try save()
        return try SigningKey(raw: raw)
    }

    private mutating func refuse() throws -> SigningKey {
        let left = Self.allowedWrongPINs - wrongPINs
        guard left > 0 else {
            sealed = []
            try save()
            throw CommandFailure("The PIN is wrong for the fifth time: this code app's key is destroyed.")
        }
        throw CommandFailure(
            "The PIN is wrong: \(left) more \(left == 1 ? "try" : "tries"), then the key goes.")
    }

    private func save() throws {
        var object = JSONObject()
        object.set("v", 1)
        object.set("server", .text(server))
        object.set("device", .text(device.text))
        object.set("salt", .text(Base64URL.encode(salt)))
        object.set("cost", .integer(Int64(cost)))
        object.set("sealed", .text(Base64URL.encode(sealed)))
        object.set("wrong_pins", .integer(Int64(wrongPINs)))
        try PrivateFile.write(JSON.object(object).written(), to: path)
    }

    static func checkFree(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("There is a code app in \(path): choose another file with --app.")
        }
    }

    /// Four to twelve digits.
    static func check(pin: String) throws {
        guard (4...12).contains(pin.utf8.count), pin.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw CommandFailure("A PIN has 4 to 12 digits.")
        }
    }

    private static func context(server: String, device: DeviceID) -> [UInt8] {
        [UInt8]("godkend app\n\(server)\n\(device.text)".utf8)
    }
}
