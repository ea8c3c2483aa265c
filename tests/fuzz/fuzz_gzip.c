/* Gzip around a CSV. */
#include "rows_law.h"

#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct zv_rows_options options = {0};

	if (n < 2 || p[0] != 0x1f || p[1] != 0x8b)
		return 0;
	(void)zv_fuzz_parse((struct zv_str){(const char *)p, n}, &options);
	return 0;
}

static struct zv_str pack(unsigned char *room, size_t cap, const char *text, int level)
{
	z_stream z = {0};

	if (deflateInit2(&z, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		return ZV_STR("");
	z.next_in = (unsigned char *)(uintptr_t)text;
	z.avail_in = (uInt)strlen(text);
	z.next_out = room;
	z.avail_out = (uInt)cap;
	(void)deflate(&z, Z_FINISH);
	(void)deflateEnd(&z);
	return (struct zv_str){(char *)room, z.total_out};
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static unsigned char room[2][512];
	static struct zv_str seeds[3];

	if (seeds[0].p == NULL) {
		seeds[0] = pack(room[0], sizeof(room[0]), "a;b;c\n1;2;3\n1;2;3\n1;2;3\n", 9);
		seeds[1] = pack(room[1], sizeof(room[1]), "имя;цена\nx;1\n", 0);
	}
	return seeds;
}

const char *const zv_fuzz_words[] = {"\x1f\x8b\x08", "\x03\x00", NULL};
