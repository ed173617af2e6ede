import BarOutput
import UsageCore

/// A setting that is not at its default, and the place that decides it.
struct SettingOrigin: Equatable {
  /// Nil: for every host.
  let host: String?
  let key: SettingKey
  let value: String
  let source: String

  var check: Doctor.Check {
    let place = host.map { " for \($0)" } ?? ""
    return Doctor.Check("setting", true, "\(key.rawValue) = \(value)\(place), from \(source)")
  }
}

extension SettingsLoader {
  /// Every setting that somebody made, the place that wins first decided: option, environment, file.
  func origins(_ options: GivenOptions) throws(SettingFailure) -> [SettingOrigin] {
    let entries = try file(options).map { file in file.entries.map { (file.path, $0) } } ?? []
    var origins: [SettingOrigin] = []
    for key in SettingKey.allCases {
      if let given = options.values.last(where: { $0.key == key }) {
        origins.append(
          SettingOrigin(host: nil, key: key, value: given.value, source: "--\(key.rawValue)"))
      } else if let value = environment[key.environmentName] {
        origins.append(
          SettingOrigin(host: nil, key: key, value: value, source: key.environmentName))
      } else {
        for section in [nil] + Host.allCases.map({ $0.rawValue as String? }) {
          guard
            let (path, entry) = entries.last(where: { $1.key == key && $1.section == section })
          else { continue }
          origins.append(
            SettingOrigin(
              host: section, key: key, value: entry.value, source: "\(path):\(entry.line)"))
        }
      }
    }
    return origins
  }
}
