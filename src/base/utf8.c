/* UTF-8 by hand where it is hot, utf8proc where Unicode's tables are needed. */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Length of the well-formed sequence at p (n bytes left), or 0. Table 3-7 of the Unicode standard. */
static size_t sequence(const unsigned char *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n < 2 || (p[1] & 0xc0) != 0x80)
		return 0;
	if (p[0] < 0xe0)
		return 2;
	if (n < 3 || (p[2] & 0xc0) != 0x80)
		return 0;
	if (p[0] < 0xf0)
		return (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ? 0 : 3;
	if (n < 4 || (p[3] & 0xc0) != 0x80 || (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return 4;
}

ptrdiff_t zv_utf8_check(struct zv_str s)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = 0; i < s.n;) {
		uint64_t eight;
		size_t n;

		if (p[i] < 0x80) { /* mostly ASCII comes in runs */
			i++;
			while (i + sizeof(eight) <= s.n) {
				memcpy(&eight, p + i, sizeof(eight));
				if ((eight & UINT64_C(0x8080808080808080)) != 0)
					break;
				i += sizeof(eight);
			}
			continue;
		}
		while (i + 1 < s.n && (p[i] & 0xfe) == 0xd0 && (p[i + 1] & 0xc0) == 0x80) /* Cyrillic does as well */
			i += 2;
		if (i == s.n || p[i] < 0x80)
			continue;
		n = sequence(p + i, s.n - i);
		if (n == 0)
			return (ptrdiff_t)i;
		i += n;
	}
	return -1;
}

size_t zv_utf8_count(struct zv_str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.n; i++)
		count += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return count;
}

struct zv_str zv_utf8_first(struct zv_str s, size_t bytes)
{
	size_t n = bytes;

	if (s.n <= bytes)
		return s;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	/* More than three bytes that go on with nothing are no character: cut there as well as anywhere. */
	return zv_str_first(s, bytes - n <= 3 ? n : bytes);
}

bool zv_utf8_next(uint32_t *code_point, struct zv_str *s)
{
	static const unsigned char first_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	const unsigned char *p = (const unsigned char *)s->p;
	size_t n;

	if (s->n == 0)
		return false;
	n = sequence(p, s->n);
	if (n == 0) {
		*code_point = 0xfffd;
		*s = zv_str_from(*s, 1);
		return true;
	}
	*code_point = p[0] & first_bits[n];
	for (size_t i = 1; i < n; i++)
		*code_point = *code_point << 6 | (p[i] & 0x3fu);
	*s = zv_str_from(*s, n);
	return true;
}

size_t zv_utf8_encode(char out[4], uint32_t c)
{
	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

static void map(struct zv_buf *out, struct zv_str s, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n;

	if (s.n == 0)
		return;
	n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &mapped, options);
	if (n >= 0)
		zv_buf_add(out, mapped, (size_t)n);
	else
		zv_buf_add_str(out, s); /* not UTF-8: left as it is */
	free(mapped);
}

static bool is_ascii(struct zv_str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	}
	return true;
}

/* The letters А-Я, Ё and а-я, ё fold by themselves: true while only they and ASCII occur. */
static bool fold_common(struct zv_buf *out, struct zv_str s)
{
	size_t start = out->n;
	char *to = zv_buf_reserve(out, s.n);
	size_t n = 0;

	if (to == NULL)
		return true;
	for (size_t i = 0; i < s.n;) {
		unsigned char a = (unsigned char)s.p[i];
		unsigned char b = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

		if (a < 0x80) {
			to[n++] = (char)(a >= 'A' && a <= 'Z' ? a + 32 : a);
			i++;
			continue;
		}
		if (a == 0xd0 && b >= 0x90 && b <= 0x9f) { /* А-П */
			to[n++] = (char)0xd0;
			to[n++] = (char)(b + 0x20);
		} else if (a == 0xd0 && b >= 0xa0 && b <= 0xaf) { /* Р-Я */
			to[n++] = (char)0xd1;
			to[n++] = (char)(b - 0x20);
		} else if (a == 0xd0 && b == 0x81) { /* Ё */
			to[n++] = (char)0xd1;
			to[n++] = (char)0x91;
		} else if ((a == 0xd0 && b >= 0xb0 && b <= 0xbf) || (a == 0xd1 && b >= 0x80 && b <= 0x8f) ||
			   (a == 0xd1 && b == 0x91) || (a == 0xc2 && (b == 0xab || b == 0xbb))) { /* а-я, ё, « and » */
			to[n++] = (char)a;
			to[n++] = (char)b;
		} else {
			out->n = start;
			return false;
		}
		i += 2;
	}
	out->n += n;
	return true;
}

void zv_utf8_fold(struct zv_buf *out, struct zv_str s)
{
	if (!fold_common(out, s))
		map(out, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
}

void zv_utf8_nfc(struct zv_buf *out, struct zv_str s)
{
	if (is_ascii(s))
		zv_buf_add_str(out, s);
	else
		map(out, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

bool zv_utf8_is_letter(uint32_t code_point)
{
	switch (utf8proc_category((utf8proc_int32_t)code_point)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
		return true;
	case UTF8PROC_CATEGORY_ND:
		return code_point >= 0x80;
	default:
		return false;
	}
}
