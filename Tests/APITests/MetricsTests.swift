import Metrics
import Testing

@testable import API

@Suite struct MetricsTests {
    @Test func `PAY-TRACE: counters, gauges and histograms are written as Prometheus reads them`() {
        let backend = PrometheusText()
        let counter = Counter(
            label: "http.requests-total", dimensions: [("route", "/a\"b\\c\n")], factory: backend)
        counter.increment()
        counter.increment(by: 2)
        Gauge(label: "queue", dimensions: [], factory: backend).record(7)
        let timer = Metrics.Timer(label: "seconds", dimensions: [("b", "2"), ("a", "1")], factory: backend)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(60_000_000_000)
        let lines = backend.exposition().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE http_requests_total counter"))
        #expect(lines.contains("http_requests_total{route=\"/a\\\"b\\\\c\\n\"} 3"))
        #expect(lines.contains("# TYPE queue gauge"))
        #expect(lines.contains("queue 7"))
        #expect(lines.contains("# TYPE seconds histogram"))
        #expect(lines.contains("seconds_bucket{a=\"1\",b=\"2\",le=\"0.001\"} 0"))
        #expect(lines.contains("seconds_bucket{a=\"1\",b=\"2\",le=\"0.0025\"} 1"))
        #expect(lines.contains("seconds_bucket{a=\"1\",b=\"2\",le=\"+Inf\"} 2"))
        #expect(lines.contains("seconds_count{a=\"1\",b=\"2\"} 2"))
        #expect(lines.contains("seconds_sum{a=\"1\",b=\"2\"} 60.002"))
    }

    @Test func `PAY-TRACE: the same label gives the same series, another kind none`() {
        let backend = PrometheusText()
        Counter(label: "a", dimensions: [], factory: backend).increment()
        Counter(label: "a", dimensions: [], factory: backend).increment()
        Gauge(label: "a", dimensions: [], factory: backend).record(9)
        #expect(backend.exposition() == "# TYPE a counter\na 2\n")
    }

    @Test func `REL-20: requests are counted by template, never by path`() {
        let backend = PrometheusText()
        let meters = RequestMeters(factory: backend)
        for _ in 0..<3 {
            meters.begin()
            meters.end(method: "GET", route: "/v1/authorizations/{id}", status: 200, nanoseconds: 1_000)
        }
        let text = backend.exposition()
        #expect(
            text.contains(
                "http_requests_total{method=\"GET\",route=\"/v1/authorizations/{id}\",status=\"200\"} 3"))
        #expect(text.contains("http_requests_active 0"))
    }

    @Test(arguments: [("a.b", "a_b"), ("1a", "_1a"), ("a:b", "a:b"), ("\u{E6}", "_"), ("", "_")])
    func `PAY-TRACE: names are cleaned`(label: String, name: String) {
        #expect(PrometheusName.metric(label) == name)
    }
}
