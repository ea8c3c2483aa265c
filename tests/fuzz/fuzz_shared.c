/* Shared strings, and cell styles from the same bytes. */
#include "rows_law.h"

#include "base/utf8.h"
#include "format/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_shared shared;
	struct zv_styles styles;
	struct zv_memory_stream in;
	struct zv_err err = {0};
	struct zv_str text;

	zv_shared_init(&shared);
	zv_memory_stream_init(&in, (struct zv_str){(const char *)p, n});
	zv_fuzz_check_failure(zv_shared_read(&shared, &in.stream, "strings", &err), &err);
	for (uint32_t i = 0; zv_shared_get(&text, &shared, i); i++)
		ZV_FUZZ_CHECK(text.n == 0 || zv_utf8_check(text) < 0);
	zv_shared_done(&shared);
	zv_styles_init(&styles);
	zv_memory_stream_init(&in, (struct zv_str){(const char *)p, n});
	zv_fuzz_check_failure(zv_styles_read(&styles, &in.stream, "styles", &err), &err);
	zv_styles_done(&styles);
	(void)zv_styles_is_date_format((struct zv_str){(const char *)p, n});
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("<sst><si><t>Имя</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh><r><t>_x0041_</t></r></si></sst>"),
		ZV_STR_INIT("<s><numFmts><numFmt numFmtId='164' formatCode='dd.mm.yyyy;@'/></numFmts><cellXfs><xf numFmtId='164'/><xf numFmtId='14'/></cellXfs></s>"),
		ZV_STR_INIT("[$-419]d mmmm yyyy;@"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"<si>", "</si>", "<t>", "</t>", "_x0000_", "_xD800_", "<xf numFmtId='1'/>", "[h]", "\"", "\\", NULL};
