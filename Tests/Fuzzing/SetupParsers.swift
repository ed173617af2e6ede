enum SetupParsers {
  static func roundTrip(_ text: String) {
    roundTrip(WaybarConfiguration.self, text)
    roundTrip(I3blocksConfiguration.self, text)
    roundTrip(PolybarConfiguration.self, text)
  }

  private static func roundTrip<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type, _ string: String
  ) {
    let text = ConfigurationText(Array(string.utf8))
    guard !configuration.isSetUp(text), let added = try? configuration.settingUp(text, bar: nil)
    else {
      return
    }
    require(
      configuration.removing(from: added.text) == text,
      "setup is undone to the byte")
  }
}
