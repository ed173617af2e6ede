/* The mathematics that Swift's runtime names, so that a program with the runtime in it starts without libm: nine calls of
 * the system and a library to bind, at every print, for functions that no print calls. The installer leaves libm out; in
 * any other build these stand before it and do the same.
 *
 * Rounding is done here: it is what a print needs. Everything else opens libm when it is first called. */
#ifdef __linux__
#include <features.h>
#endif
#if defined(__GLIBC__) && defined(__x86_64__)
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#pragma GCC visibility push(hidden)

static void *of_libm(const char *name) {
  static void *libm;
  if (!libm) libm = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
  void *function = libm ? dlsym(libm, name) : NULL;
  if (!function) {
    static const char message[] = "droidbar: libm.so.6 is missing: install the C library whole\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(70);
  }
  return function;
}

/* From 2^52 on every double is whole; below, it fits into 64 bits. */
#define WHOLE 4503599627370496.0

__attribute__((no_builtin)) double trunc(double x) {
  if (!(__builtin_fabs(x) < WHOLE)) return x;
  return __builtin_copysign((double)(int64_t)x, x);
}

__attribute__((no_builtin)) double floor(double x) {
  double whole = trunc(x);
  return whole > x ? whole - 1 : whole;
}

__attribute__((no_builtin)) double ceil(double x) {
  double whole = trunc(x);
  return whole < x ? __builtin_copysign(whole + 1, x) : whole;
}

__attribute__((no_builtin)) double round(double x) {
  double whole = trunc(x);
  return __builtin_fabs(x - whole) >= 0.5 ? whole + __builtin_copysign(1, x) : whole;
}

/* To the even one of two that are equally near, as the machine rounds sums. */
__attribute__((no_builtin)) double rint(double x) {
  if (!(__builtin_fabs(x) < WHOLE)) return x;
  volatile double far = __builtin_copysign(WHOLE, x);
  volatile double sum = x + far;
  return __builtin_copysign(sum - far, x);
}

__attribute__((no_builtin)) double nearbyint(double x) { return rint(x); }

float truncf(float x) { return (float)trunc(x); }
float floorf(float x) { return (float)floor(x); }
float ceilf(float x) { return (float)ceil(x); }
float roundf(float x) { return (float)round(x); }
float rintf(float x) { return (float)rint(x); }
float nearbyintf(float x) { return (float)rint(x); }

#define LATER(result, name, parameters, arguments)                    \
  result name parameters {                                            \
    static result(*function) parameters;                              \
    if (!function) function = (result(*) parameters)of_libm(#name);   \
    return function arguments;                                        \
  }
#define ONE(type, name) LATER(type, name, (type x), (x))
#define TWO(type, name) LATER(type, name, (type x, type y), (x, y))
#define THREE(type, name) LATER(type, name, (type x, type y, type z), (x, y, z))
#define ONE_OF_ALL(name) ONE(double, name) ONE(float, name##f) ONE(long double, name##l)
#define TWO_OF_ALL(name) TWO(double, name) TWO(float, name##f) TWO(long double, name##l)

ONE_OF_ALL(acos) ONE_OF_ALL(acosh) ONE_OF_ALL(asin) ONE_OF_ALL(asinh) ONE_OF_ALL(atan) ONE_OF_ALL(atanh)
ONE_OF_ALL(cbrt) ONE_OF_ALL(cos) ONE_OF_ALL(cosh) ONE_OF_ALL(erf) ONE_OF_ALL(erfc) ONE_OF_ALL(exp) ONE_OF_ALL(exp2)
ONE_OF_ALL(expm1) ONE_OF_ALL(log) ONE_OF_ALL(log10) ONE_OF_ALL(log1p) ONE_OF_ALL(log2) ONE_OF_ALL(logb)
ONE_OF_ALL(sin) ONE_OF_ALL(sinh) ONE_OF_ALL(sqrt) ONE_OF_ALL(tan) ONE_OF_ALL(tanh) ONE_OF_ALL(tgamma)
ONE(long double, ceill) ONE(long double, floorl) ONE(long double, nearbyintl) ONE(long double, rintl)
ONE(long double, roundl) ONE(long double, truncl)
TWO_OF_ALL(atan2) TWO_OF_ALL(fdim) TWO_OF_ALL(fmax) TWO_OF_ALL(fmin) TWO_OF_ALL(fmod) TWO_OF_ALL(hypot)
TWO_OF_ALL(nextafter) TWO_OF_ALL(pow) TWO_OF_ALL(remainder)
THREE(double, fma) THREE(float, fmaf) THREE(long double, fmal)
LATER(double, nan, (const char *tag), (tag)) LATER(float, nanf, (const char *tag), (tag))
LATER(long double, nanl, (const char *tag), (tag))
LATER(double, jn, (int n, double x), (n, x)) LATER(double, yn, (int n, double x), (n, x))
LATER(double, remquo, (double x, double y, int *bits), (x, y, bits))
LATER(float, remquof, (float x, float y, int *bits), (x, y, bits))
LATER(long double, remquol, (long double x, long double y, int *bits), (x, y, bits))
LATER(double, lgamma_r, (double x, int *sign), (x, sign)) LATER(float, lgammaf_r, (float x, int *sign), (x, sign))
LATER(long double, lgammal_r, (long double x, int *sign), (x, sign))

#pragma GCC visibility pop
#endif
