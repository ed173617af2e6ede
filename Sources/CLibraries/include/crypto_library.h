/// The system's libcrypto, loaded with dlopen at first use. Building needs no OpenSSL headers.
#pragma once

#include <stddef.h>
#include <stdint.h>

#define CRYPTO_LIBRARY_KEY_SIZE 32
#define CRYPTO_LIBRARY_IV_SIZE 16
#define CRYPTO_LIBRARY_TAG_SIZE 16
#define CRYPTO_LIBRARY_DIGEST_SIZE 32

enum crypto_outcome { CRYPTO_OK = 0, CRYPTO_MISSING, CRYPTO_REFUSED };

/// AES-256-GCM with a 16-byte iv and no associated data; `output` has room for `length` bytes. Encrypts and writes the
/// tag if `sealing`, else decrypts. CRYPTO_REFUSED: the tag does not match (wrong key or modified bytes).
enum crypto_outcome crypto_run(int sealing, const uint8_t *key, const uint8_t *iv, uint8_t *tag, const uint8_t *input,
                               size_t length, uint8_t *output);
enum crypto_outcome crypto_sha256(const uint8_t *input, size_t length, uint8_t *digest);

/// The library's version text and file name. NULL when it cannot be loaded.
const char *crypto_library_version(const char **file);
/// Why the library cannot be used.
const char *crypto_library_problem(void);
