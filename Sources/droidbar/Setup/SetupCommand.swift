import BarOutput
import CLibraries
import UsageCore

/// `droidbar setup HOST`: puts the block into the user's own configuration, or takes it out.
struct SetupCommand {
  static let refused: Int32 = 1
  static let backupSuffix = ".before-droidbar"

  let environment: Environment

  func run(_ host: Host, _ task: SetupTask) -> Outcome {
    switch host {
    case .waybar: run(WaybarConfiguration.self, host, task, reload: "killall -USR2 waybar")
    case .i3blocks:
      run(I3blocksConfiguration.self, host, task, reload: "i3-msg restart, or swaymsg reload")
    case .polybar: run(PolybarConfiguration.self, host, task, reload: "polybar-msg cmd restart")
    default: refusal(.notForHost(host.rawValue), host, at: nil)
    }
  }

  private func run<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type, _ host: Host, _ task: SetupTask, reload: String
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
      let diff = LineDifference.text(from: file.text, to: after, path: file.path)
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
    let mode: UInt32
  }

  private func find<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type
  ) throws(SetupRefusal) -> File {
    let home = environment["HOME"] ?? ""
    let paths = configuration.paths(
      configHome: environment["XDG_CONFIG_HOME"] ?? home + "/.config", home: home)
    for path in paths {
      guard let status = FileStatus(path) else { continue }
      let bytes: [UInt8]
      do throws(FileProblem) {
        bytes = try BoundedFile.read(path, limit: 1 << 20)
      } catch {
        throw .unreadable(sentence: error.sentence)
      }
      guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(13) else {
        throw .unreadable(sentence: "\(path) is no UTF-8 with Unix line ends")
      }
      return File(path: path, text: text, mode: status.mode & 0o777)
    }
    throw .noFile(looked: paths)
  }

  /// The backup is of the first time; links are followed, so that a dotfiles folder keeps its file.
  private func write(_ text: String, over file: File) throws(SetupRefusal) {
    let target = Path.resolved(file.path) ?? file.path
    do throws(FileProblem) {
      let backup = file.path + Self.backupSuffix
      if !Path.exists(backup) { try put(file.text, at: backup, mode: file.mode) }
      try put(text, at: target, mode: file.mode)
    } catch {
      throw .unreadable(sentence: error.sentence)
    }
  }

  private func put(_ text: String, at path: String, mode: UInt32) throws(FileProblem) {
    try PrivateFile(replacing: path).commit(Array(text.utf8), durably: true)
    chmod(path, mode_t(mode))
  }

  private func refusal(_ refusal: SetupRefusal, _ host: Host, at path: String?) -> Outcome {
    let subject = path.map { "\($0) is left as it is: " } ?? ""
    return Outcome(
      output: host.snippet,
      errors: "droidbar: \(subject)\(refusal.sentence). Paste the block above yourself.\n",
      status: Self.refused)
  }
}
