/* Workbooks: cells of every kind, which sheet, and zips that lie. */
#include "help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "format/parse.h"

static const struct zv_rows_options plain = {0};

static void check_sheet(const char *rows, const char *shared, const char *formats, const char *expected)
{
	struct help_zip zip;

	help_zip_init(&zip);
	help_workbook(&zip, rows, shared, formats);
	help_rows(help_zip_end(&zip), &plain, expected);
	help_zip_done(&zip);
}

static void check_refused(const char *rows, enum zv_code code, const char *part)
{
	struct help_zip zip;

	help_zip_init(&zip);
	help_workbook(&zip, rows, "<si><t>x</t></si>", "");
	help_fails(help_zip_end(&zip), &plain, code, part);
	help_zip_done(&zip);
}

static void cells_of_every_kind_become_text(void **state)
{
	(void)state;
	check_sheet("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
		    "<row r='2'><c r='A2'><v>0.040000000000000001</v></c><c r='B2' s='1'><v>46295</v></c>"
		    "<c r='C2' t='b'><v>1</v></c><c r='D2' t='str'><f>A1&amp;\"!\"</f><v>Имя!</v></c>"
		    "<c r='E2' t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c><c r='F2' t='b'><v>0</v></c>"
		    "<c r='G2'><f>1+1</f><v>2</v></c><c r='H2' t='d'><v>2026-09-30</v></c></row>",
		    "<si><t>Имя</t></si><si><r><t>Це</t></r><r><t>на</t></r><rPh><t>tsena</t></rPh></si>", "<xf numFmtId='0'/><xf numFmtId='164'/>",
		    "1:Имя|Цена\n2:0.04|2026-09-30|TRUE|Имя!|inline|FALSE|2|2026-09-30\n");
}

static void wrecked_numbers_stay_visible(void **state)
{
	(void)state;
	check_sheet("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><v>1.6571E+11</v></c></row>", "<si><t>1,6571E+11</t></si>", "",
		    "1:1,6571E+11|165710000000\n");
}

static void cells_keep_their_column_and_rows_their_number(void **state)
{
	(void)state;
	check_sheet("<row r='3'><c r='B3'><v>1</v></c><c r='AA3'><v>2</v></c></row><row r='5'><c r='A5'/><c r='B5' s='0'/></row>"
		    "<row><c><v>7</v></c><c><v>8</v></c></row>",
		    "", "", "3:|1|||||||||||||||||||||||||2\n6:7|8\n");
}

static void an_error_cell_is_empty_and_named(void **state)
{
	(void)state;
	check_sheet("<row r='1'><c r='A1'><v>1</v></c><c r='B1' t='e'><v>#N/A</v></c><c r='C1' t='e'><v>#REF!</v></c></row>"
		    "<row r='2'><c r='A2' t='e'><v>#DIV/0!</v></c></row>",
		    "", "", "1:1|!1=#N/A\n2:!0=#DIV/0!\n");
}

