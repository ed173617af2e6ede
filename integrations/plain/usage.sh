# For any bar that shows the first line of a command:
droidbar plain
