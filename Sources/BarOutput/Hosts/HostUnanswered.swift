extension Host {
  /// The reading of a run that had no time to make one, because this machine's own files do not answer. Written down
  /// rather than spelled: every print prepares it, and hardly one needs it.
  public var unanswered: String {
    let text = "droid: no answer"
    let sentence = "Service error: this machine's own files give no answer."
    return switch self {
    case .waybar:
      "{\"text\":\"\(text)\",\"alt\":\"service-error\",\"tooltip\":\"\(sentence)\",\"class\":[\"service-error\"]}\n"
    case .i3blocks, .polybar, .xmobar, .tmux, .plain: text + "\n"
    case .i3bar: "{\"name\":\"droid\",\"full_text\":\"\(text)\"}\n"
    case .i3statusRust: "{\"state\":\"Info\",\"text\":\"\(text)\"}\n"
    case .yambar: "text|string|\(text)\nstate|string|service-error\n\n"
    case .json:
      "{\"schema\":1,\"state\":\"service-error\",\"stale\":false,\"message\":\"\(sentence)\"}\n"
    case .prometheus: "droidbar_state{state=\"service-error\"} 1\n"
    }
  }
}
