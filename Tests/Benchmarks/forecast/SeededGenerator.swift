import Foundation

/// SplitMix64, so that every run is the same.
struct SeededGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
  mutating func exponential(_ mean: Double) -> Double { -mean * log(1 - unit()) }
  mutating func normal() -> Double { sqrt(-2 * log(1 - unit())) * cos(2 * .pi * unit()) }
  /// With a mean of 1.
  mutating func logNormal(_ deviation: Double) -> Double {
    exp(normal() * deviation - deviation * deviation / 2)
  }
}
