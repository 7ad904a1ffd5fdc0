"""What a call is: plan, events, run, rundown, capture. Pure: no files, no screen, `now` is an argument."""
