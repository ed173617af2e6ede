import BarOutput
import UsageCore

/// `droidbar setup HOST`: puts the block into the user's own configuration, or takes it out.
struct SetupCommand {
  enum Task: Equatable {
    case add
    case show
    case remove
  }

  static let refused: Int32 = 1
  static let backupSuffix = ".before-droidbar"

  let environment: Environment

  func run(_ host: Host, _ task: Task) -> Outcome {
    switch host {
    case .waybar: run(WaybarConfiguration.self, host, task, reload: "killall -USR2 waybar")
    case .i3blocks:
      run(I3blocksConfiguration.self, host, task, reload: "i3-msg restart, or swaymsg reload")
    case .polybar: run(PolybarConfiguration.self, host, task, reload: "polybar-msg cmd restart")
    default: refusal(.notForHost(host.rawValue), host, at: nil)
    }
  }

  private func run<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type, _ host: Host, _ task: Task, reload: String
  ) -> Outcome {
    var path: String?
    do throws(SetupRefusal) {
      let file = try find(configuration)
      path = file.path
      let after =
        task == .remove
        ? configuration.removing(from: file.text) : try configuration.settingUp(file.text)
      guard after != file.text else {
        let state = task == .remove ? "has nothing of droidbar's" : "is set up already"
        return Outcome(output: "\(file.path) \(state).\n")
      }
      let diff = LineDifference.words(from: file.text, to: after, path: file.path)
      if task == .show { return Outcome(output: diff) }
      try write(after, over: file)
      return Outcome(
        output: "\(diff)\nWritten; \(file.path)\(Self.backupSuffix) is as it was. Now: \(reload)\n")
    } catch {
      return refusal(error, host, at: path)
    }
  }

  private struct File {
    let path: String
    let text: String
    let mode: mode_t
  }

  private func find<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type
  ) throws(SetupRefusal) -> File {
    let home = environment["HOME"] ?? ""
    let paths = configuration.paths(
      configHome: environment["XDG_CONFIG_HOME"] ?? home + "/.config", home: home)
    for path in paths {
      var status = stat()
      guard stat(path, &status) == 0 else { continue }
      let bytes: [UInt8]
      do throws(FileProblem) {
        bytes = try BoundedFile.read(path, limit: 1 << 20)
      } catch {
        throw .unreadable(sentence: error.sentence)
      }
      guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(13) else {
        throw .unreadable(sentence: "\(path) is no UTF-8 with Unix line ends")
      }
      return File(path: path, text: text, mode: mode_t(status.st_mode & 0o777))
    }
    throw .noFile(looked: paths)
  }

  /// The backup is of the first time; links are followed, so that a dotfiles folder keeps its file.
  private func write(_ text: String, over file: File) throws(SetupRefusal) {
    let target = Path.resolved(file.path) ?? file.path
    do throws(FileProblem) {
      let backup = file.path + Self.backupSuffix
      if access(backup, F_OK) != 0 { try put(file.text, at: backup, mode: file.mode) }
      try put(text, at: target, mode: file.mode)
    } catch {
      throw .unreadable(sentence: error.sentence)
    }
  }

  private func put(_ text: String, at path: String, mode: mode_t) throws(FileProblem) {
    try PrivateFile(replacing: path).commit(text.utf8, durably: true)
    chmod(path, mode)
  }

  private func refusal(_ refusal: SetupRefusal, _ host: Host, at path: String?) -> Outcome {
    let subject = path.map { "\($0) is left as it is: " } ?? ""
    return Outcome(
      output: SnippetCommand.text(host),
      errors: "droidbar: \(subject)\(refusal.sentence). Paste the block above yourself.\n",
      status: Self.refused)
  }
}

/// What changes, line by line.
enum LineDifference {
  static func words(from old: String, to new: String, path: String) -> String {
    let (before, after) = (lines(old), lines(new))
    var text = "--- \(path)\n+++ \(path)\n"
    var removed: [Int: Substring] = [:]
    var inserted: [Int: Substring] = [:]
    for change in after.difference(from: before) {
      switch change {
      case .remove(let offset, let line, _): removed[offset] = line
      case .insert(let offset, let line, _): inserted[offset] = line
      }
    }
    var (left, right) = (0, 0)
    var isInside = false
    while left < before.count || right < after.count {
      if removed[left] != nil || inserted[right] != nil {
        if !isInside { text += "@@ -\(left + 1) +\(right + 1) @@\n" }
        isInside = true
        if let line = removed[left] {
          text += "-\(line)\n"
          left += 1
        } else if let line = inserted[right] {
          text += "+\(line)\n"
          right += 1
        }
      } else {
        isInside = false
        left += 1
        right += 1
      }
    }
    return text
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}
