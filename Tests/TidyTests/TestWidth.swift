#if os(Linux)
import Glibc

/// How many tests run at once: two a processor, so that one computes while another waits.
///
/// Without a limit the testing library starts all of them together; those that hear a bank or a browser
/// in real time then share a processor with a thousand others, and miss deadlines that are theirs.
/// The library reads its width before any test could set it, so this stands among the functions that
/// the loader calls before `main`; in a test target, so that no program has it. A value from outside
/// stands.
@section(".init_array")
@used
private let limitWidth: @convention(c) () -> Void = {
    let width = String(2 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    _ = unsafe setenv("SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH", width, 0)
}
#endif
