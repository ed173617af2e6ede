import BarOutput
import UsageCore

/// `~/.tmux.conf`: a block at the end, which adds to the user's own status line.
enum TmuxConfiguration {
  static var configuration: BarConfiguration {
    BarConfiguration(
      host: .tmux,
      reload: { path, task in
        // Appended text stays until tmux starts again.
        task == .add ? "tmux source-file \(path)" : "tmux kill-server, then start tmux again"
      },
      paths: { search in
        ["\(search.home)/.tmux.conf", "\(search.configHome)/tmux/tmux.conf"]
      },
      newFile: "", hasModule: { has(mention, $0.main) }, add: add, remove: remove)
  }

  private static let block = MarkedBlock(comment: "#")
  private static let mention = "#(droidbar tmux)"

  /// Whether a line other than a comment contains the words.
  private static func has(_ words: String, _ text: ConfigurationText) -> Bool {
    text.lines.contains {
      let line = text.trimmed($0)
      return !line.hasPrefix("#") && line.hasOccurrence(of: words)
    }
  }

  private static func add(to files: inout ConfigurationFiles, bar: String?) {
    let text = files.main
    if has(mention, text) { return }
    // tmux cuts the text off at 40 columns by default.
    let content =
      (has("status-interval", text) ? "" : "set -g status-interval 10\n")
      + (has("status-right-length", text) ? "" : "set -g status-right-length 80\n")
      + "set -ga status-right ' \(mention)'\n"
    files.main = block.inserted(content, into: text, at: text.bytes.count)
  }

  /// Removes the block, or the call alone where the user moved it.
  private static func remove(from files: inout ConfigurationFiles) {
    let text = files.main
    let blocks = block.ranges(in: text)
    let call = Array((" " + mention).utf8)
    let calls = text.lines.compactMap { line -> Range<Int>? in
      guard !text.trimmed(line).hasPrefix("#"), line.count >= call.count else { return nil }
      return (line.lowerBound...line.upperBound - call.count).first {
        text.bytes[$0..<$0 + call.count].elementsEqual(call)
      }.map { $0..<$0 + call.count }
    }
    files.main = text.removing(blocks.isEmpty ? calls : blocks)
  }
}
