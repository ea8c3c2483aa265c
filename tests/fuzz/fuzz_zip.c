/* Zip files: the directory, the headers, every member unpacked; and whole workbooks. */
#include "rows_law.h"

#include <string.h>
#include <zlib.h>

#include "base/buf.h"
#include "format/budget.h"
#include "format/zip_read.h"

static void unpack(struct zv_zip *zip, const struct zv_zip_member *member)
{
	struct zv_zip_stream *stream;
	struct zv_err err = {0};
	char block[1024];
	int64_t total = 0;
	size_t got;
	enum zv_code code = zv_zip_stream_open(&stream, zip, member, &err);

	if (code != ZV_OK)
		return;
	do {
		code = zv_stream_read(&got, zv_zip_stream_bytes(stream), block, sizeof(block), &err);
		total += code == ZV_OK ? (int64_t)got : 0;
	} while (code == ZV_OK && got == sizeof(block));
	zv_fuzz_check_failure(code, &err);
	ZV_FUZZ_CHECK(code != ZV_OK || total == member->unpacked);
	zv_zip_stream_close(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct zv_str bytes = {(const char *)p, n};
	struct zv_rows_options options = {.type = ZV_FILE_XLSX};
	struct zv_source source;
	struct zv_zip zip;
	struct zv_err err = {0};
	enum zv_code code;

	zv_source_init_mem(&source, bytes);
	code = zv_zip_open(&zip, &source, &err);
	zv_fuzz_check_failure(code, &err);
	if (code == ZV_OK) {
		for (size_t i = 0; i < zip.n; i++)
			unpack(&zip, &zip.members[i]);
		zv_zip_close(&zip);
		(void)zv_fuzz_parse(bytes, &options);
	}
	zv_source_done(&source);
	return 0;
}

static void u16(struct zv_buf *b, size_t v)
{
	zv_buf_add_char(b, (char)(v & 0xff));
	zv_buf_add_char(b, (char)(v >> 8 & 0xff));
}

static void u32(struct zv_buf *b, size_t v)
{
	u16(b, v & 0xffff);
	u16(b, v >> 16);
}

/* Stored, so that mutations reach the XML; their checksums then fail, but not all mutations hit them. */
static void member(struct zv_buf *zip, struct zv_buf *directory, const char *name, const char *content, bool deflated)
{
	size_t at = zip->n;
	size_t n = strlen(content);
	unsigned char packed[1024];
	uLongf packed_n = sizeof(packed);
	struct zv_buf common;

	zv_buf_init(&common, 0);
	(void)compress2(packed, &packed_n, (const unsigned char *)content, n, 9); /* zlib: two bytes before and four after deflate */
	packed_n = deflated ? packed_n - 6 : n;
	u16(&common, 0);
	u16(&common, deflated ? 8 : 0);
	u32(&common, 0);
	u32(&common, crc32(0, (const unsigned char *)content, (uInt)n));
	u32(&common, packed_n);
	u32(&common, n);
	u16(&common, strlen(name));
	u16(&common, 0);
	zv_buf_add_c(zip, "PK\3\4");
	u16(zip, 20);
	zv_buf_add_str(zip, zv_buf_str(&common));
	zv_buf_add_c(zip, name);
	zv_buf_add(zip, deflated ? (const char *)packed + 2 : content, packed_n);
	zv_buf_add_c(directory, "PK\1\2");
	u16(directory, 20);
	u16(directory, 20);
	zv_buf_add_str(directory, zv_buf_str(&common));
	u16(directory, 0);
	u16(directory, 0);
	u16(directory, 0);
	u32(directory, 0);
	u32(directory, at);
	zv_buf_add_c(directory, name);
	zv_buf_done(&common);
}

static struct zv_str workbook(struct zv_buf *zip, bool deflated)
{
	struct zv_buf directory;
	size_t at;

	zv_buf_init(zip, 0);
	zv_buf_init(&directory, 0);
	member(zip, &directory, "_rels/.rels", "<r><Relationship Id='1' Type='/officeDocument' Target='workbook.xml'/></r>", deflated);
	member(zip, &directory, "workbook.xml", "<w><sheet name='S' id='1'/></w>", deflated);
	member(zip, &directory, "_rels/workbook.xml.rels", "<r><Relationship Id='1' Type='/worksheet' Target='s.xml'/></r>", deflated);
	member(zip, &directory, "s.xml", "<s><row><c><v>1</v></c><c t='str'><v>x</v></c></row></s>", deflated);
	at = zip->n;
	zv_buf_add_str(zip, zv_buf_str(&directory));
	zv_buf_add_c(zip, "PK\5\6");
	u32(zip, 0);
	u16(zip, 4);
	u16(zip, 4);
	u32(zip, directory.n);
	u32(zip, at);
	u16(zip, 0);
	zv_buf_done(&directory);
	return zv_buf_str(zip);
}

const struct zv_str *zv_fuzz_seeds(void)
{
	static struct zv_buf zips[2];
	static struct zv_str seeds[4];

	if (seeds[0].p == NULL) {
		seeds[0] = workbook(&zips[0], false);
		seeds[1] = workbook(&zips[1], true);
		seeds[2] = ZV_STR("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
	}
	return seeds;
}

const char *const zv_fuzz_words[] = {"PK\1\2", "PK\3\4", "PK\5\6", "\xff\xff\xff\xff", "../", "\x08", NULL};
