#include "crypto_library.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>

/* Constants of OpenSSL's evp.h, the same in 1.1 and 3. */
enum { CTRL_SET_IV_LENGTH = 0x9, CTRL_GET_TAG = 0x10, CTRL_SET_TAG = 0x11, VERSION_LINE = 0 };

static struct {
  void *handle;
  const char *file;
  void *(*context_new)(void);
  void (*context_free)(void *);
  int (*context_ctrl)(void *, int, int, void *);
  const void *(*aes_256_gcm)(void);
  int (*cipher_init)(void *, const void *, void *, const uint8_t *, const uint8_t *, int);
  int (*cipher_update)(void *, uint8_t *, int *, const uint8_t *, int);
  int (*cipher_final)(void *, uint8_t *, int *);
  uint8_t *(*sha256)(const uint8_t *, size_t, uint8_t *);
  const char *(*version)(int);
} crypto;

/* Why the library cannot be used; empty if it can. */
static char problem[256];

static void find(void **function, const char *name) {
  *function = dlsym(crypto.handle, name);
  if (!*function) snprintf(problem, sizeof problem, "%s has no %s", crypto.file, name);
}

static void load_library(void) {
  static const char *const files[] = {"libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", NULL};
  for (int i = 0; files[i] && !crypto.handle; i++) {
    crypto.handle = dlopen(files[i], RTLD_NOW | RTLD_LOCAL);
    crypto.file = files[i];
  }
  if (!crypto.handle) {
    snprintf(problem, sizeof problem, "neither libcrypto.so.3 nor libcrypto.so.1.1 is installed");
    return;
  }
  find((void **)&crypto.context_new, "EVP_CIPHER_CTX_new");
  find((void **)&crypto.context_free, "EVP_CIPHER_CTX_free");
  find((void **)&crypto.context_ctrl, "EVP_CIPHER_CTX_ctrl");
  find((void **)&crypto.aes_256_gcm, "EVP_aes_256_gcm");
  find((void **)&crypto.cipher_init, "EVP_CipherInit_ex");
  find((void **)&crypto.cipher_update, "EVP_CipherUpdate");
  find((void **)&crypto.cipher_final, "EVP_CipherFinal_ex");
  find((void **)&crypto.sha256, "SHA256");
  find((void **)&crypto.version, "OpenSSL_version");
}

static int open_library(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load_library);
  return problem[0] == 0;
}

const char *crypto_library_problem(void) { return problem; }

const char *crypto_library_version(const char **file) {
  if (!open_library()) return NULL;
  *file = crypto.file;
  return crypto.version(VERSION_LINE);
}

enum crypto_outcome crypto_run(int sealing, const uint8_t *key, const uint8_t *iv, uint8_t *tag, const uint8_t *input,
                               size_t length, uint8_t *output) {
  if (!open_library()) return CRYPTO_MISSING;
  if (length > INT_MAX / 2) return CRYPTO_REFUSED;
  void *context = crypto.context_new();
  if (!context) return CRYPTO_MISSING;
  int written = 0, last = 0;
  int ok = crypto.cipher_init(context, crypto.aes_256_gcm(), NULL, NULL, NULL, sealing) == 1 &&
           crypto.context_ctrl(context, CTRL_SET_IV_LENGTH, CRYPTO_LIBRARY_IV_SIZE, NULL) == 1 &&
           crypto.cipher_init(context, NULL, NULL, key, iv, sealing) == 1 &&
           crypto.cipher_update(context, output, &written, input, (int)length) == 1 &&
           (sealing || crypto.context_ctrl(context, CTRL_SET_TAG, CRYPTO_LIBRARY_TAG_SIZE, tag) == 1) &&
           crypto.cipher_final(context, output + written, &last) == 1 &&
           (!sealing || crypto.context_ctrl(context, CTRL_GET_TAG, CRYPTO_LIBRARY_TAG_SIZE, tag) == 1);
  crypto.context_free(context);
  return ok && (size_t)written + (size_t)last == length ? CRYPTO_OK : CRYPTO_REFUSED;
}

enum crypto_outcome crypto_sha256(const uint8_t *input, size_t length, uint8_t *digest) {
  if (!open_library()) return CRYPTO_MISSING;
  return crypto.sha256(input, length, digest) ? CRYPTO_OK : CRYPTO_REFUSED;
}
