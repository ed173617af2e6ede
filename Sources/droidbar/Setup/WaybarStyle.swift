import UsageCore

/// The colours in waybar's `style.css`: a marked block at the end.
enum WaybarStyle {
  private static let block = MarkedBlock(comment: "/*", close: " */")

  static let systemPath = "/etc/xdg/waybar/style.css"

  /// As in `integrations/waybar/style.css`.
  static let css = """
    #custom-droid {
      padding: 0 8px;
    }
    /* Later rules win: a level outranks what stopped the refresh. */
    #custom-droid.idle,
    #custom-droid.loading,
    #custom-droid.offline,
    #custom-droid.rate-limited,
    #custom-droid.service-error {
      color: #7f8590;
    }
    #custom-droid.stale {
      font-style: italic;
      color: #7f8590;
    }
    #custom-droid.warning,
    #custom-droid.logged-out,
    #custom-droid.login-unreadable,
    #custom-droid.forbidden,
    #custom-droid.config {
      color: #c27c0e;
    }
    #custom-droid.critical {
      color: #e5484d;
      font-weight: bold;
    }
    #custom-droid.limited {
      color: #ffffff;
      background-color: #c62a2f;
      font-weight: bold;
    }

    """

  /// Adds the block, or keeps the one that is there with the user's changes.
  static func adding(to text: ConfigurationText) -> ConfigurationText {
    guard block.ranges(in: text).isEmpty else { return text }
    return block.inserted(css, into: text, at: text.bytes.count)
  }

  static func removing(from text: ConfigurationText) -> ConfigurationText {
    text.removing(block.ranges(in: text))
  }
}
