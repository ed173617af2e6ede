/// The C library, the same for both builds: the headers that the Swift code uses, and functions for the macros and
/// variadic functions that Swift cannot import.
#pragma once

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline int libc_errno(void) { return errno; }

static inline int libc_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }

static inline void libc_set_nonblocking(int descriptor) {
  fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

static inline int libc_set_close_on_exec(int descriptor) { return fcntl(descriptor, F_SETFD, FD_CLOEXEC); }

/// Handles a signal, which the parent may have blocked.
static inline void libc_handle_signal(int number, void (*handler)(int), int flags) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(number, &action, NULL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  sigprocmask(SIG_UNBLOCK, &one, NULL);
}

static inline void libc_ignore_signal(int number) { signal(number, SIG_IGN); }

/// Parses a decimal number in the "C" locale. False unless the whole text is one.
int libc_parse_double(const char *text, double *value);

/// The arguments of the process; the first is its name.
char *const *libc_arguments(int *count);

/// Columns of a terminal, 0 when unknown.
int libc_terminal_columns(int descriptor);
