/// The command with which the user logs in.
public enum DroidCommand {
  /// `droid`, with `FACTORY_HOME_OVERRIDE` when droid needs it to use the same login.
  ///
  /// - Parameter home: the value of that variable; nil for none.
  public static func text(home: String?) -> String {
    guard let home else { return "droid" }
    let isPlain = home.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return "FACTORY_HOME_OVERRIDE=\(isPlain ? home : "\"\(home)\"") droid"
  }
}
