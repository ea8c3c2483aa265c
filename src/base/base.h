/* What every file may use: fixed-width integers, the must-check mark, checked and 128-bit arithmetic. */
#ifndef ZV_BASE_BASE_H
#define ZV_BASE_BASE_H

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZV_MUST_CHECK __attribute__((warn_unused_result))
#define ZV_PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#define ZV_NORETURN __attribute__((noreturn))
#define ZV_LEN(array) (sizeof(array) / sizeof((array)[0]))

/* Marks a message for the translators' catalogue (po/) without translating it here. */
#define N_(msgid) msgid

__extension__ typedef __int128 zv_i128;

/* False when the result does not fit; *out is then untouched. */
static inline bool zv_add(int64_t *out, int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_add_overflow(a, b, &r))
		return false;
	*out = r;
	return true;
}

static inline bool zv_sub(int64_t *out, int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_sub_overflow(a, b, &r))
		return false;
	*out = r;
	return true;
}

static inline bool zv_mul(int64_t *out, int64_t a, int64_t b)
{
	int64_t r;

	if (__builtin_mul_overflow(a, b, &r))
		return false;
	*out = r;
	return true;
}

#endif
