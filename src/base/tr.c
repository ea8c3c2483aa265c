/* Reads a gettext .mo image in place: sorted originals, binary search. Little-endian files only (msgfmt writes the host's order). */
#include "base/tr.h"

#include <string.h>

static struct {
	const unsigned char *p;
	size_t n;
	uint32_t count;
	uint32_t originals; /* offset of the table of (length, offset) pairs, sorted by text */
	uint32_t translations;
} ru;

static _Thread_local bool russian;

static uint32_t u32_at(size_t at)
{
	uint32_t v;

	memcpy(&v, ru.p + at, sizeof(v));
	return v;
}

/* True when every string of the table lies inside the image and is ended by a NUL. */
static bool table_fits(uint32_t table)
{
	if (table > ru.n || (ru.n - table) / 8 < ru.count)
		return false;
	for (uint32_t i = 0; i < ru.count; i++) {
		uint32_t len = u32_at(table + 8 * i);
		uint32_t at = u32_at(table + 8 * i + 4);

		if (at >= ru.n || len >= ru.n - at || ru.p[at + len] != '\0')
			return false;
	}
	return true;
}

bool zv_tr_load_ru(const void *mo, size_t n)
{
	static const uint32_t magic = 0x950412de;

	if (n < 28 || n > UINT32_MAX || memcmp(mo, &magic, sizeof(magic)) != 0)
		return false;
	ru.p = mo;
	ru.n = n;
	ru.count = u32_at(8);
	ru.originals = u32_at(12);
	ru.translations = u32_at(16);
	if (table_fits(ru.originals) && table_fits(ru.translations))
		return true;
	ru.count = 0;
	return false;
}

void zv_tr_set_lang(const char *lang)
{
	russian = lang != NULL && strncmp(lang, "ru", 2) == 0;
}

const char *zv_tr_lang(void)
{
	return russian ? "ru" : "en";
}

struct zv_str zv_tr_pick(struct zv_str in_russian, struct zv_str in_english)
{
	return russian || in_english.n == 0 ? in_russian : in_english;
}

/* The translation of `msgid`, and its length with all plural forms; NULL when there is none. */
static const char *find(const char *msgid, size_t *len)
{
	uint32_t lo = 0;
	uint32_t hi = ru.count;

	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		int order = strcmp(msgid, (const char *)ru.p + u32_at(ru.originals + 8 * mid + 4));

		if (order == 0) {
			*len = u32_at(ru.translations + 8 * mid);
			return (const char *)ru.p + u32_at(ru.translations + 8 * mid + 4);
		}
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

const char *zv_tr(const char *msgid)
{
	size_t len;
	const char *text = russian && msgid[0] != '\0' ? find(msgid, &len) : NULL;

	return text != NULL && text[0] != '\0' ? text : msgid;
}

/* The rule of the Plural-Forms line of po/ru.po. */
static size_t russian_form(int64_t n)
{
	int64_t hundred = n % 100 < 0 ? -(n % 100) : n % 100;
	int64_t ten = hundred % 10;

	if (ten == 1 && hundred != 11)
		return 0;
	if (ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14))
		return 1;
	return 2;
}

const char *zv_tr_n(const char *one, const char *many, int64_t n)
{
	size_t len = 0;
	const char *forms = russian ? find(one, &len) : NULL;
	const char *end = forms != NULL ? forms + len : NULL;

	if (forms == NULL || len == 0)
		return n == 1 ? one : many;
	for (size_t form = russian_form(n); form > 0 && forms + strlen(forms) + 1 < end; form--)
		forms += strlen(forms) + 1;
	return forms;
}
