import BarOutput

/// `droidbar snippet HOST`: the block to paste. The files in `integrations/` hold the same text.
enum SnippetCommand {
  static func run(_ host: Host) -> Outcome {
    Outcome(output: text(host))
  }

  static func text(_ host: Host) -> String {
    switch host {
    case .waybar:
      """
      // In ~/.config/waybar/config, and "custom/droid" in one of its modules lists:
      "custom/droid": {
        "exec": "droidbar waybar",
        "return-type": "json",
        "interval": 10,
        "on-click-middle": "droidbar refresh --force >/dev/null 2>&1 &",
        "on-click-right": "droidbar open"
      }

      """
    case .i3blocks:
      """
      # In ~/.config/i3blocks/config:
      [droid]
      command=droidbar i3blocks
      interval=10

      """
    case .polybar:
      """
      ; In ~/.config/polybar/config.ini, and "droid" in one of the bar's modules lists:
      [module/droid]
      type = custom/script
      exec = droidbar polybar
      interval = 10
      click-middle = droidbar refresh --force
      click-right = droidbar open

      """
    case .plain:
      """
      # Any bar that shows the first line of a command:
      droidbar plain

      """
    case .json:
      """
      # For scripts, for example with jq:
      droidbar json | jq -r '.limits[] | "\\(.window) \\(.used_percent)%"'

      """
    }
  }
}
