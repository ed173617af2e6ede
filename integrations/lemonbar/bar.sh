# In the script that feeds lemonbar; one line for each reading:
droidbar lemonbar --watch | lemonbar -p
