/* The second factor: time-based one-time passwords (RFC 6238) with SHA-1, 6 digits and steps of 30 s, as all authenticator programs make them. */
#ifndef ZV_AUTH_TOTP_H
#define ZV_AUTH_TOTP_H

#include "base/buf.h"

enum { ZV_TOTP_BYTES = 20, ZV_TOTP_SECRET = 33 /* base 32 and NUL */, ZV_TOTP_CODE = 7, ZV_TOTP_STEP_S = 30 };

/* A new secret as base 32. */
void zv_totp_new(char out[ZV_TOTP_SECRET]);

/* The code of a step (seconds since 1970 / 30), NUL-ended. False when the secret is no base 32. */
bool zv_totp_code(char out[ZV_TOTP_CODE], struct zv_str secret, int64_t step);

/*
 * True when `code` (blanks inside are allowed) is that of the step of `now_ms`, the one before or the one after, and later than
 * `last_step`; *step is then the one to keep as used. All three are compared, each in constant time.
 */
bool zv_totp_check(int64_t *step, struct zv_str secret, struct zv_str code, int64_t last_step, int64_t now_ms);

/* "otpauth://totp/Zveno:login?secret=...&issuer=Zveno": what a QR code holds. */
void zv_totp_uri(struct zv_buf *out, struct zv_str issuer, struct zv_str login, struct zv_str secret);

#endif
