import Operations
import TestKit
import Testing

@Suite struct MerchantChangeTests {
    @Test func `LOG-LEAF: another book of merchants is a configuration change with one leaf`() async throws {
        let stage = try Stage { $0.isRunning = false }
        try await stage.gateway.replaceMerchants(with: [stage.otherShop.merchant])
        let kinds = try await stage.texts("SELECT kind || ' ' || subject FROM leaves")
        #expect(kinds == ["configuration_change merchants"])
        #expect(stage.gateway.merchants.merchant(stage.shop.merchant.id) == nil)
        #expect(stage.gateway.merchants.merchant(stage.otherShop.merchant.id) != nil)
        await stage.stop()
    }
}
