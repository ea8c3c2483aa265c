/* The directory of a zip and its agreement with the headers of the members, after PKWARE's APPNOTE.TXT. */
#include "format/zip_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "format/budget.h"

enum {
	END_SIZE = 22,
	COMMENT_MAX = 65535,
	ENTRY_SIZE = 46,
	LOCAL_SIZE = 30,
	NAME_MAX_BYTES = 512,
	DIRECTORY_MAX = 4 << 20,
	FLAG_ENCRYPTED = 1,
	FLAG_SIZES_AFTER = 8,
	EXTRA_ZIP64 = 1,
	STORED = 0,
	DEFLATED = 8,
};

static uint32_t u16_at(const char *p)
{
	return (uint32_t)(unsigned char)p[0] | (uint32_t)(unsigned char)p[1] << 8;
}

static uint32_t u32_at(const char *p)
{
	return u16_at(p) | u16_at(p + 2) << 16;
}

static enum zv_code damaged(struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook is damaged: its zip directory makes no sense. Save it again."));
}

static enum zv_code lying(struct zv_str name, struct zv_err *err)
{
	return zv_fail(err, ZV_E_INVALID, NULL,
		       N_("The workbook is damaged or forged: the two zip headers of %.*s differ, or its parts overlap."),
		       ZV_STR_FMT(name));
}

struct directory {
	int64_t at;
	int64_t size;
	uint32_t entries;
};

/* The end record stands at the very end, before a comment that fills the rest exactly. */
static enum zv_code find_directory(struct directory *d, struct zv_source *source, struct zv_err *err)
{
	size_t n = source->size < END_SIZE + COMMENT_MAX ? (size_t)(source->size > 0 ? source->size : 0) : END_SIZE + COMMENT_MAX;
	char *tail = zv_alloc(n);
	enum zv_code code = zv_source_at(source, source->size - (int64_t)n, tail, n, err);
	const char *end = NULL;

	if (code != ZV_OK)
		goto done;
	for (size_t i = n >= END_SIZE ? n - END_SIZE + 1 : 0; i-- > 0 && end == NULL;) {
		if (memcmp(tail + i, "PK\5\6", 4) == 0 && i + END_SIZE + u16_at(tail + i + 20) == n)
			end = tail + i;
	}
	if (end == NULL) {
		code = zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook has no zip directory at its end; it was not copied whole."));
		goto done;
	}
	*d = (struct directory){u32_at(end + 16), u32_at(end + 12), u16_at(end + 10)};
	if (u16_at(end + 4) != 0 || u16_at(end + 6) != 0 || u16_at(end + 8) != d->entries || d->entries == 0 ||
	    d->at + d->size != source->size - (int64_t)n + (end - tail) || d->size > DIRECTORY_MAX)
		code = damaged(err);
	else if (d->entries > ZV_LIMIT_MEMBERS)
		code = zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook has %u parts; at most %d are read."), d->entries,
			       ZV_LIMIT_MEMBERS);
done:
	free(tail);
	return code;
}

/* A size or place that did not fit in 32 bits stands in an extra field, in the order in which they did not fit. */
static bool zip64_value(int64_t *value, const char **extra, size_t *left)
{
	uint64_t v;

	if (*value != UINT32_MAX)
		return true;
	if (*left < 8)
		return false;
	v = (uint64_t)u32_at(*extra) | (uint64_t)u32_at(*extra + 4) << 32;
	*extra += 8;
	*left -= 8;
	*value = (int64_t)v;
	return v <= INT64_MAX;
}

/* The zip64 field among the extra fields; empty when there is none. */
static bool find_zip64(const char **field, size_t *n, const char *extra, size_t left)
{
	*field = extra;
	*n = 0;
	while (left >= 4) {
		size_t size = u16_at(extra + 2);

		if (size > left - 4)
			return false;
		if (u16_at(extra) == EXTRA_ZIP64) {
			*field = extra + 4;
			*n = size;
		}
		extra += 4 + size;
		left -= 4 + size;
	}
	return true; /* a few odd bytes at the end are common */
}

static bool is_safe_name(struct zv_str name)
{
	struct zv_str part;
	struct zv_str rest = name;

	if (name.n == 0 || name.n > NAME_MAX_BYTES || name.p[0] == '/' || zv_utf8_check(name) >= 0)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == '\\' || name.p[i] == ':')
			return false;
	}
	while (zv_str_split(&part, &rest, '/')) {
		if (zv_str_eq(part, ZV_STR("..")))
			return false;
	}
	return true;
}

