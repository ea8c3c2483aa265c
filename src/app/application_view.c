/* An application as people see it: every line of the checklist, every criterion, and what each may do now. */
#include "app/application_inner.h"
#include "base/tr.h"
#include "format/csv_write.h"

#include <stdio.h>

enum { SCAN = 100 };

/* --- finding --------------------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_application_head(struct zv_application_row *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
				 struct zv_err *err)
{
	struct zv_application_row row;
	enum zv_code code = zv_application_by_uid(&row, db, uid, arena, err);

	if (code == ZV_OK && !zv_may(who, ZV_DO_APPLICATION_READ, zv_application_object(&row)))
		return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no application “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	if (code == ZV_OK)
		*out = row;
	return code;
}

/* Those that one may not see take no place. */
enum zv_code zv_application_list(struct zv_application_row **out, size_t *n, struct zv_db *db, const struct zv_who *who,
				 const struct zv_application_query *query, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_application_row *list = ZV_ARENA_ARRAY(arena, struct zv_application_row, (size_t)query->limit + 1), *rows;
	struct zv_application_query scan = *query;
	size_t have = 0, got = SCAN;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_APPLICATION_READ, err);

	scan.limit = SCAN;
	while (code == ZV_OK && got == SCAN && have < (size_t)query->limit) {
		code = zv_application_page(&rows, &got, db, &scan, arena, err);
		for (size_t i = 0; code == ZV_OK && i < got && have < (size_t)query->limit; i++) {
			scan.before = rows[i].id;
			if (zv_may(who, ZV_DO_APPLICATION_READ, zv_application_object(&rows[i])))
				list[have++] = rows[i];
		}
	}
	if (code != ZV_OK)
		return code;
	*out = list;
	*n = have;
	return ZV_OK;
}

enum zv_code zv_application_copy(struct zv_str *out, struct zv_application_row *row, struct zv_db *db, const struct zv_who *who, struct zv_str uid,
				 struct zv_arena *arena, struct zv_err *err)
{
	char digest[ZV_DIGEST_HEX];
	enum zv_code code = zv_application_head(row, db, who, uid, arena, err);

	if (code != ZV_OK)
		return code;
	if (row->submitted_on == ZV_DATE_NONE)
		return zv_fail(err, ZV_E_CONFLICT, "state", N_("The application was not submitted, so there is no frozen copy."));
	zv_digest_hex(digest, row->frozen);
	if (!zv_str_eq_c(row->frozen_digest, digest))
		return zv_fail(err, ZV_E_IO, "", N_("The frozen copy is not what was submitted: somebody has changed the database past the program. "
						    "“zveno audit verify” looks further."));
	*out = row->frozen;
	return ZV_OK;
}

/* --- making ---------------------------------------------------------------------------------------------------------------------------------- */

static void set_may(struct zv_application *view, const struct zv_application_case *c)
{
	static const struct {
		enum zv_application_op op;
		size_t at;
	} acts[] = {
		{ZV_APPLICATION_EDIT, offsetof(struct zv_application_may, edit)},
		{ZV_APPLICATION_CHECK, offsetof(struct zv_application_may, precheck)},
		{ZV_APPLICATION_SUBMIT, offsetof(struct zv_application_may, submit)},
		{ZV_APPLICATION_ANSWER, offsetof(struct zv_application_may, answer)},
		{ZV_APPLICATION_CORRECT, offsetof(struct zv_application_may, correct)},
		{ZV_APPLICATION_WITHDRAW, offsetof(struct zv_application_may, withdraw)},
		{ZV_APPLICATION_RETURN, offsetof(struct zv_application_may, review)},
		{ZV_APPLICATION_REFUSE, offsetof(struct zv_application_may, decide)},
	};

	for (size_t i = 0; i < ZV_LEN(acts); i++)
		*(bool *)((char *)&view->may + acts[i].at) = zv_application_can(c->row.state, acts[i].op) &&
							     zv_may(c->who, zv_application_action(acts[i].op), zv_application_object(&c->row));
}

