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
      \(waybarModule)

      """
    case .i3blocks: "# In ~/.config/i3blocks/config:\n" + i3blocksBlock
    case .polybar:
      "; In ~/.config/polybar/config.ini, and \"droid\" in one of the bar's modules lists:\n"
        + polybarModule
    case .i3bar:
      """
      # In the bar block of ~/.config/i3/config or ~/.config/sway/config:
      bar {
        status_command exec droidbar i3bar --watch
      }

      """
    case .i3statusRust:
      """
      # In ~/.config/i3status-rust/config.toml:
      [[block]]
      block = "custom"
      command = "droidbar i3status-rust"
      json = true
      interval = 10
      [[block.click]]
      button = "left"
      cmd = "BLOCK_BUTTON=1 droidbar i3status-rust >/dev/null"
      update = true
      [[block.click]]
      button = "right"
      cmd = "droidbar open"

      """
    case .yambar:
      """
      # In ~/.config/yambar/config.yml, in one of the bar's lists; the path must be whole:
      - script:
          path: /usr/local/bin/droidbar
          args: [yambar, --watch]
          content:
            map:
              default: {string: {text: "{text}"}}
              conditions:
                urgent: {string: {text: "{text}", foreground: f0524fff}}

      """
    case .xmobar:
      """
      -- In ~/.config/xmobar/xmobarrc, and %droid% in its template:
      commands = [ Run CommandReader "exec droidbar xmobar --watch" "droid" ]

      """
    case .tmux:
      """
      # In ~/.tmux.conf:
      set -g status-interval 10
      set -g status-right '#(droidbar tmux)'

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
    case .prometheus:
      """
      # A crontab line for node_exporter's --collector.textfile.directory:
      * * * * * droidbar prometheus --output /var/lib/prometheus/node-exporter/droidbar.prom

      """
    }
  }

  /// The module alone, as `setup` writes it.
  static let waybarModule = """
    "custom/droid": {
      "exec": "droidbar waybar",
      "return-type": "json",
      "interval": 10,
      "signal": 8,
      "on-click": "BLOCK_BUTTON=1 droidbar waybar --notify-host waybar:8 >/dev/null",
      "on-click-middle": "droidbar refresh --force --notify-host waybar:8 >/dev/null 2>&1 &",
      "on-click-right": "droidbar open"
    }
    """

  static let i3blocksBlock = """
    [droid]
    command=droidbar i3blocks
    interval=10
    signal=8

    """

  static let polybarModule = """
    [module/droid]
    type = custom/script
    exec = exec droidbar polybar --watch
    tail = true
    interval = 5
    click-left = BLOCK_BUTTON=1 droidbar polybar >/dev/null
    click-middle = kill -USR1 %pid%
    click-right = droidbar open

    """
}