/* One entry of the directory; *local is where its local header stands. */
static enum zv_code read_entry(struct zv_zip_member *m, int64_t *local, uint32_t *flags, size_t *used, struct zv_zip *zip,
			       const char *p, size_t left, struct zv_err *err)
{
	const char *extra;
	size_t n;

	if (left < ENTRY_SIZE || memcmp(p, "PK\1\2", 4) != 0)
		return damaged(err);
	*used = ENTRY_SIZE + (size_t)u16_at(p + 28) + u16_at(p + 30) + u16_at(p + 32);
	if (left < *used)
		return damaged(err);
	*flags = u16_at(p + 8);
	*local = u32_at(p + 42);
	*m = (struct zv_zip_member){.name = zv_str_dup(&zip->arena, (struct zv_str){p + ENTRY_SIZE, u16_at(p + 28)}),
				    .crc = u32_at(p + 16),
				    .method = (uint16_t)u16_at(p + 10),
				    .packed = u32_at(p + 20),
				    .unpacked = u32_at(p + 24)};
	if (!is_safe_name(m->name))
		return zv_fail(err, ZV_E_INVALID, NULL, N_("The workbook holds a part whose name leads elsewhere; it is forged."));
	if (!find_zip64(&extra, &n, p + ENTRY_SIZE + m->name.n, u16_at(p + 30)) || !zip64_value(&m->unpacked, &extra, &n) ||
	    !zip64_value(&m->packed, &extra, &n) || !zip64_value(local, &extra, &n))
		return damaged(err);
	if ((*flags & FLAG_ENCRYPTED) != 0)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("The workbook is encrypted (%.*s); save it without a password."),
			       ZV_STR_FMT(m->name));
	if ((m->method != STORED && m->method != DEFLATED) || (m->method == STORED && m->packed != m->unpacked))
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("%.*s in the workbook is packed in an unusual way; save it again."),
			       ZV_STR_FMT(m->name));
	return ZV_OK;
}

/* The header before the bytes themselves must say what the directory says. */
static enum zv_code check_local(struct zv_zip_member *m, int64_t local, uint32_t flags, struct zv_zip *zip, struct zv_err *err)
{
	char header[LOCAL_SIZE];
	char name[NAME_MAX_BYTES];
	char extra_bytes[4096];
	int64_t packed;
	int64_t unpacked;
	const char *extra;
	size_t n_extra;
	size_t n;
	enum zv_code code = zv_source_at(zip->source, local, header, sizeof(header), err);

	if (code != ZV_OK)
		return code;
	n_extra = u16_at(header + 28);
	if (memcmp(header, "PK\3\4", 4) != 0 || ((u16_at(header + 6) ^ flags) & (FLAG_ENCRYPTED | FLAG_SIZES_AFTER)) != 0 ||
	    u16_at(header + 8) != m->method || u16_at(header + 26) != m->name.n)
		return lying(m->name, err);
	code = zv_source_at(zip->source, local + LOCAL_SIZE, name, m->name.n, err);
	if (code == ZV_OK && n_extra <= sizeof(extra_bytes))
		code = zv_source_at(zip->source, local + LOCAL_SIZE + (int64_t)m->name.n, extra_bytes, n_extra, err);
	if (code != ZV_OK)
		return code;
	packed = u32_at(header + 18);
	unpacked = u32_at(header + 22);
	if (memcmp(name, m->name.p, m->name.n) != 0 || n_extra > sizeof(extra_bytes) ||
	    !find_zip64(&extra, &n, extra_bytes, n_extra) || !zip64_value(&unpacked, &extra, &n) ||
	    !zip64_value(&packed, &extra, &n))
		return lying(m->name, err);
	if ((flags & FLAG_SIZES_AFTER) != 0) { /* often zero here, and never more than zero or the truth */
		if ((packed != 0 && packed != m->packed) || (unpacked != 0 && unpacked != m->unpacked))
			return lying(m->name, err);
	} else if (packed != m->packed || unpacked != m->unpacked || u32_at(header + 14) != m->crc) {
		return lying(m->name, err);
	}
	m->at = local + LOCAL_SIZE + (int64_t)m->name.n + (int64_t)n_extra;
	return ZV_OK;
}