static void set_lines(struct zv_application *view, const struct zv_application_case *c)
{
	struct zv_application_line *lines = ZV_ARENA_ARRAY(c->arena, struct zv_application_line, (size_t)c->n_documents + 1);

	for (int i = 0; i < c->n_documents; i++) {
		const struct zv_rules_document *document = &c->documents[i];
		const struct zv_application_file *file = zv_application_file_of(c, document->id);
		struct zv_application_line *line = &lines[i];

		*line = (struct zv_application_line){
			.document = document,
			.title = zv_application_words(document->title),
			.file = file,
			.missing = file == NULL ? document->required : document->signature && file->signature_digest.n == 0,
			.editable = view->may.edit && zv_application_editable(c, zv_application_part_of(document)),
		};
		for (size_t k = 0; k < c->n_files; k++)
			line->earlier += c->files[k].replaced_ms != 0 && zv_str_eq(c->files[k].document, document->id);
	}
	view->lines = lines;
	view->n_lines = (size_t)c->n_documents;
}

static struct zv_str copy_words(const struct zv_json_value *result, const char *side)
{
	const struct zv_json_value *both = result != NULL ? zv_json_get(result, side) : NULL;
	struct zv_rules_words words = {zv_application_copy_text(both, "ru"), zv_application_copy_text(both, "en")};

	return zv_application_words(words);
}

/* What the copy says of it, and what is open. */
static void set_criterion(struct zv_application_criterion *out, const struct zv_application *view, const struct zv_application_case *c, struct zv_str id)
{
	const struct zv_json_value *part = zv_application_copy_part(c, id);
	const struct zv_json_value *result = part != NULL ? zv_json_get(part, "result") : NULL;
	const struct zv_json_value *earlier = part != NULL ? zv_json_get(part, "earlier") : NULL;

	out->id = id;
	out->on = ZV_DATE_NONE;
	out->checked = zv_application_copy_truth(&out->truth, part);
	if (out->checked) {
		out->left = copy_words(result, "left");
		out->op = zv_application_copy_text(result, "op");
		out->right = copy_words(result, "right");
		out->working = copy_words(result, "working");
	}
	if (!zv_date_parse(&out->on, zv_application_copy_text(part, "on")))
		out->on = ZV_DATE_NONE;
	out->corrections = earlier != NULL ? (int)earlier->n : 0;
	out->asked = zv_application_is_open(c, ZV_STEP_QUESTION, id);
	out->open = zv_application_is_open(c, ZV_STEP_RETURN, id);
	out->editable = view->may.answer && (c->row.state == ZV_APPLICATION_CORRECTIONS ? out->open : out->asked);
}

static void set_criteria(struct zv_application *view, const struct zv_application_case *c)
{
	struct zv_application_criterion *criteria = ZV_ARENA_ARRAY(c->arena, struct zv_application_criterion, (size_t)c->n_rules + 1);
	bool whole = false;

	for (int i = 0; i < c->n_rules; i++) {
		set_criterion(&criteria[i], view, c, c->rules[i].id);
		criteria[i].number = i + 1;
		criteria[i].title = zv_application_words(c->rules[i].title);
		criteria[i].severity = c->rules[i].severity;
		criteria[i].blocking = zv_application_blocks(&c->rules[i]);
		if (!criteria[i].checked)
			continue;
		view->total++;
		view->passed += criteria[i].truth == ZV_YES;
		view->failed += criteria[i].truth == ZV_NO;
		view->unknown += criteria[i].truth == ZV_UNKNOWN;
	}
	view->n_criteria = (size_t)c->n_rules;
	for (int i = 0; i < c->n_documents; i++)
		whole = whole || c->documents[i].criterion.n == 0;
	if (whole) {
		struct zv_application_criterion *last = &criteria[view->n_criteria++];

		set_criterion(last, view, c, ZV_STR(ZV_APPLICATION_WHOLE));
		last->title = zv_str_c(zv_tr(N_("General documents")));
		last->severity = ZV_RULES_INFO;
	}
	view->criteria = criteria;
}

