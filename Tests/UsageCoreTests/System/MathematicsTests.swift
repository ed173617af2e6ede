#if canImport(Glibc) && arch(x86_64)
  import Glibc
  import Testing

  @testable import UsageCore

  /// `Sources/CLibraries/Mathematics.c` stands before libm wherever the program is linked.
  @Suite("Rounding without libm")
  struct MathematicsTests {
    private typealias Function = @convention(c) (Double) -> Double
    private typealias FloatFunction = @convention(c) (Float) -> Float

    private static let values: [Double] = {
      var values: [Double] = [
        0, -0.0, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.49999999999999994, -0.49999999999999994, 0.1,
        -0.9,
        62.5, 99.5, 4503599627370495.5, -4503599627370495.5, 4_503_599_627_370_496,
        4503599627370497.5,
        1e18, -1e18, 1e19, 1e300, .infinity, -.infinity, .nan,
        .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
      ]
      var random = SystemRandomNumberGenerator()
      for _ in 0..<2000 { values.append(Double(bitPattern: random.next())) }
      for _ in 0..<2000 { values.append(Double.random(in: -1000...1000, using: &random)) }
      return values
    }()

    private func libm(_ name: String) throws -> UnsafeMutableRawPointer {
      let library = try #require(dlopen("libm.so.6", RTLD_NOW))
      return try #require(dlsym(library, name))
    }

    @Test(
      "Every value is rounded as libm rounds it",
      arguments: ["trunc", "floor", "ceil", "round", "rint", "nearbyint"])
    func rounding(name: String) throws {
      let ours: [String: (Double) -> Double] = [
        "trunc": { Glibc.trunc($0) }, "floor": { Glibc.floor($0) }, "ceil": { Glibc.ceil($0) },
        "round": { Glibc.round($0) }, "rint": { Glibc.rint($0) },
        "nearbyint": { Glibc.nearbyint($0) },
      ]
      let floats: [String: (Float) -> Float] = [
        "trunc": { truncf($0) }, "floor": { floorf($0) }, "ceil": { ceilf($0) },
        "round": { roundf($0) }, "rint": { rintf($0) }, "nearbyint": { nearbyintf($0) },
      ]
      let theirs = unsafeBitCast(try libm(name), to: Function.self)
      let theirFloats = unsafeBitCast(try libm(name + "f"), to: FloatFunction.self)
      let our = try #require(ours[name])
      let ourFloats = try #require(floats[name])
      for value in Self.values {
        let (found, expected) = (our(value), theirs(value))
        let isSame = found.bitPattern == expected.bitPattern || (found.isNaN && expected.isNaN)
        #expect(isSame, "\(name)(\(value))")
        let (float, expectedFloat) = (ourFloats(Float(value)), theirFloats(Float(value)))
        let isSameFloat =
          float.bitPattern == expectedFloat.bitPattern || (float.isNaN && expectedFloat.isNaN)
        #expect(isSameFloat, "\(name)f(\(value))")
      }
    }

    @Test("The rest is libm's own, opened when it is first called")
    func rest() throws {
      let theirs = unsafeBitCast(try libm("cos"), to: Function.self)
      for value in Self.values.prefix(20) where value.isFinite {
        #expect(Glibc.cos(value) == theirs(value))
      }
      #expect(Glibc.pow(2 as Double, 10) == 1024)
      #expect(Glibc.fmod(7.5 as Double, 2) == 1.5)
      #expect(Glibc.fma(2 as Double, 3, 4) == 10)
      #expect(Glibc.log2(8.0 as Double) == 3)
    }
  }
#endif
