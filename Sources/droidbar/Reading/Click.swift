import BarOutput
import UsageCore

/// What a click on the reading asks for, by the button that i3blocks names in `BLOCK_BUTTON`.
enum Click: String {
  case nextWindow = "1"
  case refresh = "2"
  case open = "3"

  init?(environment: Environment) {
    guard let button = environment["BLOCK_BUTTON"], let click = Click(rawValue: button) else {
      return nil
    }
    self = click
  }
}

/// The window that clicks chose, kept for each host. Without a file it is the one of the settings.
struct WindowChoice {
  private let path: String
  private let folder: String

  init(places: Places, host: Host) {
    folder = places.accountDirectory
    path = folder + "/window-" + host.rawValue
  }

  var current: String? {
    guard let text = try? BoundedFile.text(path, limit: 64) else { return nil }
    let window = text.split(separator: "\n").first.map(String.init)
    return window.flatMap { Presentation.windows.contains($0) ? $0 : nil }
  }

  /// The readout of the window that clicks have led to, if any did.
  func readout(_ reading: Reading, _ presentation: Presentation) -> Readout {
    guard let window = current, window != presentation.window else {
      return Readout(reading, presentation)
    }
    var changed = presentation
    changed.window = window
    let readout = Readout(reading, changed)
    // The account may have other windows since the click.
    return readout.state == .problem(.config) ? Readout(reading, presentation) : readout
  }

  /// Goes on to the next window that the reading shows; behind the last one, back to the setting.
  func advance(over readout: Readout) -> String? {
    let shown = readout.facts.limits.filter { $0.binds || !$0.isIdle }.map(\.id)
    let windows = shown.filter(Presentation.windows.contains)
    let next =
      current.map { now in windows.firstIndex(of: now).map { $0 + 1 } ?? windows.count } ?? 0
    guard next < windows.count else {
      unlink(path)
      return nil
    }
    try? Path.makePrivateDirectory(folder)
    try? PrivateFile.write(windows[next] + "\n", to: path)
    return windows[next]
  }
}
