/* The frozen copy: JSON whose keys stand in one order, so that the same content has the same bytes; and what it lacks. */
#include "app/application_inner.h"

#include <unistd.h>

#include "base/hash.h"
#include "base/tr.h"
#include "format/json_write.h"

enum { FORMAT = 1 };

static const char *const truths[] = {"fail", "unknown", "pass"};

/* --- whether the bytes are there ------------------------------------------------------------------------------------------------------ */

static bool bytes_are_there(struct zv_files *files, struct zv_str digest)
{
	struct zv_err ignored;
	int fd = -1;

	if (zv_files_get(&fd, files, digest, &ignored) != ZV_OK)
		return false;
	(void)close(fd);
	return true;
}

bool zv_application_kept(struct zv_files *files, const struct zv_application_file *file)
{
	if (files == NULL)
		return true;
	return bytes_are_there(files, file->digest) && (file->signature_digest.n == 0 || bytes_are_there(files, file->signature_digest));
}

/* --- writing -------------------------------------------------------------------------------------------------------------------------- */

struct freezing {
	struct zv_application_case *c;
	struct zv_files *files;
	const struct zv_application_evaluation *evaluation;
	struct zv_json json;
};

static void key_date(struct zv_json *json, const char *key, zv_date date)
{
	char text[ZV_DATE_TEXT];

	zv_date_format(text, date);
	zv_json_key_c(json, key, date != ZV_DATE_NONE ? text : NULL);
}

static void key_both(struct zv_json *json, const char *key, struct zv_str ru, struct zv_str en)
{
	zv_json_key(json, key);
	zv_json_object(json);
	zv_json_key_str(json, "en", en);
	zv_json_key_str(json, "ru", ru);
	zv_json_end_object(json);
}

/* A value as it was read: the writer spells texts in one way, and numbers are kept as written. */
static void put_value(struct zv_json *json, const struct zv_json_value *value, struct zv_arena *arena)
{
	switch (value->kind) {
	case ZV_JSON_NULL:
		zv_json_null(json);
		break;
	case ZV_JSON_BOOL:
		zv_json_bool(json, zv_str_eq_c(value->text, "true"));
		break;
	case ZV_JSON_NUMBER:
		zv_json_raw(json, value->text);
		break;
	case ZV_JSON_STRING:
		zv_json_str(json, value->text);
		break;
	case ZV_JSON_ARRAY:
		zv_json_array(json);
		for (size_t i = 0; i < value->n; i++)
			put_value(json, &value->items[i], arena);
		zv_json_end_array(json);
		break;
	case ZV_JSON_OBJECT:
		zv_json_object(json);
		for (size_t i = 0; i < value->n; i++) {
			zv_json_key(json, zv_str_dup(arena, value->names[i]).p);
			put_value(json, &value->items[i], arena);
		}
		zv_json_end_object(json);
		break;
	}
}

static void put_document(struct freezing *f, const struct zv_application_file *file)
{
	struct zv_json *json = &f->json;

	zv_json_object(json);
	zv_json_key_str(json, "digest", file->digest);
	zv_json_key_str(json, "document", file->document);
	zv_json_key_bool(json, "kept", zv_application_kept(f->files, file));
	zv_json_key_str(json, "name", file->name);
	zv_json_key(json, "signature");
	if (file->signature_digest.n == 0) {
		zv_json_null(json);
	} else {
		zv_json_object(json);
		zv_json_key_str(json, "digest", file->signature_digest);
		zv_json_key_str(json, "name", file->signature_name);
		zv_json_key_int(json, "size", file->signature_size);
		zv_json_end_object(json);
	}
	zv_json_key_int(json, "size", file->size);
	zv_json_end_object(json);
}

static void put_result(struct freezing *f, int rule)
{
	const struct zv_application_result *result = &f->evaluation->results[rule];
	struct zv_json *json = &f->json;

	if (!zv_application_counts(&f->c->rules[rule])) {
		zv_json_null(json);
		return;
	}
	zv_json_object(json);
	zv_json_key_bool(json, "blocking", zv_application_blocks(&f->c->rules[rule]));
	key_both(json, "left", result->left.ru, result->left.en);
	zv_json_key_str(json, "op", result->op);
	key_both(json, "right", result->right.ru, result->right.en);
	zv_json_key_c(json, "truth", truths[result->truth]);
	key_both(json, "working", result->working.ru, result->working.en);
	zv_json_end_object(json);
}

