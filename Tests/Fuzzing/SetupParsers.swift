enum SetupParsers {
  static func roundTrip(_ string: String) {
    let text = ConfigurationText(Array(string.utf8))
    for configuration in BarConfiguration.all {
      let parts = configuration.parts(text)
      guard !parts.hasModule, !parts.isListed,
        let added = try? configuration.settingUp(text, bar: nil)
      else { continue }
      require(configuration.removing(added.text) == text, "--remove restores every byte")
    }
  }
}
