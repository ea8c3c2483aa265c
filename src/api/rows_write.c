/* Rows by hand: added, changed, taken away, joined, said again; and what the form of a need asks while it is filled in. */
#include "api/rows_write.h"

#include <stdio.h>
#include <string.h>

#include "app/audit_view.h"
#include "app/confirm.h"
#include "app/lots_run.h"
#include "app/need_check.h"
#include "app/restate.h"
#include "base/tr.h"

enum { VALUE_MAX = 8000 };

/* What the body says of the row: keys of the template. */
struct said {
	struct zv_row_field fields[ZV_ROW_FIELDS_MAX];
	size_t n;
};

static enum zv_code read_value(struct zv_row_field *out, const struct zv_json_value *value, bool patch, struct zv_err *err)
{
	char field[48];

	(void)snprintf(field, sizeof(field), "%.*s", ZV_STR_FMT(out->name));
	switch (value->kind) {
	case ZV_JSON_NULL:
		out->clear = patch;
		return ZV_OK;
	case ZV_JSON_BOOL:
		out->value = zv_str_eq_c(value->text, "true") ? ZV_STR("yes") : ZV_STR("no");
		return ZV_OK;
	case ZV_JSON_STRING:
	case ZV_JSON_NUMBER:
		if (value->text.n > VALUE_MAX)
			return zv_fail(err, ZV_E_INVALID, field, N_("The value is longer than %d bytes."), VALUE_MAX);
		out->value = zv_str_trim(value->text);
		out->clear = patch && out->value.n == 0;
		return ZV_OK;
	default:
		return zv_fail(err, ZV_E_INVALID, field, N_("Give a text, a number, true or false here."));
	}
}

/* A misspelt field is never ignored; "density" is understood of needs only. */
static enum zv_code read_body(struct said *out, const struct zv_api_call *call, const struct zv_register *reg, bool patch, struct zv_err *err)
{
	const struct zv_json_value *body = call->body;
	char field[48];
	enum zv_code code = ZV_OK;

	out->n = 0;
	if (body == NULL || body->kind != ZV_JSON_OBJECT)
		return zv_fail(err, ZV_E_INVALID, "", N_("The body must be a JSON object with the fields of the row."));
	for (size_t i = 0; i < body->n && code == ZV_OK; i++) {
		struct zv_row_field *said = &out->fields[out->n];
		bool density = strcmp(reg->name, "need") == 0 && zv_str_eq_c(body->names[i], "density");

		(void)snprintf(field, sizeof(field), "%.*s", ZV_STR_FMT(body->names[i]));
		if (!density && !zv_row_edit_field(reg, body->names[i]))
			return zv_fail(err, ZV_E_INVALID, field, N_("The register “%s” has no field “%.*s”."), reg->plural,
				       ZV_STR_FMT(zv_str_first(body->names[i], 60)));
		if (out->n == ZV_ROW_FIELDS_MAX)
			return zv_fail(err, ZV_E_LIMIT, "", N_("There are more than %d fields."), ZV_ROW_FIELDS_MAX);
		*said = (struct zv_row_field){.name = body->names[i]};
		code = read_value(said, &body->items[i], patch, err);
		if (density && said->clear)
			continue; /* there is nothing stored to take away */
		out->n++;
	}
	return code;
}

static enum zv_code make_options(struct zv_row_edit_options *out, struct zv_api_call *call, struct zv_err *err)
{
	*out = (struct zv_row_edit_options){.who = call->who};
	return zv_as_of(&out->said_on, call->db, ZV_DATE_NONE, err);
}

/* Faults of the row, all of them, are told at once. */
static enum zv_code answer_row(struct zv_api_call *call, const struct zv_register *reg, const struct zv_row_edit *edit, struct zv_str more,
			       struct zv_err *err)
{
	struct zv_api_row_notes notes = {.report = &edit->report, .hints = edit->hints, .n_hints = edit->n_hints, .more = more};

	if (edit->rival)
		notes.more = zv_str_c(zv_tr(N_("A stronger statement stands, so the row shows that one; what you said is kept beside it.")));
	return zv_api_row_of(call, reg, edit->record.uid, &notes, err);
}

