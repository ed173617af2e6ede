/// Descriptors for one poll(2) that become readable on signals, clock times and file changes. A descriptor is -1 where
/// the system has no such event source; poll skips it.
#pragma once

#include <stddef.h>

/// Readable when a registered signal has arrived.
int waiting_signals_open(void);
void waiting_signals_add(int number);
void waiting_signals_add_realtime(int offset);
/// The next pending signal, 0 for none.
int waiting_signals_next(int descriptor);
int waiting_realtime_signal(int offset);

/// Readable at a wall clock time, and immediately when the clock is set.
int waiting_clock_open(void);
void waiting_clock_set(int descriptor, long long seconds);
void waiting_clock_drain(int descriptor);

/// Readable when a file in one of the folders was created, replaced or removed.
int waiting_files_open(void);
void waiting_files_add(int descriptor, const char *folder);
/// Consumes the events. 1 when one of the files is named `name` or starts with `prefix`.
int waiting_files_changed(int descriptor, const char *name, const char *prefix);
