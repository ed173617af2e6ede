import CLibraries
import UsageCore

/// `droidbar open`: the usage page in the user's browser.
enum OpenCommand {
  static let page = "https://app.factory.ai/settings/usage"

  static func run(_ world: World) -> Outcome {
    var pid: pid_t = 0
    let failed = CArguments.with(["xdg-open", page]) { words in
      platform_spawn_detached("xdg-open", words, platform_environment(), &pid)
    }
    guard failed == 0 else {
      return .failure(
        "xdg-open cannot be started: open \(page) yourself, or install xdg-utils.", status: 1)
    }
    return Outcome()
  }
}
