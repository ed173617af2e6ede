import BarOutput
import UsageCore

/// libFuzzer's entry point. The first byte selects the parser, the rest is its input.
/// https://llvm.org/docs/LibFuzzer.html
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard count > 0, let start else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  let parsers = CoreParsers.all + OutputParsers.all + ProgramParsers.all
  parsers[Int(start[0]) % parsers.count](input)
  return 0
}

/// Stops the run when something that must hold does not.
func require(_ condition: Bool, _ what: String) {
  if !condition { preconditionFailure(what) }
}

typealias FuzzTarget = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(_ count: UnsafeMutablePointer<CInt>, _ arguments: Arguments, _ target: FuzzTarget)
  -> CInt

/// SwiftPM renames the `main` of an executable to this.
@_cdecl("fuzz_main")
public func main(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
) -> CInt {
  var count = count
  var arguments = arguments
  return runFuzzer(&count, &arguments, fuzz)
}
