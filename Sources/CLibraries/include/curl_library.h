/// The system's libcurl, loaded with dlopen at first use. Building needs no libcurl headers.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct curl_session;

struct curl_options {
  long timeout_milliseconds;
  int ignore_proxy;   /* for plain http on loopback */
  int own_connection; /* neither reuses a connection nor leaves one open */
};

struct curl_response {
  int code;           /* libcurl's CURLcode, 0 for success */
  const char *reason; /* what the code means */
  int too_large;      /* the body is larger than 1 MiB */
  int request_sent;   /* 0 only when certainly no byte of the request was sent */
  long status;
  double seconds;
  char *body; /* owned by the session, valid until its next request */
  size_t body_length;
  char retry_after[64];
  char date[64];
};

/// A session reuses its connection between requests. NULL when the library cannot be used.
struct curl_session *curl_session_open(void);
/// Sends a POST request if there is a body, else a GET request. `headers` are "Name: value" and end with NULL;
/// `ca_file` is NULL for the library's default.
struct curl_response curl_session_perform(struct curl_session *session, const char *url, char *const headers[],
                                          const uint8_t *body, size_t body_length, const char *ca_file,
                                          const struct curl_options *options);
void curl_session_close(struct curl_session *session);

/// The library's version text and file name. NULL when it cannot be loaded.
const char *curl_library_version(const char **file);
/// Why the library cannot be used. Names a file or a function, never a secret.
const char *curl_library_problem(void);
/// Unix time of an HTTP date, -1 when it is not one.
long long curl_library_date(const char *text);