/* What was said about the criterion until now. */
static void put_remarks(struct freezing *f, struct zv_str part)
{
	struct zv_json *json = &f->json;

	zv_json_array(json);
	for (size_t i = 0; i < f->c->n_steps; i++) {
		const struct zv_application_step *step = &f->c->steps[i];

		if (step->kind == ZV_STEP_STATE || !zv_str_eq(step->criterion, part))
			continue;
		zv_json_object(json);
		zv_json_key_c(json, "kind", zv_application_step_name(step->kind));
		zv_json_key_str(json, "text", step->body);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

/* What the part was, without what it was before that. */
static void put_earlier_one(struct freezing *f, const struct zv_json_value *old)
{
	struct zv_json *json = &f->json;

	zv_json_object(json);
	for (size_t i = 0; i < old->n; i++) {
		if (zv_str_eq_c(old->names[i], "earlier"))
			continue;
		zv_json_key(json, zv_str_dup(f->c->arena, old->names[i]).p);
		put_value(json, &old->items[i], f->c->arena);
	}
	zv_json_end_object(json);
}

static void put_earlier(struct freezing *f, const struct zv_json_value *old)
{
	const struct zv_json_value *before = old != NULL ? zv_json_get(old, "earlier") : NULL;

	zv_json_array(&f->json);
	for (size_t i = 0; before != NULL && i < before->n; i++)
		put_value(&f->json, &before->items[i], f->c->arena);
	if (old != NULL)
		put_earlier_one(f, old);
	zv_json_end_array(&f->json);
}

/* rule -1: the documents of the whole. `old`: the part that is renewed, which then has facts of its own; NULL: a first copy. */
static void put_part(struct freezing *f, int rule, const struct zv_json_value *old)
{
	const struct zv_application_case *c = f->c;
	struct zv_str part = rule >= 0 ? c->rules[rule].id : ZV_STR(ZV_APPLICATION_WHOLE);
	struct zv_json *json = &f->json;

	zv_json_object(json);
	zv_json_key_str(json, "criterion", part);
	zv_json_key(json, "documents");
	zv_json_array(json);
	for (int i = 0; i < c->n_documents; i++) {
		const struct zv_application_file *file = zv_application_file_of(c, c->documents[i].id);

		if (file != NULL && zv_str_eq(zv_application_part_of(&c->documents[i]), part))
			put_document(f, file);
	}
	zv_json_end_array(json);
	zv_json_key(json, "earlier");
	put_earlier(f, old);
	zv_json_key(json, "facts");
	if (old != NULL)
		zv_json_str(json, f->evaluation->facts);
	else
		zv_json_null(json);
	zv_json_key_str(json, "facts_digest", f->evaluation->facts_digest);
	key_date(json, "on", f->evaluation->on);
	zv_json_key(json, "remarks");
	put_remarks(f, part);
	zv_json_key(json, "result");
	if (rule >= 0)
		put_result(f, rule);
	else
		zv_json_null(json);
	if (rule >= 0)
		key_both(json, "title", c->rules[rule].title.ru, c->rules[rule].title.en);
	else
		key_both(json, "title", ZV_STR("Общие документы"), ZV_STR("General documents"));
	zv_json_end_object(json);
}

static void put_members(struct freezing *f)
{
	struct zv_json *json = &f->json;

	zv_json_array(json);
	for (size_t i = 0; i < f->evaluation->n_members; i++) {
		const struct zv_application_member *member = &f->evaluation->members[i];

		zv_json_object(json);
		zv_json_key_str(json, "inn", member->inn);
		key_date(json, "joined", member->joined);
		zv_json_key_str(json, "key", member->key);
		zv_json_key_str(json, "name", member->name);
		zv_json_key_str(json, "role", member->role);
		zv_json_end_object(json);
	}
	zv_json_end_array(json);
}

static void put_heads(struct freezing *f)
{
	const struct zv_application_row *row = &f->c->row;
	struct zv_json *json = &f->json;

	zv_json_key(json, "applicant");
	if (row->org_id == 0) {
		zv_json_null(json);
	} else {
		zv_json_object(json);
		zv_json_key_str(json, "inn", row->org_inn);
		zv_json_key_str(json, "name", row->org_name);
		zv_json_key_str(json, "uid", row->org_uid);
		zv_json_end_object(json);
	}
	zv_json_key_str(json, "application", row->uid);
	zv_json_key(json, "cluster");
	zv_json_object(json);
	zv_json_key_str(json, "name", row->cluster_name);
	zv_json_key_str(json, "uid", row->cluster_uid);
	zv_json_end_object(json);
}

static void put_all(struct freezing *f)
{
	const struct zv_application_row *row = &f->c->row;
	struct zv_json *json = &f->json;

	zv_json_object(json);
	put_heads(f);
	zv_json_key_str(json, "facts", f->evaluation->facts);
	zv_json_key_str(json, "facts_digest", f->evaluation->facts_digest);
	zv_json_key_int(json, "format", FORMAT);
	zv_json_key(json, "members");
	put_members(f);
	key_date(json, "on", f->evaluation->on);
	zv_json_key(json, "pack");
	zv_json_object(json);
	zv_json_key_str(json, "digest", row->pack_digest);
	zv_json_key_str(json, "name", row->pack_name);
	zv_json_key_str(json, "uid", row->pack_uid);
	zv_json_end_object(json);
	zv_json_key(json, "parts");
	zv_json_array(json);
	for (int i = 0; i < f->c->n_rules; i++)
		put_part(f, i, NULL);
	put_part(f, -1, NULL);
	zv_json_end_array(json);
	zv_json_end_object(json);
}

/* The copy as it is, but for the parts that are renewed. */
static void put_renewed(struct freezing *f, zv_application_part_test *renew)
{
	const struct zv_json_value *copy = &f->c->copy;
	struct zv_json *json = &f->json;

	zv_json_object(json);
	for (size_t i = 0; i < copy->n; i++) {
		const struct zv_json_value *parts = &copy->items[i];

		zv_json_key(json, zv_str_dup(f->c->arena, copy->names[i]).p);
		if (!zv_str_eq_c(copy->names[i], "parts")) {
			put_value(json, parts, f->c->arena);
			continue;
		}
		zv_json_array(json);
		for (size_t k = 0; k < parts->n; k++) {
			struct zv_str part = zv_application_copy_text(&parts->items[k], "criterion");

			if (renew(f->c, part))
				put_part(f, zv_rules_find(f->c->pack.rules, part), &parts->items[k]);
			else
				put_value(json, &parts->items[k], f->c->arena);
		}
		zv_json_end_array(json);
	}
	zv_json_end_object(json);
}

enum zv_code zv_application_freeze(struct zv_application_case *c, struct zv_files *files, const struct zv_application_evaluation *evaluation,
				   zv_application_part_test *renew, struct zv_err *err)
{
	struct freezing f = {.c = c, .files = files, .evaluation = evaluation};
	char digest[ZV_DIGEST_HEX];
	struct zv_out out;

	zv_out_init(&out, NULL, 0);
	zv_json_init(&f.json, &out);
	if (renew == NULL)
		put_all(&f);
	else
		put_renewed(&f, renew);
	c->row.frozen = zv_str_dup(c->arena, zv_out_text(&out));
	zv_out_done(&out);
	zv_digest_hex(digest, c->row.frozen);
	c->row.frozen_digest = zv_str_dup(c->arena, zv_str_c(digest));
	return zv_json_parse(&c->copy, c->row.frozen, c->arena, err);
}

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_application_copy_text(const struct zv_json_value *object, const char *name)
{
	const struct zv_json_value *member = object != NULL ? zv_json_get(object, name) : NULL;

	return member != NULL && member->kind == ZV_JSON_STRING ? member->text : ZV_STR("");
}

const struct zv_json_value *zv_application_copy_part(const struct zv_application_case *c, struct zv_str criterion)
{
	const struct zv_json_value *parts = zv_json_get(&c->copy, "parts");

	for (size_t i = 0; parts != NULL && i < parts->n; i++)
		if (zv_str_eq(zv_application_copy_text(&parts->items[i], "criterion"), criterion))
			return &parts->items[i];
	return NULL;
}

bool zv_application_copy_truth(enum zv_truth *out, const struct zv_json_value *part)
{
	struct zv_str truth = zv_application_copy_text(part != NULL ? zv_json_get(part, "result") : NULL, "truth");

	for (size_t i = 0; i < ZV_LEN(truths); i++) {
		if (!zv_str_eq_c(truth, truths[i]))
			continue;
		*out = (enum zv_truth)i;
		return true;
	}
	return false;
}

bool zv_application_copy_kept(const struct zv_application_case *c, const struct zv_rules_document *document, const struct zv_application_file *file)
{
	const struct zv_json_value *part = zv_application_copy_part(c, zv_application_part_of(document));
	const struct zv_json_value *list = part != NULL ? zv_json_get(part, "documents") : NULL;

	for (size_t i = 0; list != NULL && i < list->n; i++) {
		const struct zv_json_value *kept = zv_json_get(&list->items[i], "kept");

		if (zv_str_eq(zv_application_copy_text(&list->items[i], "document"), document->id) &&
		    zv_str_eq(zv_application_copy_text(&list->items[i], "digest"), file->digest))
			return kept == NULL || zv_str_eq_c(kept->text, "true");
	}
	return true;
}