enum zv_code zv_api_row_add(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg = NULL;
	struct zv_row_edit_options options;
	struct zv_row_edit edit = {0};
	struct said said;
	char path[80];
	enum zv_code code = zv_api_register(&reg, call, err);

	if (code == ZV_OK)
		code = read_body(&said, call, reg, false, err);
	if (code == ZV_OK && strcmp(reg->name, "need") == 0)
		code = zv_need_density(said.fields, &said.n, call->db, call->who, call->arena, err);
	if (code == ZV_OK)
		code = make_options(&options, call, err);
	if (code != ZV_OK)
		return code;
	code = zv_row_add(&edit, call->db, reg, said.fields, said.n, &options, call->arena, err);
	if (code == ZV_OK) {
		(void)snprintf(path, sizeof(path), "/api/v1/%s/", reg->plural);
		zv_api_created(call, path, edit.record.uid);
		code = answer_row(call, reg, &edit, ZV_STR(""), err);
	}
	zv_row_edit_done(&edit);
	return code;
}

/* The row as it is stored, which the person may change; what he does not see is not there. */
static enum zv_code find_row(struct zv_record *out, struct zv_api_call *call, const struct zv_register *reg, struct zv_err *err)
{
	enum zv_sight sight;
	enum zv_code code = zv_sight_record(out, &sight, call->db, call->who, reg, call->args[0], call->arena, err);

	if (code != ZV_OK)
		return code;
	if (sight != ZV_SIGHT_FULL)
		return zv_fail(err, ZV_E_DENIED, "", N_("This row is not yours to change."));
	return zv_sight_needs(call->db, call->who, reg, out, err);
}

static enum zv_code match_version(struct zv_api_call *call, const struct zv_register *reg, const struct zv_record *row, struct zv_err *err)
{
	struct zv_str version;
	enum zv_code code = zv_row_version(&version, call->db, reg, row, call->arena, err);

	return code == ZV_OK ? zv_api_if_match(call, version, err) : code;
}

/* Showing a need to more people is another matter than its values when a second person must agree: it is taken out, and asked for. */
static struct zv_str take_publication(struct said *said, const struct zv_api_call *call, const struct zv_register *reg, const struct zv_record *row)
{
	const struct zv_value *stored;
	struct zv_str wish = ZV_STR("");
	size_t kept = 0;

	if (strcmp(reg->name, "need") != 0 || !zv_rights_second(call->who, ZV_DO_NEED_PUBLISH, zv_sight_object(reg, row)))
		return wish;
	stored = &row->values[zv_register_column(reg, "visibility")];
	for (size_t i = 0; i < said->n; i++) {
		struct zv_str from = zv_str_c(stored->null ? "matched" : reg->columns[zv_register_column(reg, "visibility")].words[stored->i]);

		if (zv_str_eq_c(said->fields[i].name, "visibility") && zv_visibility_widens(from, said->fields[i].value))
			wish = said->fields[i].value;
		else
			said->fields[kept++] = said->fields[i];
	}
	said->n = kept;
	return wish;
}

static enum zv_code ask_publication(struct zv_str *told, struct zv_api_call *call, const struct zv_record *row, struct zv_str wish, struct zv_err *err)
{
	struct zv_str approval = ZV_STR("");
	enum zv_code code;

	if (wish.n == 0)
		return ZV_OK;
	code = zv_need_publish(&approval, call->db, call->who, row->uid, wish, call->arena, err);
	if (code == ZV_E_CONFLICT) { /* it is asked for already: the rest of the change stands */
		*told = zv_str_dup(call->arena, zv_str_c(err->text));
		return ZV_OK;
	}
	if (code == ZV_OK && approval.n > 0)
		*told = zv_arena_strf(call->arena, zv_tr(N_("Showing the need to more people takes a second person; it is asked for as %.*s.")),
				      ZV_STR_FMT(approval));
	return code;
}

static enum zv_code set_row(struct zv_api_call *call, const struct zv_register *reg, const struct zv_record *row, struct said *said,
			    struct zv_err *err)
{
	struct zv_str wish = take_publication(said, call, reg, row), told = ZV_STR("");
	struct zv_row_edit_options options;
	struct zv_row_edit edit = {0};
	enum zv_code code = make_options(&options, call, err);

	options.org_id = zv_sight_object(reg, row).org_id;
	if (code == ZV_OK)
		code = zv_row_set(&edit, call->db, reg, row, said->fields, said->n, &options, call->arena, err);
	if (code == ZV_OK)
		code = ask_publication(&told, call, row, wish, err);
	if (code == ZV_OK)
		code = answer_row(call, reg, &edit, told, err);
	zv_row_edit_done(&edit);
	return code;
}

enum zv_code zv_api_row_set(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg = NULL;
	struct zv_record row;
	struct said said;
	enum zv_code code = zv_api_register(&reg, call, err);

	if (code == ZV_OK)
		code = find_row(&row, call, reg, err);
	if (code == ZV_OK)
		code = match_version(call, reg, &row, err);
	if (code == ZV_OK)
		code = read_body(&said, call, reg, true, err);
	if (code == ZV_OK && strcmp(reg->name, "need") == 0)
		code = zv_need_density(said.fields, &said.n, call->db, call->who, call->arena, err);
	return code == ZV_OK ? set_row(call, reg, &row, &said, err) : code;
}

