/// What a process that waits can be woken by, as descriptors for one poll. -1 where the system has no such thing:
/// poll passes over it.
#pragma once

#include <stddef.h>

/// Readable when one of the signals came.
int waiting_signals_open(void);
void waiting_signals_add(int number);
void waiting_signals_add_realtime(int offset);
/// The next signal that came, 0 for none.
int waiting_signals_next(int descriptor);
int waiting_realtime_signal(int offset);

/// Readable at a time of the wall clock, and at once when somebody sets that clock.
int waiting_clock_open(void);
void waiting_clock_set(int descriptor, long long seconds);
void waiting_clock_drain(int descriptor);

/// Readable when a file in one of the folders was replaced, made or removed.
int waiting_files_open(void);
void waiting_files_add(int descriptor, const char *folder);
/// Reads what happened. 1 when one of the files is named `name`, or begins with `prefix`.
int waiting_files_changed(int descriptor, const char *name, const char *prefix);
