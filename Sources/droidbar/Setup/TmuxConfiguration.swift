import BarOutput
import UsageCore

/// `~/.tmux.conf`: a block at the end, which adds to the user's own status line.
enum TmuxConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .tmux,
      reload: { path, task in
        // Appended text stays until tmux starts again.
        task == .add ? "tmux source-file \(path)" : "tmux kill-server, and start tmux again"
      },
      paths: { folders in
        ["\(folders.home)/.tmux.conf", "\(folders.configHome)/tmux/tmux.conf"]
      },
      systemPaths: [], newFile: "", parts: parts, adding: adding, removing: removing)
  }

  private static let block = MarkedBlock(comment: "#")
  private static let interval = "status-interval"
  private static let length = "status-right-length"
  private static let mention = "#(droidbar tmux)"

  private static func parts(of text: ConfigurationText) -> (hasModule: Bool, isListed: Bool) {
    let isUsed = text.lines.contains {
      let line = text.trimmed($0)
      return !line.hasPrefix("#") && line.hasOccurrence(of: mention)
    }
    return (isUsed, isUsed)
  }

  private static func adding(
    to text: ConfigurationText, others: [ConfigurationText], bar: String?
  ) throws(SetupRefusal)
    -> SetupEdit
  {
    if parts(of: text).isListed { return SetupEdit(text: text) }
    func sets(_ option: String) -> Bool {
      text.lines.contains {
        let line = text.trimmed($0)
        return !line.hasPrefix("#") && line.hasOccurrence(of: option)
      }
    }
    // tmux cuts the text off at 40 columns by default.
    let content =
      (sets(interval) ? "" : "set -g \(interval) 10\n")
      + (sets(length) ? "" : "set -g \(length) 80\n") + "set -ga status-right ' \(mention)'\n"
    return SetupEdit(text: block.inserted(content, into: text, at: text.bytes.count))
  }

  /// Removes the block, or the call alone where the user moved it.
  private static func removing(from text: ConfigurationText) -> ConfigurationText {
    if let range = block.range(in: text) { return text.removing([range]) }
    let call = Array((" " + mention).utf8)
    let ranges = text.lines.compactMap { line -> Range<Int>? in
      guard !text.trimmed(line).hasPrefix("#"), line.count >= call.count else { return nil }
      return (line.lowerBound...line.upperBound - call.count).first {
        text.bytes[$0..<$0 + call.count].elementsEqual(call)
      }.map { $0..<$0 + call.count }
    }
    return text.removing(ranges)
  }
}
