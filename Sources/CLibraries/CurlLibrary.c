#include "curl_library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Constants of libcurl's stable ABI: https://curl.se/libcurl/c/symbols-in-versions.html */
enum {
  OPT_WRITEDATA = 10001,
  OPT_URL = 10002,
  OPT_PROXY = 10004,
  OPT_WRITEFUNCTION = 20011,
  OPT_POSTFIELDS = 10015,
  OPT_HTTPHEADER = 10023,
  OPT_HEADERDATA = 10029,
  OPT_POST = 47,
  OPT_FOLLOWLOCATION = 52,
  OPT_POSTFIELDSIZE = 60,
  OPT_SSL_VERIFYPEER = 64,
  OPT_CAINFO = 10065,
  OPT_HEADERFUNCTION = 20079,
  OPT_FRESH_CONNECT = 74,
  OPT_FORBID_REUSE = 75,
  OPT_SSL_VERIFYHOST = 81,
  OPT_NOSIGNAL = 99,
  OPT_TIMEOUT_MS = 155,
  OPT_CONNECTTIMEOUT_MS = 156,
  OPT_PROTOCOLS = 181,
  INFO_RESPONSE_CODE = 0x200002,
  INFO_REQUEST_SIZE = 0x20000c,
  INFO_TOTAL_TIME = 0x300003,
  PROTOCOL_HTTP_AND_HTTPS = 3,
  GLOBAL_ALL = 3,
};

enum { BODY_LIMIT = 1 << 20, CONNECT_TIMEOUT_MILLISECONDS = 5000 };

static struct {
  void *handle;
  const char *file;
  int (*global_init)(long);
  void *(*easy_init)(void);
  void (*easy_reset)(void *);
  int (*easy_setopt)(void *, int, ...);
  int (*easy_perform)(void *);
  int (*easy_getinfo)(void *, int, ...);
  void (*easy_cleanup)(void *);
  const char *(*easy_strerror)(int);
  void *(*slist_append)(void *, const char *);
  void (*slist_free_all)(void *);
  time_t (*getdate)(const char *, const time_t *);
  char *(*version)(void);
} curl;

struct curl_session {
  void *easy;
  char *body;
  size_t length;
  size_t capacity;
  struct curl_response *response; /* of the request in progress */
};

/* Why the library cannot be used; empty if it can. */
static char problem[256];

static void find(void **function, const char *name) {
  *function = dlsym(curl.handle, name);
  if (!*function) snprintf(problem, sizeof problem, "%s has no %s", curl.file, name);
}

static void load_library(void) {
  static const char *const files[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.4.dylib", NULL};
  for (int i = 0; files[i] && !curl.handle; i++) {
    curl.handle = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
    curl.file = files[i];
  }
  if (!curl.handle) {
    snprintf(problem, sizeof problem, "neither libcurl.so.4 nor libcurl-gnutls.so.4 is installed");
    return;
  }
  find((void **)&curl.global_init, "curl_global_init");
  find((void **)&curl.easy_init, "curl_easy_init");
  find((void **)&curl.easy_reset, "curl_easy_reset");
  find((void **)&curl.easy_setopt, "curl_easy_setopt");
  find((void **)&curl.easy_perform, "curl_easy_perform");
  find((void **)&curl.easy_getinfo, "curl_easy_getinfo");
  find((void **)&curl.easy_cleanup, "curl_easy_cleanup");
  find((void **)&curl.easy_strerror, "curl_easy_strerror");
  find((void **)&curl.slist_append, "curl_slist_append");
  find((void **)&curl.slist_free_all, "curl_slist_free_all");
  find((void **)&curl.getdate, "curl_getdate");
  find((void **)&curl.version, "curl_version");
  if (!problem[0] && curl.global_init(GLOBAL_ALL) != 0) {
    snprintf(problem, sizeof problem, "%s cannot be initialised", curl.file);
  }
}

static int open_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_library);
  return problem[0] == 0;
}

const char *curl_library_problem(void) { return problem; }

const char *curl_library_version(const char **file) {
  if (!open_library()) return NULL;
  *file = curl.file;
  return curl.version();
}

long long curl_library_date(const char *text) { return open_library() ? (long long)curl.getdate(text, NULL) : -1; }

struct curl_session *curl_session_open(void) {
  if (!open_library()) return NULL;
  struct curl_session *session = calloc(1, sizeof *session);
  if (!session) return NULL;
  session->easy = curl.easy_init();
  if (session->easy) return session;
  free(session);
  snprintf(problem, sizeof problem, "%s gives no handle", curl.file);
  return NULL;
}

/* Overwritten before it is freed: a response may contain a login. */
static void forget_body(struct curl_session *session) {
  if (session->body) {
    volatile char *bytes = session->body;
    for (size_t i = 0; i < session->capacity; i++) bytes[i] = 0;
    free(session->body);
  }
  session->body = NULL;
  session->length = session->capacity = 0;
}

