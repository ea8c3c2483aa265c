/* CSV in every dialect and encoding; the first byte chooses the options. */
#include "rows_law.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const char *const encodings[] = {NULL, NULL, NULL, "utf-8", "windows-1251", "koi8-r", "ibm866", "utf-16le"};
	static const char separators[] = {0, 0, ',', ';', '\t', '|', 0, 0};
	struct zv_rows_options options = {.type = ZV_FILE_CSV};

	if (n == 0)
		return 0;
	options.encoding = encodings[p[0] & 7];
	options.separator = separators[p[0] >> 3 & 7];
	options.no_quotes = (p[0] & 0x40) != 0;
	(void)zv_fuzz_parse((struct zv_str){(const char *)p + 1, n - 1}, &options);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("0a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",\"\"\r\n"),
		ZV_STR_INIT("0a;b;c\n1,5;2;\n;;\n\n3;4;5"),
		ZV_STR_INIT("0\xef\xbb\xbfИНН;Наименование\n7701234567;ООО \"Ромашка\"\n"),
		ZV_STR_INIT("0\xcd\xe0\xe8\xec\xe5\xed\xee\xe2\xe0\xed\xe8\xe5 \xf2\xee\xe2\xe0\xf0\xe0;\xc5\xe4\xe8\xed\xe8\xf6\xe0 \xe8\xe7\xec\n"),
		ZV_STR_INIT("0\xff\xfe" "a\0;\0\x30\x04\r\0\n\0"),
		ZV_STR_INIT("7a\0;\0b\0\n\0"),
		ZV_STR_INIT("4\xcc\xe8\xf0;\xcc\xe8\xf0\n"),
		ZV_STR_INIT("pa\tb\t\"\r\"c\td\r"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"\"\"", "\",\"", "\r\n", ";;;;;;;;", "\xef\xbb\xbf", "\xd0\xb0", "\"\n\"", NULL};
