public enum Product {
  public static let version = "0.1.0"
  public static let userAgent = "droidbar/" + version
}
