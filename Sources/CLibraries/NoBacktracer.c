/* Swift's runtime looks for a program that prints backtraces at every start: eight searches of the disk that a bar would
 * pay for every few seconds, and handlers for signals that we want to keep their meaning. These are all the names by
 * which that part is reached; with them here the linker leaves it out of a static program. Hidden, so that a
 * program linked to the runtime's shared libraries does not notice them. */
#pragma GCC visibility push(hidden)

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

#pragma GCC visibility pop
