/* Rows as text, and zip files made by hand so that they can lie. */
#include "help.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "format/formula.h"
#include "format/parse.h"

struct gathered {
	struct zv_buf *out;
	struct zv_rows_info info;
};

static void add_row(struct zv_buf *out, const struct zv_row *row)
{
	zv_buf_addf(out, "%lld:", (long long)row->line);
	for (size_t i = 0; i < row->n; i++) {
		if (i > 0)
			zv_buf_add_char(out, '|');
		zv_buf_add_str(out, row->cells[i]);
	}
	if (row->fault_column >= 0)
		zv_buf_addf(out, "!%d=%.*s", (int)row->fault_column, ZV_STR_FMT(row->fault));
	zv_buf_add_char(out, '\n');
}

static enum zv_code on_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	struct gathered *g = arg;

	(void)err;
	add_row(g->out, row);
	return ZV_OK;
}

static enum zv_code on_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	struct gathered *g = arg;

	(void)err;
	g->info = *info;
	return ZV_OK;
}

enum zv_code help_read(struct zv_buf *out, struct zv_rows_info *info, struct zv_str bytes, const struct zv_rows_options *options,
		       struct zv_err *err)
{
	struct gathered g = {.out = out};
	struct zv_sink sink = {on_row, on_info, &g};
	struct zv_source source;
	enum zv_code code;

	zv_source_init_mem(&source, bytes);
	code = zv_parse(&source, options, &sink, err);
	zv_source_done(&source);
	if (info != NULL)
		*info = g.info;
	return code;
}

static enum zv_code on_plain_row(void *arg, const struct zv_row *row, struct zv_err *err)
{
	(void)err;
	for (size_t i = 0; i < row->n; i++)
		zv_buf_addf(arg, "<%.*s>", ZV_STR_FMT(zv_formula_plain(row->cells[i])));
	zv_buf_add_char(arg, '\x1e');
	return ZV_OK;
}

static enum zv_code on_no_info(void *arg, const struct zv_rows_info *info, struct zv_err *err)
{
	(void)arg;
	(void)info;
	(void)err;
	return ZV_OK;
}

void help_read_plain(struct zv_buf *out, struct zv_str bytes, const struct zv_rows_options *options)
{
	struct zv_sink sink = {on_plain_row, on_no_info, out};
	struct zv_source source;
	struct zv_err err;

	zv_source_init_mem(&source, bytes);
	if (zv_parse(&source, options, &sink, &err) != ZV_OK)
		fail_msg("%s", err.text);
	zv_source_done(&source);
}

int help_file(struct zv_str bytes)
{
	int fd = memfd_create("help", MFD_CLOEXEC);

	assert_true(fd >= 0);
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = write(fd, bytes.p + at, bytes.n - at);

		assert_true(n > 0);
		at += (size_t)n;
	}
	return fd;
}

enum zv_code help_read_caged(struct zv_buf *out, struct zv_rows_info *info, struct zv_str bytes,
			     const struct zv_rows_options *options, struct zv_err *err)
{
	int fd = help_file(bytes);
	struct zv_rows *rows;
	struct zv_row row;
	bool more;
	enum zv_code code = zv_rows_open_fd(&rows, fd, options, err);

	assert_int_equal(code, ZV_OK);
	while ((code = zv_rows_next(&more, &row, rows, err)) == ZV_OK && more)
		add_row(out, &row);
	if (info != NULL)
		*info = *zv_rows_info(rows);
	zv_rows_close(rows);
	(void)close(fd);
	return code;
}

void help_rows(struct zv_str bytes, const struct zv_rows_options *options, const char *rows)
{
	struct zv_buf out;
	struct zv_err err = {0};

	zv_buf_init(&out, 0);
	if (help_read(&out, NULL, bytes, options, &err) != ZV_OK)
		fail_msg("%s", err.text);
	assert_string_equal(zv_buf_c(&out), rows);
	zv_buf_reset(&out);
	if (help_read_caged(&out, NULL, bytes, options, &err) != ZV_OK)
		fail_msg("caged: %s", err.text);
	assert_string_equal(zv_buf_c(&out), rows);
	zv_buf_done(&out);
}

