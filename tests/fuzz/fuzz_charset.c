/* Eight-bit encodings, UTF-16, and the guess by letters. */
#include "fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/letters.h"

static void check_utf16(struct zv_str bytes, bool big)
{
	static struct zv_utf16_stream utf16; /* large, so not on the stack */
	struct zv_memory_stream in;
	struct zv_buf text;
	struct zv_err err;
	char block[100];
	size_t got;
	enum zv_code code;

	zv_buf_init(&text, 0);
	zv_memory_stream_init(&in, bytes);
	zv_utf16_stream_init(&utf16, &in.stream, big);
	do {
		code = zv_stream_read(&got, &utf16.stream, block, sizeof(block), &err);
		if (code == ZV_OK)
			zv_buf_add(&text, block, got);
	} while (code == ZV_OK && got == sizeof(block));
	if (code == ZV_OK)
		ZV_FUZZ_CHECK(text.n == 0 || zv_utf8_check(zv_buf_str(&text)) < 0);
	zv_buf_done(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str bytes = {(const char *)p, n};
	size_t mark;

	for (enum zv_charset charset = ZV_CHARSET_WINDOWS_1251; charset <= ZV_CHARSET_IBM866; charset++) {
		struct zv_buf out;

		zv_buf_init(&out, 0);
		if (zv_charset_decode(&out, charset, bytes) < 0)
			ZV_FUZZ_CHECK(out.n == 0 || (zv_utf8_check(zv_buf_str(&out)) < 0 && zv_utf8_count(zv_buf_str(&out)) == n));
		zv_buf_done(&out);
	}
	if (zv_letters_windows_1251(bytes)) { /* then it is no UTF-8, and no Russian UTF-8 is inside */
		ZV_FUZZ_CHECK(zv_letters_utf8_inside(bytes) < 0);
		ZV_FUZZ_CHECK(zv_utf8_check(bytes) >= 0);
	}
	(void)zv_charset_mark(&mark, bytes);
	check_utf16(bytes, n % 2 == 0);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("\xcd\xe0\xe8\xec\xe5\xed\xee\xe2\xe0\xed\xe8\xe5 \xf2\xee\xe2\xe0\xf0\xe0;\xc5\xe4\xe8\xed\xe8\xf6\xe0 \xe8\xe7\xec\xe5\xf0\xe5\xed\xe8\xff"),
		ZV_STR_INIT("\xee\xc1\xc9\xcd\xc5\xce\xcf\xd7\xc1\xce\xc9\xc5 \xd4\xcf\xd7\xc1\xd2\xc1"),
		ZV_STR_INIT("\xff\xfe" "a\0;\0\x30\x04\x3d\xd8\x00\xde"),
		ZV_STR_INIT("Наименование товара"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\xd0\xb0\xd0\xb1\xd0\xb2", "\x98", "\x3d\xd8", "\x00\xde", "\xee\xe0\xe5\xe8", NULL};
