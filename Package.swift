// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "droidbar",
  products: [.executable(name: "droidbar", targets: ["droidbar"])],
  targets: [
    .target(name: "CLibraries"),
    .target(name: "UsageCore", dependencies: ["CLibraries"], swiftSettings: strict),
    .target(name: "BarOutput", dependencies: ["UsageCore"], swiftSettings: strict),
    .executableTarget(
      name: "droidbar", dependencies: ["BarOutput", "UsageCore", "CLibraries"],
      swiftSettings: strict),
    .target(
      name: "LoopbackFactory", dependencies: ["CLibraries"], path: "Tests/LoopbackFactory",
      swiftSettings: strict),
    .executableTarget(
      name: "loopback-factory", dependencies: ["LoopbackFactory", "UsageCore"],
      path: "Tests/loopback-factory",
      swiftSettings: strict),
    .testTarget(name: "UsageCoreTests", dependencies: ["UsageCore"], swiftSettings: strict),
    .testTarget(
      name: "BarOutputTests", dependencies: ["BarOutput"],
      swiftSettings: strict),
    .testTarget(name: "DroidbarTests", dependencies: ["droidbar"], swiftSettings: strict),
    .testTarget(
      name: "EndToEnd", dependencies: ["droidbar", "LoopbackFactory", "UsageCore"],
      path: "Tests/EndToEnd",
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
