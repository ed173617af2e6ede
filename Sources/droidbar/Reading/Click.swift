import BarOutput
import UsageCore

/// A click on the reading. The raw value is the button, as in i3blocks' `BLOCK_BUTTON`.
enum Click: String {
  case nextWindow = "1"
  case refresh = "2"
  case open = "3"
  case previousWindow = "4"
  case nextWindowByScroll = "5"

  /// How many windows to move; nil for other clicks.
  var step: Int? {
    switch self {
    case .nextWindow, .nextWindowByScroll: 1
    case .previousWindow: -1
    case .refresh, .open: nil
    }
  }
}

/// The window that was chosen by clicks, stored for each host. It expires after its reset, or after an hour.
struct WindowChoice {
  private static let longestSeconds: Int64 = 3600

  private let path: String
  private let folder: String
  private let now: Moment

  init(places: Places, host: Host, now: Moment) {
    folder = places.accountDirectory
    path = folder + "/window-" + host.rawValue
    self.now = now
  }

  /// When the choice ends; nil without one.
  var expiresAt: Moment? { load()?.expiresAt }

  private func load() -> (window: String, expiresAt: Moment)? {
    guard let text = try? BoundedFile.text(path, limit: 128) else { return nil }
    let fields = text.split { $0 == "\t" || $0 == "\n" }.map { String($0) }
    guard fields.count == 2, Template.windows.contains(fields[0]), let seconds = Int64(fields[1])
    else { return nil }
    let expiry = Moment(seconds: seconds)
    let left = expiry.seconds(since: now)
    return left > 0 && left <= Self.longestSeconds ? (fields[0], expiry) : nil
  }

  /// The readout with the chosen window, if there is one.
  func readout(_ reading: Reading, _ presentation: Presentation) -> Readout {
    let configured = Readout(reading, presentation)
    guard let window = load()?.window, configured.facts.limits.contains(where: { $0.id == window })
    else { return configured }
    var changed = presentation
    changed.window = window
    return Readout(reading, changed)
  }

  /// Chooses the window after or before the one that is shown.
  ///
  /// - Parameter step: 1 or -1.
  func move(_ step: Int, from readout: Readout) {
    let limits = readout.facts.limits.filter { $0.binds || !$0.isIdle }
      .filter { Template.windows.contains($0.id) }
    guard let shown = readout.facts.headline,
      let place = limits.firstIndex(where: { $0.id == shown.id }), limits.count > 1
    else { return }
    let next = limits[(place + step + limits.count) % limits.count]
    let latest = now.adding(seconds: Self.longestSeconds)
    let expiry = next.resetsAt.map { min($0, latest) } ?? latest
    try? Path.makePrivateDirectory(folder)
    try? AtomicFile.write("\(next.id)\t\(expiry.seconds)\n", to: path)
  }
}
