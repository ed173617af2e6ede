/// What the operating system offers only as macros, variadic functions or handlers that Swift cannot write safely.
#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Ends the process after `milliseconds`: writes `line` to standard output, unless the reading is already on its way,
/// and exits with `status`. The line is copied.
void platform_deadline_set(long milliseconds, const void *line, size_t length, int status);
/// From here on the deadline ends the process without writing: one reading is enough.
void platform_deadline_reading_starts(void);
void platform_deadline_clear(void);

/// Starts a program in a session of its own with no stream shared: standard streams are /dev/null.
/// The answer is 0 or an errno.
int platform_spawn_detached(const char *path, char *const arguments[], char *const environment[], pid_t *pid);
/// Starts a program that reads `input` and writes to `output`; its standard error is /dev/null.
int platform_spawn_piped(const char *path, char *const arguments[], char *const environment[], int input, int output,
                         pid_t *pid);

/// No core file and no debugger of the same user: the process is about to hold a login.
void platform_keep_memory_private(void);
/// Renames only when nothing is at `to`; EEXIST otherwise. The answer is 0 or an errno.
int platform_rename_new(const char *from, const char *to);
/// Gives a file its blocks before they are needed, so that a full disk is known early. The answer is 0 or an errno.
int platform_reserve(int descriptor, off_t length);
char *const *platform_environment(void);
/// Seconds since the machine started, sleep included, and a name for that start (at most `room` bytes, ended by 0).
long long platform_uptime(char *boot, size_t room);
/// Seconds since 1970 of `2026-07-20T17:59:00`, read as UTC, and where the rest of the text begins; -1 when it is no
/// such time, or a day that no calendar has.
long long platform_utc_seconds(const char *text, size_t *rest);
/// Whether the name of any variable of the environment begins with `prefix`.
int platform_environment_has(const char *prefix);
