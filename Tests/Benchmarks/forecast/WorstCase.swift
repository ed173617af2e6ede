import Foundation

/// A forecast that was far from the truth.
struct WorstCase {
  let persona: String
  let limit: String
  let instance: Int
  let at: Int64
  let utcOffset: Int64
  let percent: Double
  let shown: Int64
  let window: Life.Instance
  let error: Double

  /// At most one for each window.
  static func tenWorst(_ cases: [WorstCase], count: Int = 10) -> [WorstCase] {
    var kept: [WorstCase] = []
    for one in cases.sorted(by: { $0.error > $1.error }) {
      if kept.contains(where: { $0.persona == one.persona && $0.instance == one.instance }) {
        continue
      }
      kept.append(one)
      if kept.count == count { break }
    }
    return kept
  }

  var line: String {
    let truth =
      window.fullAt.map { "ran out \(local($0))" }
      ?? "reset \(local(window.reset)) at \(Int(window.highest)) %"
    return
      "\(persona), \(local(at)), \(limit) at \(Int(percent)) %: \"runs out \(local(shown))\"; \(truth)"
  }

  private func local(_ at: Int64) -> String { Self.local(at + utcOffset) }

  static func local(_ localSeconds: Int64) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = .gmt
    formatter.dateFormat = "EEE d MMM HH:mm"
    return formatter.string(from: Date(timeIntervalSince1970: Double(localSeconds)))
  }
}