static void set_steps(struct zv_application *view, const struct zv_application_case *c)
{
	struct zv_str *titles = ZV_ARENA_ARRAY(c->arena, struct zv_str, c->n_steps + 1);

	for (size_t i = 0; i < c->n_steps; i++)
		titles[i] = c->steps[i].criterion.n > 0 ? zv_application_criterion_title(c, c->steps[i].criterion) : ZV_STR("");
	view->steps = c->steps;
	view->step_titles = titles;
	view->n_steps = c->n_steps;
}

enum zv_code zv_application_get(struct zv_application *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
				struct zv_err *err)
{
	struct zv_application view = {.checked_on = ZV_DATE_NONE};
	struct zv_application_missing *missing;
	struct zv_application_case c;
	enum zv_code code = zv_application_load(&c, db, who, uid, arena, err);

	if (code != ZV_OK)
		return code;
	view.row = c.row;
	view.pack_title = zv_application_words(zv_rules_head(c.pack.rules)->title);
	if (!zv_date_parse(&view.checked_on, zv_application_copy_text(&c.copy, "on")))
		view.checked_on = ZV_DATE_NONE;
	set_may(&view, &c);
	set_lines(&view, &c);
	set_criteria(&view, &c);
	set_steps(&view, &c);
	zv_application_missing(&missing, &view.n_missing, &c, c.row.state == ZV_APPLICATION_CORRECTIONS ? zv_application_returned : NULL);
	view.missing = missing;
	*out = view;
	return ZV_OK;
}

/* --- the checklist as a table ---------------------------------------------------------------------------------------------------------------- */

static void csv_int(struct zv_csv_writer *csv, int64_t value)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	zv_csv_number(csv, zv_str_c(text));
}

static void csv_line(struct zv_csv_writer *csv, const struct zv_application_line *line)
{
	const struct zv_application_file *file = line->file;

	zv_csv_text(csv, line->document->id);
	zv_csv_text(csv, line->title);
	zv_csv_text(csv, zv_str_c(line->document->required ? "yes" : "no"));
	zv_csv_text(csv, zv_str_c(line->document->signature ? "yes" : "no"));
	zv_csv_text(csv, line->document->criterion);
	zv_csv_text(csv, file != NULL ? file->name : ZV_STR(""));
	if (file != NULL)
		csv_int(csv, file->size);
	else
		zv_csv_text(csv, ZV_STR(""));
	zv_csv_text(csv, file != NULL ? file->digest : ZV_STR(""));
	zv_csv_text(csv, file != NULL ? file->signature_name : ZV_STR(""));
	zv_csv_text(csv, file != NULL ? file->signature_digest : ZV_STR(""));
	zv_csv_text(csv, zv_str_c(line->missing ? "yes" : "no"));
	zv_csv_end_row(csv);
}

void zv_application_checklist_csv(struct zv_buf *out, const struct zv_application *application)
{
	static const char *const heads[] = {"document", "title", "required", "signature", "criterion", "file", "size", "digest", "signature_file",
					    "signature_digest", "missing"};
	struct zv_csv_writer csv;
	struct zv_out text;

	zv_out_init(&text, NULL, 0);
	zv_csv_init(&csv, &text, ',', true);
	for (size_t i = 0; i < ZV_LEN(heads); i++)
		zv_csv_text(&csv, zv_str_c(heads[i]));
	zv_csv_end_row(&csv);
	for (size_t i = 0; i < application->n_lines; i++)
		csv_line(&csv, &application->lines[i]);
	zv_buf_add_str(out, zv_out_text(&text));
	zv_out_done(&text);
}
