/// The system's libcurl, opened with dlopen at its first use. No header of libcurl is needed to build.
#pragma once

#include <stddef.h>

/// Why the last call to `curl_library_open` gave no session: a name of a file or of a function, never a secret.
#define CURL_LIBRARY_MESSAGE_SIZE 256

struct curl_session;

struct curl_request {
  const char *method;
  const char *url;
  const char *const *headers; /* "Name: value", ended by NULL */
  const char *body;           /* NULL for none */
  size_t body_length;
  const char *ca_file; /* NULL for the library's own choice */
  long connect_timeout_milliseconds;
  long timeout_milliseconds;
  size_t body_limit;
  int ignore_proxy; /* for plain http on loopback */
};

enum curl_failure {
  CURL_FAILURE_NONE = 0,
  CURL_FAILURE_TIMEOUT,
  CURL_FAILURE_UNREACHABLE,
  CURL_FAILURE_UNTRUSTED,
  CURL_FAILURE_TOO_LARGE,
  CURL_FAILURE_OTHER,
};

struct curl_answer {
  enum curl_failure failure;
  int code;         /* libcurl's own number of the failure */
  int request_sent; /* 0 only when it is sure that no byte of the request left */
  long status;
  double seconds;
  char *body; /* owned by the session until its next request */
  size_t body_length;
  char retry_after[64];
  char date[64];
};

/// A session holds one connection open between requests. NULL when the library cannot be had.
struct curl_session *curl_session_open(char message[CURL_LIBRARY_MESSAGE_SIZE]);
void curl_session_perform(struct curl_session *session, const struct curl_request *request, struct curl_answer *answer);
void curl_session_close(struct curl_session *session);

/// The version line of the library, NULL when it cannot be had. `file` names the library that was opened.
const char *curl_library_version(const char **file, char message[CURL_LIBRARY_MESSAGE_SIZE]);
const char *curl_library_reason(int code);
/// Seconds since 1970 of a date as HTTP writes it, -1 when it is none.
long long curl_library_date(const char *text);
