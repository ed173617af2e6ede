#define _GNU_SOURCE
#include "waiting.h"

#include <limits.h>
#include <stdint.h>
#ifdef __linux__
#include <sys/inotify.h>
#include <sys/timerfd.h>
#endif

#include "libc.h"

static int signal_pipe[2] = {-1, -1};

static void signal_received(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(signal_pipe[1], &byte, 1);
  (void)written;
  errno = saved;
}

int waiting_signals_open(void) {
  if (signal_pipe[0] >= 0) return signal_pipe[0];
  if (pipe(signal_pipe) != 0) return -1;
  /* The parent may have blocked or ignored them, and bars wait for a module to end on SIGTERM. */
  libc_handle_signal(SIGTERM, SIG_DFL, 0);
  libc_handle_signal(SIGHUP, SIG_DFL, 0);
  libc_handle_signal(SIGINT, SIG_DFL, 0);
  for (int i = 0; i < 2; i++) {
    fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
    fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
  }
  return signal_pipe[0];
}

void waiting_signals_add(int number) { libc_handle_signal(number, signal_received, SA_RESTART); }

int waiting_realtime_signal(int offset) {
#ifdef SIGRTMIN
  return offset >= 0 && offset <= SIGRTMAX - SIGRTMIN ? SIGRTMIN + offset : 0;
#else
  (void)offset;
  return 0;
#endif
}

void waiting_signals_add_realtime(int offset) {
  int number = waiting_realtime_signal(offset);
  if (number) waiting_signals_add(number);
}

int waiting_signals_next(int descriptor) {
  unsigned char byte;
  return read(descriptor, &byte, 1) == 1 ? byte : 0;
}

#ifdef __linux__

int waiting_clock_open(void) { return timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC); }

void waiting_clock_set(int descriptor, long long seconds) {
  struct itimerspec when = {{0, 0}, {seconds, 0}};
  timerfd_settime(descriptor, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
}

void waiting_clock_drain(int descriptor) {
  uint64_t count;
  ssize_t length = read(descriptor, &count, sizeof count);
  (void)length;
}

int waiting_files_open(void) { return inotify_init1(IN_NONBLOCK | IN_CLOEXEC); }

void waiting_files_add(int descriptor, const char *folder) {
  inotify_add_watch(descriptor, folder, IN_MOVED_TO | IN_DELETE | IN_ONLYDIR);
}

int waiting_files_changed(int descriptor, const char *name, const char *prefix) {
  char buffer[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)] __attribute__((aligned(__alignof__(struct inotify_event))));
  int changed = 0;
  ssize_t length;
  while ((length = read(descriptor, buffer, sizeof buffer)) > 0) {
    for (char *at = buffer; at < buffer + length;) {
      const struct inotify_event *event = (const struct inotify_event *)at;
      if (event->mask & IN_Q_OVERFLOW) changed = 1;
      if (event->len && (strcmp(event->name, name) == 0 || strncmp(event->name, prefix, strlen(prefix)) == 0)) changed = 1;
      at += sizeof *event + event->len;
    }
  }
  return changed;
}

#else

int waiting_clock_open(void) { return -1; }
void waiting_clock_set(int descriptor, long long seconds) { (void)descriptor; (void)seconds; }
void waiting_clock_drain(int descriptor) { (void)descriptor; }
int waiting_files_open(void) { return -1; }
void waiting_files_add(int descriptor, const char *folder) { (void)descriptor; (void)folder; }
int waiting_files_changed(int descriptor, const char *name, const char *prefix) {
  (void)descriptor; (void)name; (void)prefix;
  return 0;
}

#endif
