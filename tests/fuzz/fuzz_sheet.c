/* The XML of a sheet, past the zip. */
#include "rows_law.h"

#include <stdlib.h>

#include "format/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const struct zv_rows_options options = {0};
	static bool date_styles[] = {false, true};
	static uint32_t ends[] = {1, 1, 5};
	static char texts[] = "aяя";
	struct zv_shared shared = {.bytes = {.p = texts, .n = 5}, .ends = {.p = ends, .n = 3}};
	struct zv_styles styles = {.is_date = {.p = date_styles, .n = 2}};
	struct zv_sheet_context context = {&shared, &styles, n % 2 == 0};
	struct zv_parse parse = {.options = &options, .sink = &zv_fuzz_sink};
	struct zv_memory_stream in;
	struct zv_err err = {0};

	zv_memory_stream_init(&in, (struct zv_str){(const char *)p, n});
	zv_fuzz_check_failure(zv_sheet_read(&parse, &in.stream, "sheet", &context, &err), &err);
	return 0;
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static const struct zv_str seeds[] = {
		ZV_STR_INIT("<worksheet><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' s='1'><v>46295.5</v></c></row></sheetData></worksheet>"),
		ZV_STR_INIT("<w><row r='2'><c r='B2' t='inlineStr'><is><r><t>a_x000D_</t></r></is></c><c t='e'><v>#N/A</v></c></row></w>"),
		ZV_STR_INIT("<w><row><c><f>A1</f><v>0.040000000000000001</v></c><c t='b'><v>1</v></c><c t='str'><v>x</v></c></row></w>"),
		{NULL, 0},
	};

	return seeds;
}

const char *const zv_fuzz_words[] = {"<row>", "</row>", "<c>", "</c>", "<v>", "</v>", "<is>", "<t>", "<rPh>", " r='XFD1'", " t='s'", " s='1'", "_x0000_", "1E+11",
				     "<!DOCTYPE", NULL};
