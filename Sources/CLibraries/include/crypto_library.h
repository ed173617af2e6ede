/// The system's libcrypto, loaded with dlopen at first use. Building needs no OpenSSL headers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#define CRYPTO_LIBRARY_KEY_SIZE 32
#define CRYPTO_LIBRARY_IV_SIZE 16
#define CRYPTO_LIBRARY_TAG_SIZE 16
#define CRYPTO_LIBRARY_DIGEST_SIZE 32
#define CRYPTO_LIBRARY_MESSAGE_SIZE 256

enum crypto_outcome { CRYPTO_OK = 0, CRYPTO_MISSING, CRYPTO_REFUSED };

/// AES-256-GCM with a 16-byte iv and no associated data; `output` has room for `length` bytes.
/// CRYPTO_REFUSED: the tag does not match (wrong key or modified bytes).
enum crypto_outcome crypto_open(const uint8_t *key, const uint8_t *iv, const uint8_t *tag, const uint8_t *input,
                                size_t length, uint8_t *output);
enum crypto_outcome crypto_seal(const uint8_t *key, const uint8_t *iv, const uint8_t *input, size_t length,
                                uint8_t *output, uint8_t *tag);
enum crypto_outcome crypto_sha256(const uint8_t *input, size_t length, uint8_t *digest);

/// The library's version text. NULL when it cannot be loaded; `message` then has the reason.
const char *crypto_library_version(const char **file, char message[CRYPTO_LIBRARY_MESSAGE_SIZE]);
