/// Calls that Swift cannot make safely: signal handlers, posix_spawn, and what differs between Linux and macOS.
#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Ends the process with status 0 after `milliseconds`. Writes `line`, which must stay in memory, to standard output
/// first, unless output has started.
void platform_deadline_set(long milliseconds, const void *line, size_t length);
/// Output has started: the deadline no longer writes its line.
void platform_deadline_output_started(void);

/// Starts a program in a new session, with this process's environment and /dev/null as standard streams. Returns 0 or an
/// errno.
int platform_spawn_detached(const char *path, char *const arguments[], pid_t *pid);
/// Starts a program that writes to `output`; its other standard streams are /dev/null. Returns 0 or an errno.
int platform_spawn_piped(const char *path, char *const arguments[], char *const environment[], int output, pid_t *pid);

/// Disables core files and ptrace by the same user. For a process that holds a login.
void platform_keep_memory_private(void);
/// Renames unless `to` exists. Returns 0 or an errno (EEXIST).
int platform_rename_new(const char *from, const char *to);
/// Allocates disk blocks, so that a full disk is found before they are needed. Returns 0 or an errno.
int platform_reserve(int descriptor, off_t length);
/// Seconds since boot, including suspend, and the boot's identifier, which is empty outside Linux.
struct platform_uptime {
  long long seconds;
  char boot[64];
};
struct platform_uptime platform_uptime(void);
/// Unix time of `2026-07-20T17:59:00` read as UTC, and the offset of what follows; -1 when it is not a valid time.
long long platform_utc_seconds(const char *text, size_t *rest);
/// Whether the name of any environment variable starts with `prefix`.
int platform_environment_has(const char *prefix);
/// The path that starts this program again, even when its file was replaced.
const char *platform_executable(void);