static void the_sheet_is_named_or_data_or_the_first_visible(void **state)
{
	static const char relations[] = "<Relationships><Relationship Id='a' Type='t/worksheet' Target='a.xml'/>"
					"<Relationship Id='b' Type='t/worksheet' Target='b.xml'/>"
					"<Relationship Id='c' Type='t/chartsheet' Target='c.xml'/></Relationships>";
	static const struct {
		const char *sheets;
		const char *named;
		const char *rows; /* NULL: refused */
	} cases[] = {
		{"<sheet name='A' r:id='a'/><sheet name='B' r:id='b'/>", NULL, "1:a\n"},
		{"<sheet name='A' r:id='a'/><sheet name='B' r:id='b'/>", "b", "1:b\n"},
		{"<sheet name='A' r:id='a'/><sheet name='Данные' r:id='b'/>", NULL, "1:b\n"},
		{"<sheet name='A' r:id='a'/><sheet name='DATA' r:id='b'/>", NULL, "1:b\n"},
		{"<sheet name='A' r:id='a' state='hidden'/><sheet name='B' r:id='b'/>", NULL, "1:b\n"},
		{"<sheet name='C' r:id='c'/><sheet name='B' r:id='b'/>", NULL, "1:b\n"},
		{"<sheet name='A' r:id='a'/><sheet name='B' r:id='b'/>", "Нет такого", NULL},
		{"<sheet name='C' r:id='c'/>", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < ZV_LEN(cases); i++) {
		struct zv_rows_options options = {.sheet = cases[i].named};
		struct help_zip zip;
		char book[400];

		help_zip_init(&zip);
		(void)snprintf(book, sizeof(book), "<workbook xmlns:r='r'><sheets>%s</sheets></workbook>", cases[i].sheets);
		help_zip_add(&zip, "_rels/.rels",
			     ZV_STR("<Relationships><Relationship Id='r1' Type='http://x/officeDocument' Target='/workbook.xml'/></Relationships>"));
		help_zip_add(&zip, "workbook.xml", zv_str_c(book));
		help_zip_add(&zip, "_rels/workbook.xml.rels", zv_str_c(relations));
		help_zip_add(&zip, "a.xml", ZV_STR("<w><row><c t='str'><v>a</v></c></row></w>"));
		help_zip_add(&zip, "b.xml", ZV_STR("<w><row><c t='str'><v>b</v></c></row></w>"));
		if (cases[i].rows != NULL)
			help_rows(help_zip_end(&zip), &options, cases[i].rows);
		else
			help_fails(help_zip_end(&zip), &options, cases[i].named != NULL ? ZV_E_NOTFOUND : ZV_E_INVALID,
				   cases[i].named != NULL ? "“A”, “B”" : "no visible sheet");
		help_zip_done(&zip);
	}
}

static void a_damaged_sheet_is_refused_with_its_place(void **state)
{
	(void)state;
	check_refused("<row r='2'/><row r='2'/>", ZV_E_INVALID, "row 2 comes after row 2");
	check_refused("<row r='1'><c r='B1'/><c r='A1'/></row>", ZV_E_INVALID, "not in order");
	check_refused("<row r='1'><c r='A1' t='s'><v>7</v></c></row>", ZV_E_INVALID, "row 1, column 1: refers to a text");
	check_refused("<row r='1'><c r='1A'/></row>", ZV_E_INVALID, "“1A” is no cell");
	check_refused("<row r='99999999'/>", ZV_E_INVALID, "row 99999999");
	check_refused("<c r='A1'><v>1</v></c>", ZV_E_INVALID, "outside any row");
	check_refused("<row r='1'><c r='A1' t='str'><v>_x0000_</v></c></row>", ZV_E_INVALID, "zero character");
	check_refused("<row r='1'><c r='XFD1'><v>1</v></c></row>", ZV_E_LIMIT, "more than 4096 columns");
	check_refused("<row r='1'><c r='A1'><v>1</c></row>", ZV_E_INVALID, "not well-formed");
}

static void a_document_type_is_refused(void **state)
{
	struct help_zip zip;

	(void)state;
	help_zip_init(&zip);
	help_zip_add(&zip, "_rels/.rels",
		     ZV_STR("<!DOCTYPE x [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><Relationships>&b;</Relationships>"));
	help_fails(help_zip_end(&zip), &plain, ZV_E_INVALID, "<!DOCTYPE>");
	help_zip_done(&zip);
}

static void other_files_are_refused_by_what_they_are(void **state)
{
	struct zv_rows_options xlsx = {.type = ZV_FILE_XLSX};
	struct zv_rows_options csv = {.type = ZV_FILE_CSV};
	struct help_zip zip;

	(void)state;
	help_fails(ZV_STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), &plain, ZV_E_UNSUPPORTED, ".xls");
	help_fails(ZV_STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), &plain, ZV_E_UNSUPPORTED,
		   "password");
	help_fails(ZV_STR("%PDF-1.7"), &plain, ZV_E_UNSUPPORTED, "PDF");
	help_fails(ZV_STR("a;b\n"), &xlsx, ZV_E_INVALID, "not a workbook");
	help_zip_init(&zip);
	help_zip_add(&zip, "content.xml", ZV_STR("<ods/>"));
	help_fails(help_zip_end(&zip), &plain, ZV_E_UNSUPPORTED, "not a workbook");
	help_fails(help_zip_end(&zip), &csv, ZV_E_INVALID, "This is a workbook");
	help_zip_done(&zip);
}

