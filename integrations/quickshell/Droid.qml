// Quickshell, https://quickshell.org: copy this file beside your shell.qml and put Droid {} into your bar.
// Left click: next window. Middle click: refresh. Right click: usage page. Scroll: previous and next window.
//
// Noctalia needs no file: add a Custom Button with the text command "droidbar plain --watch", switch on Stream, and raise
// the text's maximum length, which is 10. Left click: "BLOCK_BUTTON=1 droidbar plain". Right click: "droidbar open".
import QtQuick
import Quickshell
import Quickshell.Io

Text {
    id: droid

    property var usage: ({ text: "droid", state: "loading", stale: false })
    property color foreground: "#d8dee9"

    text: usage.text
    textFormat: Text.PlainText
    color: {
        switch (usage.state) {
        case "critical":
        case "limited":
            return "#e5484d";
        case "warning":
        case "logged-out":
        case "login-unreadable":
        case "forbidden":
        case "config":
            return "#c27c0e";
        case "ok":
            return usage.stale ? "#7f8590" : foreground;
        default:
            return "#7f8590";
        }
    }

    Process {
        running: true
        command: ["droidbar", "json", "--watch"]
        stdout: SplitParser {
            onRead: line => droid.usage = JSON.parse(line)
        }
    }

    MouseArea {
        function press(button: int) {
            Quickshell.execDetached(["env", "BLOCK_BUTTON=" + button, "droidbar", "json"]);
        }

        anchors.fill: parent
        acceptedButtons: Qt.LeftButton | Qt.MiddleButton | Qt.RightButton
        onClicked: mouse => press(mouse.button === Qt.LeftButton ? 1 : mouse.button === Qt.MiddleButton ? 2 : 3)
        onWheel: wheel => press(wheel.angleDelta.y > 0 ? 4 : 5)
    }
}
