/// How the program names itself.
public enum Product {
  /// Printed by `--version`. The packages have the same one.
  public static let version = "0.1.0"
  /// Sent with every request.
  public static let userAgent = "droidbar/" + version
}