void help_fails(struct zv_str bytes, const struct zv_rows_options *options, enum zv_code code, const char *part)
{
	struct zv_buf out;
	struct zv_err err = {0};
	struct zv_err caged = {0};

	zv_buf_init(&out, 0);
	assert_int_equal(help_read(&out, NULL, bytes, options, &err), code);
	assert_int_equal(err.code, code);
	if (strstr(err.text, part) == NULL)
		fail_msg("“%s” is not in “%s”", part, err.text);
	assert_int_equal(help_read_caged(&out, NULL, bytes, options, &caged), code);
	assert_string_equal(caged.text, err.text);
	assert_string_equal(caged.msgid, err.msgid);
	assert_string_equal(caged.field, err.field);
	zv_buf_done(&out);
}

void help_deflate(struct zv_buf *out, struct zv_str content, bool gzip)
{
	z_stream z = {0};
	size_t bound;

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, gzip ? 15 + 16 : -15, 9, Z_DEFAULT_STRATEGY), Z_OK);
	bound = deflateBound(&z, content.n);
	z.next_in = (unsigned char *)(uintptr_t)content.p;
	z.avail_in = (uInt)content.n;
	z.next_out = (unsigned char *)zv_buf_reserve(out, bound);
	z.avail_out = (uInt)bound;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->n += z.total_out;
	(void)deflateEnd(&z);
}

static void add_u16(struct zv_buf *buf, unsigned v)
{
	zv_buf_add_char(buf, (char)(v & 0xff));
	zv_buf_add_char(buf, (char)(v >> 8 & 0xff));
}

static void add_u32(struct zv_buf *buf, size_t v)
{
	add_u16(buf, (unsigned)(v & 0xffff));
	add_u16(buf, (unsigned)(v >> 16 & 0xffff));
}

void help_zip_init(struct help_zip *zip)
{
	zip->n = 0;
	zip->kind = HELP_ZIP_PLAIN;
	zv_buf_init(&zip->bytes, 0);
	zv_buf_init(&zip->directory, 0);
}

void help_zip_done(struct help_zip *zip)
{
	zv_buf_done(&zip->bytes);
	zv_buf_done(&zip->directory);
}

struct sums {
	size_t crc;
	size_t packed;
	size_t unpacked;
};

/* What stands in both headers, from the flags to the length of the name. */
static void add_common(struct zv_buf *buf, const struct help_zip *zip, struct sums sums, const char *name)
{
	add_u16(buf, zip->kind == HELP_ZIP_STREAMED ? 8 : 0);
	add_u16(buf, zip->kind == HELP_ZIP_STORED ? 0 : 8);
	add_u32(buf, 0); /* time and date */
	add_u32(buf, sums.crc);
	add_u32(buf, sums.packed);
	add_u32(buf, sums.unpacked);
	add_u16(buf, (unsigned)strlen(name));
}

static void add_local(struct help_zip *zip, struct sums sums, const char *name)
{
	static const struct sums later = {0, 0, 0};
	struct sums elsewhere = {sums.crc, UINT32_MAX, UINT32_MAX};

	zv_buf_add_c(&zip->bytes, "PK\3\4");
	add_u16(&zip->bytes, 20);
	add_common(&zip->bytes, zip, zip->kind == HELP_ZIP_STREAMED ? later : zip->kind == HELP_ZIP_64 ? elsewhere : sums, name);
	add_u16(&zip->bytes, zip->kind == HELP_ZIP_64 ? 20 : 0);
	zv_buf_add_c(&zip->bytes, name);
	if (zip->kind != HELP_ZIP_64)
		return;
	add_u16(&zip->bytes, 1);
	add_u16(&zip->bytes, 16);
	add_u32(&zip->bytes, sums.unpacked);
	add_u32(&zip->bytes, 0);
	add_u32(&zip->bytes, sums.packed);
	add_u32(&zip->bytes, 0);
}

