/// The command with which the user logs in.
public enum DroidCommand {
  /// `droid`, with `FACTORY_HOME_OVERRIDE` when droid needs it to use the same login.
  ///
  /// - Parameter home: the value of that variable; nil for none.
  public static func text(home: String?) -> String {
    guard let home else { return "droid" }
    let isPlain = home.utf8.allSatisfy { $0.isASCIIAlphanumeric || "/._-".utf8.contains($0) }
    return "FACTORY_HOME_OVERRIDE=\(isPlain ? home : "\"\(home)\"") droid"
  }
}
