extension Host {
  /// The reading of a run that had no time to make one, because this machine's own files do not answer. Written down
  /// rather than spelled: every print prepares it, and hardly one needs it.
  public var unanswered: StaticString {
    switch self {
    case .waybar:
      """
      {"text":"droid: no answer","alt":"service-error","tooltip":"Service error: this machine's own files give no \
      answer.","class":["service-error"]}

      """
    case .i3blocks, .polybar, .xmobar, .tmux, .plain: "droid: no answer\n"
    case .i3bar: "{\"name\":\"droid\",\"full_text\":\"droid: no answer\"}\n"
    case .i3statusRust: "{\"state\":\"Info\",\"text\":\"droid: no answer\"}\n"
    case .yambar: "text|string|droid: no answer\nstate|string|service-error\n\n"
    case .json:
      """
      {"schema":1,"state":"service-error","stale":false,"message":"Service error: this machine's own files give no \
      answer."}

      """
    case .prometheus: "droidbar_state{state=\"service-error\"} 1\n"
    }
  }
}
