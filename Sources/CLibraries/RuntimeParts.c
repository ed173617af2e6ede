#include <stdlib.h> /* says which C library this is */

/* Parts of Swift's runtime that every start would pay for and that nothing here needs. The names are all by which a part
 * is reached; with them here the linker leaves the part out of a static program. Hidden, so that a program linked to the
 * runtime's shared libraries does not notice them. */
#pragma GCC visibility push(hidden)

/* The printer of backtraces: eight searches of the disk, and handlers for signals that we want to keep their meaning. */
struct backtrace_settings {
  char bytes[512];
};

struct backtrace_settings _swift_backtraceSettings;

char *_swift_backtrace_demangle(const char *name, unsigned long length, char *output, unsigned long *output_length) {
  (void)name, (void)length, (void)output, (void)output_length;
  return 0;
}

int _swift_backtrace_isThunkFunction(const char *name) {
  (void)name;
  return 0;
}

void _swift_displayCrashMessage(int signal, const void *address) { (void)signal, (void)address; }

int _swift_spawnBacktracer(void *info, int descriptor) {
  (void)info, (void)descriptor;
  return 0;
}

int _swift_installCrashHandler(void) { return 0; }

#ifdef __GLIBC__
/* The arguments: the runtime looks for them in its stack, whose place it reads in /proc/self/maps. This C library hands
 * them to whoever starts early. */
static int argument_count;
static char **arguments;

__attribute__((constructor)) static void keep_arguments(int count, char **list) {
  argument_count = count;
  arguments = list;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  *count = argument_count;
  return arguments;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **list, int count) { keep_arguments(count, list); }
#endif

#pragma GCC visibility pop