void help_zip_add(struct help_zip *zip, const char *name, struct zv_str content)
{
	struct zv_buf packed;
	size_t at = zip->bytes.n;
	struct sums sums = {crc32(0, (const unsigned char *)content.p, (uInt)content.n), content.n, content.n};

	zv_buf_init(&packed, 0);
	if (zip->kind == HELP_ZIP_STORED)
		zv_buf_add_str(&packed, content);
	else
		help_deflate(&packed, content, false);
	sums.packed = packed.n;
	add_local(zip, sums, name);
	zv_buf_add_str(&zip->bytes, zv_buf_str(&packed));
	if (zip->kind == HELP_ZIP_STREAMED) {
		zv_buf_add_c(&zip->bytes, "PK\7\10");
		add_u32(&zip->bytes, sums.crc);
		add_u32(&zip->bytes, sums.packed);
		add_u32(&zip->bytes, sums.unpacked);
	}
	zv_buf_add_c(&zip->directory, "PK\1\2");
	add_u16(&zip->directory, 20);
	add_u16(&zip->directory, 20);
	add_common(&zip->directory, zip, sums, name);
	add_u16(&zip->directory, 0); /* extra */
	add_u16(&zip->directory, 0); /* comment */
	add_u16(&zip->directory, 0); /* disk */
	add_u16(&zip->directory, 0);
	add_u32(&zip->directory, 0);
	add_u32(&zip->directory, at);
	zv_buf_add_c(&zip->directory, name);
	zip->n++;
	zv_buf_done(&packed);
}

struct zv_str help_zip_end(struct help_zip *zip)
{
	size_t at = zip->bytes.n;

	zv_buf_add_str(&zip->bytes, zv_buf_str(&zip->directory));
	zv_buf_add_c(&zip->bytes, "PK\5\6");
	add_u32(&zip->bytes, 0);
	add_u16(&zip->bytes, zip->n);
	add_u16(&zip->bytes, zip->n);
	add_u32(&zip->bytes, zip->directory.n);
	add_u32(&zip->bytes, at);
	add_u16(&zip->bytes, 0);
	return zv_buf_str(&zip->bytes);
}

void help_workbook(struct help_zip *zip, const char *rows, const char *shared, const char *formats)
{
	struct zv_buf part;

	zv_buf_init(&part, 0);
	help_zip_add(zip, "_rels/.rels",
		     ZV_STR("<Relationships><Relationship Id='r1' Type='http://x/officeDocument' Target='xl/workbook.xml'/></Relationships>"));
	help_zip_add(zip, "xl/workbook.xml",
		     ZV_STR("<workbook xmlns:r='r'><sheets><sheet name='Лист1' sheetId='1' r:id='r1'/></sheets></workbook>"));
	help_zip_add(zip, "xl/_rels/workbook.xml.rels",
		     ZV_STR("<Relationships><Relationship Id='r1' Type='http://x/worksheet' Target='worksheets/sheet1.xml'/>"
			    "<Relationship Id='r2' Type='http://x/sharedStrings' Target='/xl/sharedStrings.xml'/>"
			    "<Relationship Id='r3' Type='http://x/styles' Target='styles.xml'/>"
			    "<Relationship Id='r4' Type='http://x/worksheet' TargetMode='External' Target='file:///etc/passwd'/></Relationships>"));
	zv_buf_addf(&part, "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='dd.mm.yyyy;@'/></numFmts><cellXfs>%s</cellXfs></styleSheet>",
		    formats);
	help_zip_add(zip, "xl/styles.xml", zv_buf_str(&part));
	zv_buf_reset(&part);
	zv_buf_addf(&part, "<sst>%s</sst>", shared);
	help_zip_add(zip, "xl/sharedStrings.xml", zv_buf_str(&part));
	zv_buf_reset(&part);
	zv_buf_addf(&part, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
	help_zip_add(zip, "xl/worksheets/sheet1.xml", zv_buf_str(&part));
	zv_buf_done(&part);
}
