#define _GNU_SOURCE
#include "platform.h"

#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "libc.h"
#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif
#ifdef __linux__
#include <sys/prctl.h>
#endif

extern char **environ;

static struct {
  const void *line;
  size_t length;
  volatile sig_atomic_t output_started;
} deadline;

static void deadline_reached(int number) {
  (void)number;
  if (!deadline.output_started) {
    ssize_t written = write(STDOUT_FILENO, deadline.line, deadline.length);
    (void)written;
  }
  _exit(0);
}

void platform_deadline_set(long milliseconds, const void *line, size_t length) {
  deadline.line = line;
  deadline.length = length;
  libc_handle_signal(SIGALRM, deadline_reached, 0);
  if (milliseconds < 1) milliseconds = 1;
  struct itimerval timer = {{0, 0}, {milliseconds / 1000, (milliseconds % 1000) * 1000}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

void platform_deadline_output_started(void) { deadline.output_started = 1; }

/* `output` is -1 for /dev/null. Children start with default signal handling: waybar ignores SIGPIPE, and a
   bar may block other signals. */
static int spawn(const char *path, char *const arguments[], char *const environment[], int output, short flags,
                 pid_t *pid) {
  posix_spawn_file_actions_t actions;
  int failed = posix_spawn_file_actions_init(&actions);
  if (failed) return failed;
  for (int i = 0; i < 3; i++) {
    if (i != STDOUT_FILENO || output < 0) posix_spawn_file_actions_addopen(&actions, i, "/dev/null", O_RDWR, 0);
    else posix_spawn_file_actions_adddup2(&actions, output, i);
  }
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
#endif
  posix_spawnattr_t attributes;
  failed = posix_spawnattr_init(&attributes);
  if (failed) goto end;
  sigset_t none, usual;
  sigemptyset(&none);
  sigfillset(&usual);
  sigdelset(&usual, SIGKILL);
  sigdelset(&usual, SIGSTOP);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, flags | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  failed = posix_spawnp(pid, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
end:
  posix_spawn_file_actions_destroy(&actions);
  return failed;
}

int platform_spawn_detached(const char *path, char *const arguments[], pid_t *pid) {
  return spawn(path, arguments, environ, -1, POSIX_SPAWN_SETSID, pid);
}

int platform_spawn_piped(const char *path, char *const arguments[], char *const environment[], int output, pid_t *pid) {
  return spawn(path, arguments, environment, output, 0, pid);
}

void platform_keep_memory_private(void) {
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  unsetenv("SSLKEYLOGFILE");
}

int platform_rename_new(const char *from, const char *to) {
#ifdef __linux__
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
#elif defined(__APPLE__)
  return renamex_np(from, to, RENAME_EXCL) == 0 ? 0 : errno;
#endif
  struct stat there; /* for file systems without RENAME_NOREPLACE */
  if (lstat(to, &there) == 0) return EEXIST;
  return rename(from, to) == 0 ? 0 : errno;
}

int platform_reserve(int descriptor, off_t length) {
#ifdef __linux__
  return posix_fallocate(descriptor, 0, length);
#else
  (void)descriptor;
  (void)length;
  return 0;
#endif
}

struct platform_uptime platform_uptime(void) {
  struct platform_uptime uptime = {0};
  struct timespec now = {0};
#ifdef __linux__
  int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ssize_t length = read(file, uptime.boot, sizeof uptime.boot - 1);
    close(file);
    while (length > 0 && uptime.boot[length - 1] == '\n') uptime.boot[--length] = 0;
  }
  int failed = clock_gettime(CLOCK_BOOTTIME, &now);
#else
  int failed = clock_gettime(CLOCK_MONOTONIC, &now);
#endif
  uptime.seconds = failed ? -1 : now.tv_sec;
  return uptime;
}

long long platform_utc_seconds(const char *text, size_t *rest) {
  struct tm parts = {0};
  const char *end = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
  if (!end) return -1;
  *rest = (size_t)(end - text);
  // timegm normalizes 31 February to March.
  int day = parts.tm_mday, month = parts.tm_mon;
  long long seconds = timegm(&parts);
  return parts.tm_mday == day && parts.tm_mon == month ? seconds : -1;
}

int platform_environment_has(const char *prefix) {
  size_t length = strlen(prefix);
  for (char **variable = environ; variable && *variable; variable++) {
    if (strncmp(*variable, prefix, length) == 0) return 1;
  }
  return 0;
}

const char *platform_executable(void) {
#ifdef __linux__
  return "/proc/self/exe";
#else
  static char path[4096];
  uint32_t room = sizeof path;
  return _NSGetExecutablePath(path, &room) == 0 ? path : "droidbar";
#endif
}