enum zv_code zv_api_need_delete(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_row_edit_options options = {.who = call->who};
	struct zv_record row;
	enum zv_code code = find_row(&row, call, reg, err);

	if (code == ZV_OK)
		code = zv_row_delete(call->db, reg, &row, &options, call->arena, err);
	if (code == ZV_OK)
		code = zv_audit_tell(call->db, call->who, "need.delete", row.uid, ZV_STR(""), err);
	if (code == ZV_OK)
		zv_api_nothing(call);
	return code;
}

enum zv_code zv_api_need_join(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"qty", NULL};
	const struct zv_register *reg = zv_register_find("need");
	struct said said = {.n = 1};
	struct zv_str more;
	struct zv_record row;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&more, call, "qty", true, 100, err);
	if (code == ZV_OK)
		code = find_row(&row, call, reg, err);
	if (code == ZV_OK)
		code = zv_need_joined(&said.fields[0].value, call->db, &row, more, call->arena, err);
	said.fields[0].name = ZV_STR("qty");
	return code == ZV_OK ? set_row(call, reg, &row, &said, err) : code;
}

enum zv_code zv_api_capacity_confirm(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("capacity");
	struct zv_record row;
	zv_date today;
	enum zv_code code = find_row(&row, call, reg, err);

	if (code == ZV_OK)
		code = zv_as_of(&today, call->db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_capacity_restate(call->db, call->who, &row, today, call->arena, err);
	return code == ZV_OK ? zv_api_row_of(call, reg, row.uid, NULL, err) : code;
}

/* --- the form of a need ------------------------------------------------------------------------------------------------------------- */

static void add_echo(struct zv_api_call *call, const struct zv_need_check *check)
{
	zv_json_key(&call->json, "echo");
	zv_json_object(&call->json);
	zv_json_key(&call->json, "qty");
	if (check->qty.n == 0) {
		zv_json_null(&call->json);
	} else {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "text", check->qty);
		zv_json_key_str(&call->json, "base_text", check->base);
		zv_json_end_object(&call->json);
	}
	zv_json_end_object(&call->json);
}

void zv_api_hints(struct zv_api_call *call, const struct zv_row_hint *hints, size_t n)
{
	zv_json_key(&call->json, "hints");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "field", hints[i].field);
		zv_json_key_str(&call->json, "text", hints[i].name);
		zv_json_key_str(&call->json, "effect", hints[i].effect);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_same(struct zv_api_call *call, const struct zv_need_check *check)
{
	zv_json_key(&call->json, "same");
	zv_json_array(&call->json);
	for (size_t i = 0; i < check->n_same; i++) {
		const struct zv_check_same *same = &check->same[i];

		zv_json_object(&call->json);
		zv_api_key_str_or_null(call, "uid", same->uid);
		zv_api_key_str_or_null(call, "org", same->org);
		zv_api_key_qty(call, "qty", same->qty_base, same->dim);
		zv_json_key_bool(&call->json, "own", same->own);
		zv_json_key_str(&call->json, "text", same->text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_faults(struct zv_api_call *call, const struct zv_need_check *check)
{
	zv_json_key(&call->json, "faults");
	zv_json_array(&call->json);
	for (size_t i = 0; i < check->n_faults; i++) {
		const struct zv_check_fault *fault = &check->faults[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "pointer", zv_arena_strf(call->arena, "%s%.*s", fault->field.n > 0 ? "/" : "", ZV_STR_FMT(fault->field)));
		zv_json_key_str(&call->json, "detail", fault->text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

enum zv_code zv_api_need_check(struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_register *reg = zv_register_find("need");
	struct zv_need_check *check = ZV_ARENA_NEW(call->arena, struct zv_need_check);
	struct said said;
	zv_date said_on;
	enum zv_code code = read_body(&said, call, reg, false, err);

	if (code == ZV_OK)
		code = zv_as_of(&said_on, call->db, ZV_DATE_NONE, err);
	if (code == ZV_OK)
		code = zv_need_check(check, call->db, call->who, said.fields, said.n, said_on, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	add_echo(call, check);
	zv_json_key_bool(&call->json, "density_needed", check->density_needed);
	zv_api_hints(call, check->hints, check->n_hints);
	add_faults(call, check);
	add_same(call, check);
	zv_json_end_object(&call->json);
	return ZV_OK;
}
