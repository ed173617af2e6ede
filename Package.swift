// swift-tools-version: 6.2
import PackageDescription

// `integrations/install.sh` sets this to the folder of Embedded Swift's libraries, and thereby selects that mode.
// This file is the only one that knows about the two modes.
let embeddedLibraries = Context.environment["DROIDBAR_EMBEDDED_LIBRARIES"]

var swiftSettings: [SwiftSetting] = [.treatAllWarnings(as: .error)]
var cSettings: [CSetting] = []
var linkerSettings: [LinkerSetting] = []
if let embeddedLibraries {
  swiftSettings += [
    .enableExperimentalFeature("Embedded"),
    .unsafeFlags(["-wmo", "-Osize", "-Xfrontend", "-enable-stack-protector"]),
  ]
  cSettings += [.unsafeFlags(["-fstack-protector-strong", "-D_FORTIFY_SOURCE=2"])]
  // The installer builds with link-time optimization, which would inline functions until their frames span pages.
  let options = [
    "-zrelro", "-znow", "-znoexecstack", "--gc-sections", "--icf=all", "-mllvm",
    "-inline-max-stacksize=256",
  ]
  linkerSettings += [
    .unsafeFlags(
      ["-use-ld=lld"] + options.flatMap { ["-Xlinker", $0] }
        + ["-L\(embeddedLibraries)", "-lswiftUnicodeDataTables"])
  ]
}

/// `Tests/Fuzzing/run` sets this: the fuzzer contains the program's sources, because it cannot import an executable.
let isFuzzing = Context.environment["DROIDBAR_FUZZING"] != nil
let fuzzer = "fuzzer,address"
let fuzzedTargets: [Target] = [
  .target(name: "CLibraries"),
  .target(
    name: "UsageCore", dependencies: ["CLibraries"],
    swiftSettings: [.unsafeFlags(["-sanitize=\(fuzzer)"])]),
  .target(
    name: "BarOutput", dependencies: ["UsageCore"],
    swiftSettings: [.unsafeFlags(["-sanitize=\(fuzzer)"])]),
  .executableTarget(
    name: "fuzz", dependencies: ["BarOutput", "UsageCore", "CLibraries"], path: ".",
    exclude: ["Tests/Fuzzing/run", "Tests/Fuzzing/seeds"],
    sources: ["Tests/Fuzzing"]
      + ["Arguments", "Process", "Reading", "Settings", "Setup"].map { "Sources/droidbar/\($0)" },
    swiftSettings: [.unsafeFlags(["-sanitize=\(fuzzer)", "-parse-as-library"])],
    linkerSettings: [.unsafeFlags(["-sanitize=\(fuzzer)"])]),
]

let package = Package(
  name: "droidbar",
  products: isFuzzing ? [] : [.executable(name: "droidbar", targets: ["droidbar"])],
  targets: isFuzzing
    ? fuzzedTargets
    : [
      .target(name: "CLibraries", cSettings: cSettings),
      .target(
        name: "UsageCore", dependencies: ["CLibraries"], swiftSettings: swiftSettings),
      .target(
        name: "BarOutput", dependencies: ["UsageCore"], swiftSettings: swiftSettings),
      .executableTarget(
        name: "droidbar", dependencies: ["BarOutput", "UsageCore", "CLibraries"],
        swiftSettings: swiftSettings, linkerSettings: linkerSettings),
      .target(
        name: "LoopbackFactory", dependencies: ["CLibraries"], path: "Tests/LoopbackFactory",
        swiftSettings: swiftSettings),
      .executableTarget(
        name: "loopback-factory", dependencies: ["LoopbackFactory", "UsageCore"],
        path: "Tests/loopback-factory", swiftSettings: swiftSettings),
      .executableTarget(
        name: "forecast-laboratory", dependencies: ["BarOutput", "UsageCore"],
        path: "Tests/Benchmarks/forecast", swiftSettings: swiftSettings),
      .testTarget(
        name: "UsageCoreTests", dependencies: ["UsageCore"], swiftSettings: swiftSettings),
      .testTarget(
        name: "BarOutputTests", dependencies: ["BarOutput"], swiftSettings: swiftSettings),
      .testTarget(
        name: "DroidbarTests", dependencies: ["droidbar"], swiftSettings: swiftSettings),
      .testTarget(
        name: "EndToEnd", dependencies: ["droidbar", "LoopbackFactory", "UsageCore"],
        path: "Tests/EndToEnd", swiftSettings: swiftSettings),
    ],
  swiftLanguageModes: [.v6]
)
