/* The table of settings. Who uses one reads it himself; here is what may be written. */
#include "app/settings.h"

#include <string.h>

#include "base/buf.h"
#include "format/json_write.h"
#include "store/audit.h"
#include "store/setting.h"

static const struct zv_setting_kind kinds[] = {
	{"auth.memory_kib", "19456", 19456, 1048576, N_("memory of one password's hash in KiB; two are made at a time")},
	{"auth.passes", "2", 2, 100, N_("passes of one password's hash")},
	{"disclosure.k", "3", 1, 1000, N_("a figure over fewer organisations is not shown to others")},
	{"disclosure.percent", "75", 1, 100, N_("nor one of which a single organisation has more than this many percent")},
	{"limit.exports_a_day", "200", 0, 1000000000, N_("exports a day of one account")},
	{"limit.rows_a_day", "1000000", 0, INT64_C(1000000000000), N_("rows a day that one account may read in lists")},
	{"lots.every_s", "3600", 1, 31536000, N_("seconds between two computations of the lots by the server while something changes")},
	{"oidc.file", "", 0, 0, N_("file of the identity providers (docs/admin/accounts.md)")},
	{"plan.hour", "3", -1, 23, N_("hour of the server's clock at which the national plan is made anew; -1: never")},
	{"plan.max_share", "100", 1, 100, N_("percent of what a plan covers of an item that one maker may have; 100: no limit")},
	{"session.idle_min", "30", 1, 1440, N_("minutes without a request after which a session is over")},
	{"session.life_min", "480", 1, 10080, N_("minutes after which a session is over in any case")},
	{"tasks.kilogram_need", "30", 1, 1000000, N_("kilograms up to which a need is shown to institutes as one that they could make")},
	{"upload.max_bytes", "67108864", 1, INT64_C(1) << 40, N_("bytes of a file that comes in")},
};

enum { TEXT_MAX = 1000 };

const struct zv_setting_kind *zv_setting_at(size_t i)
{
	return i < ZV_LEN(kinds) ? &kinds[i] : NULL;
}

static enum zv_code find(const struct zv_setting_kind **out, struct zv_str name, struct zv_err *err)
{
	struct zv_buf names;

	for (size_t i = 0; i < ZV_LEN(kinds); i++) {
		if (zv_str_eq_c(name, kinds[i].name)) {
			*out = &kinds[i];
			return ZV_OK;
		}
	}
	zv_buf_init(&names, 400);
	for (size_t i = 0; i < ZV_LEN(kinds); i++)
		zv_buf_addf(&names, "%s%s", i > 0 ? ", " : "", kinds[i].name);
	(void)zv_fail(err, ZV_E_INVALID, "name", N_("There is no setting “%.*s”. There are: %s."), ZV_STR_FMT(zv_str_first(name, 60)), zv_buf_c(&names));
	zv_buf_done(&names);
	return ZV_E_INVALID;
}

enum zv_code zv_setting_read(struct zv_str *out, bool *given, struct zv_db *db, struct zv_str name, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_setting_kind *kind;
	struct zv_str value;
	enum zv_code code = find(&kind, name, err);

	if (code == ZV_OK)
		code = zv_setting_get(&value, db, kind->name, arena, err);
	if (code != ZV_OK)
		return code;
	*given = value.n > 0;
	*out = value.n > 0 ? value : zv_str_c(kind->otherwise);
	return ZV_OK;
}

static enum zv_code check(const struct zv_setting_kind *kind, struct zv_str value, struct zv_err *err)
{
	int64_t number;

	if (value.n == 0)
		return ZV_OK;
	if (kind->max == 0) {
		if (value.n <= TEXT_MAX && memchr(value.p, '\n', value.n) == NULL)
			return ZV_OK;
		return zv_fail(err, ZV_E_INVALID, kind->name, N_("The setting %s must be one line of at most %d bytes."), kind->name, TEXT_MAX);
	}
	if (!zv_str_int(&number, value) || number < kind->min || number > kind->max)
		return zv_fail(err, ZV_E_INVALID, kind->name, N_("The setting %s must be a whole number from %" PRId64 " to %" PRId64 ", not “%.*s”."), kind->name,
			       kind->min, kind->max, ZV_STR_FMT(zv_str_first(value, 60)));
	return ZV_OK;
}

static enum zv_code tell(struct zv_db *db, const struct zv_who *who, const struct zv_setting_kind *kind, struct zv_str value, struct zv_err *err)
{
	struct zv_audit_row row = {.actor = who->actor, .account_id = who->account_id, .address = who->address, .action = ZV_STR("setting.set")};
	struct zv_out out;
	struct zv_json json;
	enum zv_code code;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&json, &out);
	zv_json_object(&json);
	zv_json_key_c(&json, "name", kind->name);
	zv_json_key_str(&json, "value", value);
	zv_json_end_object(&json);
	row.detail = zv_out_text(&out);
	row.subject = ZV_STR("");
	code = zv_audit_add(db, &row, err);
	zv_out_done(&out);
	return code;
}

enum zv_code zv_setting_write(struct zv_db *db, const struct zv_who *who, struct zv_str name, struct zv_str value, struct zv_err *err)
{
	const struct zv_setting_kind *kind;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SETTING_WRITE, err);

	if (code == ZV_OK)
		code = find(&kind, name, err);
	if (code == ZV_OK)
		code = check(kind, value, err);
	if (code == ZV_OK)
		code = zv_db_begin(db, err);
	if (code != ZV_OK)
		return code;
	code = zv_setting_put(db, kind->name, value, err);
	if (code == ZV_OK)
		code = tell(db, who, kind, value, err);
	if (code == ZV_OK)
		return zv_db_commit(db, err);
	zv_db_rollback(db);
	return code;
}
