import Foundation
import Operations
import Proofs
import Testing
import Vocabulary

@testable import godkend

struct AppFileTests {
    private let folder: TemporaryFolder
    private let key: SigningKey
    private var path: String { folder.path + "/app.json" }

    init() throws {
        folder = try TemporaryFolder()
        key = try SigningKey()
    }

    private func enrolled(pin: String = "4711") throws -> AppFile {
        let device: DeviceID = SystemEntropy().identifier(at: SystemClock().now())
        return try AppFile(
            path: path, server: "http://h", device: device, key: key, pin: pin,
            salt: SystemEntropy().bytes(16), cost: 4)
    }

    private func unlock(_ pin: String) throws -> SigningKey {
        var app = try AppFile(path: path)
        return try app.unlock(pin: pin)
    }

    @Test func `SCA-33: five wrong PINs destroy the terminal app's key`() throws {
        _ = try enrolled()
        for left in ["4 more tries", "3 more tries", "2 more tries", "1 more try"] {
            #expect(throws: CommandFailure("The PIN is wrong: \(left), then the key goes.")) {
                try unlock("0000")
            }
        }
        let fifth = "The PIN is wrong for the fifth time: this code app's key is destroyed."
        #expect(throws: CommandFailure(fifth)) { try unlock("0000") }
        #expect(try AppFile(path: path).isDestroyed)
        let destroyed = "Five wrong PINs destroyed this code app's key: enrol a new app."
        #expect(throws: CommandFailure(destroyed)) { try unlock("4711") }
        #expect(try AppFile(path: path).isDestroyed)
    }

    @Test func `SCA-33: four wrong PINs and the right one leave the key, and the count begins anew`() throws {
        _ = try enrolled()
        for _ in 1...2 {
            for left in ["4 more tries", "3 more tries", "2 more tries", "1 more try"] {
                #expect(throws: CommandFailure("The PIN is wrong: \(left), then the key goes.")) {
                    try unlock("0000")
                }
            }
            #expect(try unlock("4711").raw == key.raw)
            #expect(try AppFile(path: path).wrongPINs == 0)
        }
    }

    @Test func `SCA-33: a try is counted before it is made`() throws {
        var app = try enrolled()
        _ = try? app.unlock(pin: "0000")
        #expect(try AppFile(path: path).wrongPINs == 1)
    }

    @Test func `the key is in the file neither in clear nor readable to others`() throws {
        _ = try enrolled()
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let bytes = try PrivateFile.read(path)
        #expect(!bytes.indices.contains { bytes[$0...].starts(with: key.raw.prefix(8)) })
        let opened = unsafe chmod(path, 0o644)
        #expect(opened == 0)
        let open = #expect(throws: CommandFailure.self) { try AppFile(path: path) }
        #expect(open?.message.contains("others can read it: run `chmod 600 ") == true)
    }

    @Test func `an app's file is never written over`() throws {
        _ = try enrolled()
        let taken = "There is a code app in \(path): choose another file with --app."
        #expect(throws: CommandFailure(taken)) { try enrolled() }
    }

    @Test(arguments: [
        ("123", false), ("1234", true), ("123456789012", true), ("1234567890123", false), ("12a4", false),
    ])
    func `a PIN has 4 to 12 digits`(pin: String, isGood: Bool) {
        #expect(((try? AppFile.check(pin: pin)) != nil) == isGood)
    }
}