void curl_session_close(struct curl_session *session) {
  if (!session) return;
  curl.easy_cleanup(session->easy);
  forget_body(session);
  free(session);
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context) {
  struct curl_session *session = context;
  size_t arrived = size * count;
  if (arrived > BODY_LIMIT - session->length) {
    session->response->too_large = 1;
    return 0;
  }
  if (session->length + arrived > session->capacity) {
    size_t capacity = (session->length + arrived) * 2;
    char *larger = malloc(capacity);
    if (!larger) return 0;
    size_t length = session->length;
    if (length) memcpy(larger, session->body, length);
    forget_body(session);
    session->body = larger;
    session->length = length;
    session->capacity = capacity;
  }
  memcpy(session->body + session->length, bytes, arrived);
  session->length += arrived;
  return arrived;
}

static void keep_header(const char *name, char *kept, size_t room, const char *bytes, size_t length) {
  size_t n = strlen(name);
  if (length <= n || strncasecmp(bytes, name, n) != 0) return;
  bytes += n;
  length -= n;
  while (length && (*bytes == ' ' || *bytes == '\t')) bytes++, length--;
  while (length && (unsigned char)bytes[length - 1] <= ' ') length--;
  if (length >= room) return;
  memcpy(kept, bytes, length);
  kept[length] = 0;
}

static size_t receive_header(char *bytes, size_t size, size_t count, void *context) {
  struct curl_response *response = ((struct curl_session *)context)->response;
  size_t length = size * count;
  keep_header("retry-after:", response->retry_after, sizeof response->retry_after, bytes, length);
  keep_header("date:", response->date, sizeof response->date, bytes, length);
  return length;
}

struct curl_response curl_session_perform(struct curl_session *session, const char *url, char *const headers[],
                                          const uint8_t *body, size_t body_length, const char *ca_file,
                                          const struct curl_options *options) {
  struct curl_response response = {0};
  forget_body(session);
  session->response = &response;

  void *easy = session->easy;
  void *list = NULL;
  for (int i = 0; headers[i]; i++) {
    void *longer = curl.slist_append(list, headers[i]);
    if (longer) list = longer;
  }
  curl.easy_reset(easy);
  curl.easy_setopt(easy, OPT_URL, url);
  curl.easy_setopt(easy, OPT_PROTOCOLS, (long)PROTOCOL_HTTP_AND_HTTPS);
  curl.easy_setopt(easy, OPT_FOLLOWLOCATION, 0L);
  curl.easy_setopt(easy, OPT_NOSIGNAL, 1L);
  curl.easy_setopt(easy, OPT_SSL_VERIFYPEER, 1L);
  curl.easy_setopt(easy, OPT_SSL_VERIFYHOST, 2L);
  curl.easy_setopt(easy, OPT_CONNECTTIMEOUT_MS, (long)CONNECT_TIMEOUT_MILLISECONDS);
  curl.easy_setopt(easy, OPT_TIMEOUT_MS, options->timeout_milliseconds);
  curl.easy_setopt(easy, OPT_HTTPHEADER, list);
  curl.easy_setopt(easy, OPT_WRITEFUNCTION, receive_body);
  curl.easy_setopt(easy, OPT_WRITEDATA, session);
  curl.easy_setopt(easy, OPT_HEADERFUNCTION, receive_header);
  curl.easy_setopt(easy, OPT_HEADERDATA, session);
  if (options->own_connection) {
    curl.easy_setopt(easy, OPT_FRESH_CONNECT, 1L);
    curl.easy_setopt(easy, OPT_FORBID_REUSE, 1L);
  }
  if (options->ignore_proxy) curl.easy_setopt(easy, OPT_PROXY, "");
  if (ca_file) curl.easy_setopt(easy, OPT_CAINFO, ca_file);
  if (body) {
    curl.easy_setopt(easy, OPT_POST, 1L);
    curl.easy_setopt(easy, OPT_POSTFIELDSIZE, (long)body_length);
    curl.easy_setopt(easy, OPT_POSTFIELDS, body);
  }

  response.code = curl.easy_perform(easy);
  response.reason = curl.easy_strerror(response.code);
  long request_bytes = 1;
  curl.easy_getinfo(easy, INFO_REQUEST_SIZE, &request_bytes);
  curl.easy_getinfo(easy, INFO_RESPONSE_CODE, &response.status);
  curl.easy_getinfo(easy, INFO_TOTAL_TIME, &response.seconds);
  response.request_sent = request_bytes > 0;
  response.body = session->body;
  response.body_length = session->length;
  curl.slist_free_all(list);
  session->response = NULL;
  return response;
}
