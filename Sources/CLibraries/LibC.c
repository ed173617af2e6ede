#define _GNU_SOURCE
#include "libc.h"

#include <sys/ioctl.h>
#ifdef __linux__
#include <sys/random.h>
#endif

static int argument_count;
static char **argument_list;

/* glibc and dyld pass the arguments to constructors. Embedded Swift has no CommandLine of its own. */
__attribute__((constructor)) static void keep_arguments(int count, char **list) {
  argument_count = count;
  argument_list = list;
}

char *const *libc_arguments(int *count) {
  *count = argument_count;
  return argument_list;
}

int libc_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

int libc_parse_double(const char *text, double *value) {
  /* strtod also accepts leading space, hexadecimal, "inf" and "nan". */
  if (!*text || text[strspn(text, "0123456789+-.eE")]) return 0;
  static locale_t c_locale;
  if (!c_locale) c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (!c_locale) return 0;
  char *end;
  *value = strtod_l(text, &end, c_locale);
  return *end == 0;
}

#ifdef __GLIBC__
/* Embedded Swift seeds its hash tables with arc4random_buf, which glibc has only since 2.36. */
__attribute__((weak)) void arc4random_buf(void *buffer, size_t length) {
  unsigned char *bytes = buffer;
  while (length > 0) {
    ssize_t count = getrandom(bytes, length, 0);
    if (count < 0 && errno != EINTR) abort();
    if (count > 0) bytes += count, length -= (size_t)count;
  }
}
#endif
