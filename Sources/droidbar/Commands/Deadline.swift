import BarOutput
import CLibraries

/// Even if something hangs, the bar gets a line one second after `--wait`.
enum Deadline {
  /// Sets it before the settings are loaded, which can hang too.
  static func set(_ host: Host, _ options: ParsedOptions) {
    let given = options.values.last { $0.setting == .wait }
    var style = HostStyle()
    style.isJSON = options.values.contains { $0.setting == .json }
    set(
      host, style, options,
      waitSeconds: given.flatMap { SettingValue.duration($0.value) } ?? host.format.waitSeconds)
  }

  /// Sets it again if the settings change it.
  static func adjust(_ host: Host, _ invocation: Invocation) {
    let settings = invocation.settings
    if settings.style.isJSON || settings.waitSeconds != host.format.waitSeconds {
      set(host, settings.style, invocation.options, waitSeconds: settings.waitSeconds)
    }
  }

  private static func set(
    _ host: Host, _ style: HostStyle, _ options: ParsedOptions, waitSeconds: Int64
  ) {
    // With --output, nothing is printed.
    let line = options.outputFile == nil ? host.format.timeoutOutput(style) : ""
    platform_deadline_set(
      Int(min(waitSeconds, 86_400) + 1) * 1000, line.utf8Start, line.utf8CodeUnitCount)
  }
}
