enum SetupParsers {
  static func roundTrip(_ bytes: [UInt8]) {
    let text = ConfigurationText(bytes)
    for configuration in BarConfiguration.all {
      var files = ConfigurationFiles(texts: [text])
      guard !configuration.hasModule(files), configuration.isListed?(files) != true,
        (try? configuration.setUp(&files, bar: nil)) != nil
      else { continue }
      configuration.remove(&files)
      require(files.main == text, "--remove restores every byte")
    }
  }
}
