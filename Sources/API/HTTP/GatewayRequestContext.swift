package import Hummingbird
import Vocabulary

/// What travels with one request.
package struct GatewayRequestContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// `req_…`, given by us; what a client sends under that name is not looked at.
    var requestID = ""

    package init(source: Source) {
        coreContext = .init(source: source)
    }
}