static void zips_of_every_honest_writer_are_read(void **state)
{
	(void)state;
	for (int kind = HELP_ZIP_PLAIN; kind <= HELP_ZIP_64; kind++) {
		struct help_zip zip;

		help_zip_init(&zip);
		zip.kind = kind;
		help_workbook(&zip, "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1'><v>1</v></c></row>", "<si><t>x</t></si>", "");
		help_rows(help_zip_end(&zip), &plain, "1:x|1\n");
		help_zip_done(&zip);
	}
}

/* Changes one byte (or two) of a good workbook at `at` from the start of its first local header or directory entry. */
static void check_forged(const char *signature, size_t at, unsigned char value, enum zv_code code, const char *part)
{
	struct help_zip zip;
	ptrdiff_t found;

	help_zip_init(&zip);
	help_workbook(&zip, "<row r='1'><c r='A1'><v>1</v></c></row>", "", "");
	found = zv_str_find(help_zip_end(&zip), zv_str_c(signature));
	assert_true(found >= 0);
	zip.bytes.p[(size_t)found + at] = (char)value;
	help_fails(zv_buf_str(&zip.bytes), &plain, code, part);
	help_zip_done(&zip);
}

static void a_lying_zip_is_refused(void **state)
{
	(void)state;
	check_forged("PK\3\4", 22, 1, ZV_E_INVALID, "headers");              /* the local header states another size */
	check_forged("PK\3\4", 14, 1, ZV_E_INVALID, "headers");              /* another checksum */
	check_forged("PK\3\4", 30, 'x', ZV_E_INVALID, "headers");            /* another name */
	check_forged("PK\3\4", 8, 0, ZV_E_INVALID, "headers");               /* another method */
	check_forged("PK\1\2", 24, 1, ZV_E_INVALID, "headers");              /* the directory states another size */
	check_forged("PK\1\2", 8, 1, ZV_E_UNSUPPORTED, "encrypted");
	check_forged("PK\1\2", 10, 12, ZV_E_UNSUPPORTED, "unusual way");     /* bzip2 */
	check_forged("PK\1\2", 46, '/', ZV_E_INVALID, "leads elsewhere");
	check_forged("PK\1\2", 27, 0x7f, ZV_E_LIMIT, "more than 256 MiB");   /* 2 GiB, says the directory */
	check_forged("PK\5\6", 8, 1, ZV_E_INVALID, "directory");
	check_forged("PK\5\6", 16, 0, ZV_E_INVALID, "directory");
}

static void both_headers_lying_alike_is_found_at_unpacking(void **state)
{
	struct help_zip zip;
	ptrdiff_t local;
	ptrdiff_t central;

	(void)state;
	help_zip_init(&zip);
	help_workbook(&zip, "<row r='1'><c r='A1'><v>1</v></c></row>", "", "");
	(void)help_zip_end(&zip);
	local = zv_str_find(zv_buf_str(&zip.bytes), ZV_STR("PK\3\4"));
	central = zv_str_find(zv_buf_str(&zip.bytes), ZV_STR("PK\1\2"));
	zip.bytes.p[local + 22]--; /* it will unpack to one byte more */
	zip.bytes.p[central + 24]--;
	help_fails(zv_buf_str(&zip.bytes), &plain, ZV_E_INVALID, "does not unpack to what its header says");
	zip.bytes.p[local + 22]++;
	zip.bytes.p[central + 24]++;
	zip.bytes.p[local + 14]++; /* checksum */
	zip.bytes.p[central + 16]++;
	help_fails(zv_buf_str(&zip.bytes), &plain, ZV_E_INVALID, "does not unpack to what its header says");
	help_zip_done(&zip);
}

static void overlapping_members_are_refused(void **state)
{
	struct help_zip zip;
	size_t entry;

	(void)state;
	help_zip_init(&zip);
	help_zip_add(&zip, "a", ZV_STR("aaaaaaaaaa"));
	entry = zip.directory.n;
	zv_buf_add(&zip.directory, zip.directory.p, 0);
	(void)zv_buf_reserve(&zip.directory, entry);
	memcpy(zip.directory.p + entry, zip.directory.p, entry); /* the same bytes under the same header again */
	zip.directory.n += entry;
	zip.n++;
	help_fails(help_zip_end(&zip), &plain, ZV_E_INVALID, "overlap");
	help_zip_done(&zip);
}