static enum zv_code check_sizes(const struct zv_zip_member *m, int64_t *total, struct zv_err *err)
{
	if (m->unpacked > ZV_LIMIT_ZIP || (*total += m->unpacked) > ZV_LIMIT_ZIP)
		return zv_fail(err, ZV_E_LIMIT, NULL, N_("The workbook unpacks to more than %d MiB; split it or save it as CSV."),
			       (int)(ZV_LIMIT_ZIP >> 20));
	if (m->unpacked > ZV_LIMIT_RATIO_FROM && m->unpacked / ZV_LIMIT_RATIO > m->packed)
		return zv_fail(err, ZV_E_LIMIT, NULL,
			       N_("%.*s in the workbook unpacks to more than %d times its size, which no honest table does; save it as CSV."),
			       ZV_STR_FMT(m->name), ZV_LIMIT_RATIO);
	return ZV_OK;
}

struct span {
	int64_t from;
	int64_t to;
	size_t member;
};

static int by_place(const void *a, const void *b)
{
	const struct span *x = a;
	const struct span *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* Each member, header and bytes, must end before the next one begins, and the last before the directory. */
static enum zv_code check_overlap(struct span *spans, const struct zv_zip *zip, int64_t directory, struct zv_err *err)
{
	qsort(spans, zip->n, sizeof(*spans), by_place);
	for (size_t i = 0; i < zip->n; i++) {
		if (spans[i].to > (i + 1 < zip->n ? spans[i + 1].from : directory))
			return lying(zip->members[spans[i].member].name, err);
	}
	return ZV_OK;
}

static enum zv_code read_members(struct zv_zip *zip, const struct directory *d, const char *bytes, struct zv_err *err)
{
	struct span *spans = zv_calloc(d->entries, sizeof(*spans));
	struct zv_map names;
	size_t at = 0;
	int64_t total = 0;
	enum zv_code code = ZV_OK;

	zv_map_init(&names);
	for (zip->n = 0; zip->n < d->entries; zip->n++) {
		struct zv_zip_member *m = &zip->members[zip->n];
		int64_t local = 0;
		int64_t seen;
		uint32_t flags = 0;
		size_t used = 0;

		code = read_entry(m, &local, &flags, &used, zip, bytes + at, (size_t)d->size - at, err);
		if (code == ZV_OK)
			code = check_sizes(m, &total, err);
		if (code == ZV_OK)
			code = check_local(m, local, flags, zip, err);
		if (code == ZV_OK && (zv_map_get(&seen, &names, m->name) || m->packed > zip->source->size))
			code = lying(m->name, err);
		if (code != ZV_OK)
			goto done;
		zv_map_put(&names, m->name, 1);
		spans[zip->n] = (struct span){local, m->at + m->packed, zip->n};
		at += used;
	}
	code = at == (size_t)d->size ? check_overlap(spans, zip, d->at, err) : damaged(err);
done:
	zv_map_done(&names);
	free(spans);
	return code;
}

enum zv_code zv_zip_open(struct zv_zip *zip, struct zv_source *source, struct zv_err *err)
{
	struct directory d = {0};
	char *bytes = NULL;
	enum zv_code code;

	*zip = (struct zv_zip){.source = source};
	zv_arena_init(&zip->arena);
	if (source->gunzip != NULL)
		return zv_fail(err, ZV_E_UNSUPPORTED, NULL, N_("The workbook is gzipped; a workbook is packed already, unpack it first."));
	if (source->size < 0)
		return zv_source_at(source, 0, NULL, 0, err);
	code = find_directory(&d, source, err);
	if (code != ZV_OK)
		return code;
	bytes = zv_alloc((size_t)d.size);
	zip->members = ZV_ARENA_ARRAY(&zip->arena, struct zv_zip_member, d.entries);
	code = zv_source_at(source, d.at, bytes, (size_t)d.size, err);
	if (code == ZV_OK)
		code = read_members(zip, &d, bytes, err);
	free(bytes);
	if (code != ZV_OK)
		zv_zip_close(zip);
	return code;
}

void zv_zip_close(struct zv_zip *zip)
{
	zv_arena_done(&zip->arena);
	zip->members = NULL;
	zip->n = 0;
}

const struct zv_zip_member *zv_zip_find(const struct zv_zip *zip, struct zv_str name)
{
	for (size_t i = 0; i < zip->n; i++) {
		if (zv_str_eq_nocase(zip->members[i].name, name))
			return &zip->members[i];
	}
	return NULL;
}
