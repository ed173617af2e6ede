enum SetupParsers {
  static func roundTrip(_ text: String) {
    roundTrip(WaybarConfiguration.self, text)
    roundTrip(I3blocksConfiguration.self, text)
    roundTrip(PolybarConfiguration.self, text)
  }

  private static func roundTrip<Configuration: BarConfiguration>(
    _ configuration: Configuration.Type, _ text: String
  ) {
    guard !configuration.isSetUp(text), let added = try? configuration.settingUp(text) else {
      return
    }
    require(
      Array(configuration.removing(from: added).utf8) == Array(text.utf8),
      "setup is undone to the byte")
  }
}