static void too_many_members_are_refused(void **state)
{
	struct help_zip zip;
	char name[16];

	(void)state;
	help_zip_init(&zip);
	for (int i = 0; i <= 1000; i++) {
		(void)snprintf(name, sizeof(name), "m%d", i);
		help_zip_add(&zip, name, ZV_STR(""));
	}
	help_fails(help_zip_end(&zip), &plain, ZV_E_LIMIT, "1001 parts");
	help_zip_done(&zip);
}

static void a_zip_bomb_is_refused(void **state)
{
	struct help_zip zip;
	char *blanks = zv_alloc(32 << 20);

	(void)state;
	memset(blanks, ' ', 32 << 20);
	help_zip_init(&zip);
	help_zip_add(&zip, "xl/worksheets/sheet1.xml", (struct zv_str){blanks, 32 << 20});
	help_fails(help_zip_end(&zip), &plain, ZV_E_LIMIT, "times its size");
	help_zip_done(&zip);
	free(blanks);
}

static enum zv_code forget_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	(void)row;
	(void)err;
	++*(int *)arg;
	return ZV_OK;
}

static enum zv_code forget_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	(void)arg;
	(void)info;
	(void)err;
	return ZV_OK;
}

/* A small file whose cells all show the same long text. */
static void a_text_repeated_without_end_is_refused(void **state)
{
	struct help_zip zip;
	struct zv_buf rows;
	struct zv_buf shared;
	struct zv_source source;
	int taken = 0;
	struct zv_sink sink = {forget_row, forget_info, &taken};
	struct zv_err err;

	(void)state;
	zv_buf_init(&rows, 0);
	zv_buf_init(&shared, 0);
	zv_buf_add_c(&shared, "<si><t>");
	for (int i = 0; i < (1 << 20) / 16; i++)
		zv_buf_add_c(&shared, "0123456789abcdef");
	zv_buf_add_c(&shared, "</t></si>");
	for (int i = 0; i < 1000; i++)
		zv_buf_add_c(&rows, "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>");
	help_zip_init(&zip);
	help_workbook(&zip, zv_buf_c(&rows), zv_buf_c(&shared), "");
	zv_source_init_mem(&source, help_zip_end(&zip));
	assert_int_equal(zv_parse(&source, &plain, &sink, &err), ZV_E_LIMIT);
	assert_non_null(strstr(err.text, "repeats its texts"));
	assert_int_equal(taken, 128);
	zv_source_done(&source);
	help_zip_done(&zip);
	zv_buf_done(&shared);
	zv_buf_done(&rows);
}

static void a_cut_workbook_is_refused_wherever_it_is_cut(void **state)
{
	struct help_zip zip;
	struct zv_buf out;
	struct zv_str whole;

	(void)state;
	zv_buf_init(&out, 0);
	help_zip_init(&zip);
	help_workbook(&zip, "<row r='1'><c r='A1'><v>1</v></c></row>", "<si><t>x</t></si>", "");
	whole = help_zip_end(&zip);
	for (size_t n = 4; n < whole.n; n++) {
		struct zv_err err;

		assert_int_not_equal(help_read(&out, NULL, zv_str_first(whole, n), &plain, &err), ZV_OK);
	}
	assert_int_equal(out.n, 0);
	zv_buf_done(&out);
	help_zip_done(&zip);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_of_every_kind_become_text),
		cmocka_unit_test(wrecked_numbers_stay_visible),
		cmocka_unit_test(cells_keep_their_column_and_rows_their_number),
		cmocka_unit_test(an_error_cell_is_empty_and_named),
		cmocka_unit_test(the_sheet_is_named_or_data_or_the_first_visible),
		cmocka_unit_test(a_damaged_sheet_is_refused_with_its_place),
		cmocka_unit_test(a_document_type_is_refused),
		cmocka_unit_test(other_files_are_refused_by_what_they_are),
		cmocka_unit_test(zips_of_every_honest_writer_are_read),
		cmocka_unit_test(a_lying_zip_is_refused),
		cmocka_unit_test(both_headers_lying_alike_is_found_at_unpacking),
		cmocka_unit_test(overlapping_members_are_refused),
		cmocka_unit_test(too_many_members_are_refused),
		cmocka_unit_test(a_zip_bomb_is_refused),
		cmocka_unit_test(a_text_repeated_without_end_is_refused),
		cmocka_unit_test(a_cut_workbook_is_refused_wherever_it_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
