/// What a limit is called on the command line, in templates and in files: `5h`, `core-week`, `standard`.
public enum LimitName {
  public static func of(_ kind: Window.Kind, in pool: RatePool) -> String {
    pool.name == RatePool.standardName ? kind.rawValue : pool.name + "-" + kind.rawValue
  }

  public static func of(_ pool: TokenPool) -> String {
    pool.name
  }
}
