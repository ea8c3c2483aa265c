/* Scenarios: kept, listed, asked side by side. */
#include "app/chain_scenario.h"

#include "app/audit_view.h"
#include "app/whole.h"
#include "base/utf8.h"
#include "store/scenario.h"

enum { SHOWN = 60 };

static bool is_local(const struct zv_who *who)
{
	return zv_who_role(who) == ZV_ROLE_LOCAL;
}

static bool is_own(const struct zv_who *who, const struct zv_scenario_row *row)
{
	return is_local(who) || (row->account_id > 0 && row->account_id == who->account_id);
}

static struct zv_str number(int64_t value, int64_t usual, struct zv_arena *arena)
{
	return value == usual ? ZV_STR("") : zv_arena_strf(arena, "%" PRId64, value);
}

static struct zv_scenario from_row(const struct zv_scenario_row *row, const struct zv_who *who, struct zv_arena *arena)
{
	return (struct zv_scenario){
		.id = row->id,
		.uid = row->uid,
		.title = row->title,
		.made_by = row->made_by,
		.made_ms = row->made_ms,
		.own = is_own(who, row),
		.words = {row->causes, row->sources, number(row->days, -1, arena), number(row->from_day, 0, arena), number(row->to_day, -1, arena), row->rate},
	};
}

static enum zv_code not_there(struct zv_str uid, struct zv_err *err)
{
	return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no scenario “%.*s”, or it is somebody else's."), ZV_STR_FMT(zv_str_first(uid, SHOWN)));
}

static enum zv_code find(struct zv_scenario_row *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	bool found = false;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SCENARIO, err);

	if (code == ZV_OK)
		code = zv_scenario_by_uid(&found, out, db, uid, arena, err);
	if (code != ZV_OK)
		return code;
	if (!found || (!is_own(who, out) && !zv_who_is_of_org(who, out->org_id)))
		return not_there(uid, err);
	return ZV_OK;
}

/* --- one ------------------------------------------------------------------------------------------------------------------------------------ */

static enum zv_code check_title(struct zv_str *title, struct zv_err *err)
{
	*title = zv_str_trim(*title);
	if (title->n == 0)
		return zv_fail(err, ZV_E_INVALID, "title", N_("Give the scenario a title."));
	if (zv_utf8_count(*title) > ZV_SCENARIO_TITLE_MAX)
		return zv_fail(err, ZV_E_INVALID, "title", N_("Shorten the title to %d characters."), ZV_SCENARIO_TITLE_MAX);
	return ZV_OK;
}

static enum zv_code check_room(struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_row *rows;
	size_t n = 0, own = 0;
	enum zv_code code = zv_scenario_all(&rows, &n, db, is_local(who) ? -1 : who->account_id, 0, arena, err);

	for (size_t i = 0; code == ZV_OK && i < n; i++)
		own += is_local(who) ? rows[i].account_id == 0 : rows[i].account_id == who->account_id;
	if (code == ZV_OK && own >= ZV_SCENARIOS_MAX)
		return zv_fail(err, ZV_E_LIMIT, "scenarios", N_("There are %d scenarios of yours already: take some away first."), ZV_SCENARIOS_MAX);
	return code;
}

enum zv_code zv_scenario_save(struct zv_scenario *out, struct zv_db *db, const struct zv_who *who, struct zv_str title, const struct zv_chain_words *words,
			      struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_row row = {.account_id = who->account_id, .org_id = is_local(who) ? 0 : zv_who_org(who), .made_by = who->actor};
	struct zv_chain_asked *asked = ZV_ARENA_ARRAY(arena, struct zv_chain_asked, 1);
	struct zv_whole whole;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SCENARIO, err);

	if (code == ZV_OK && (words->cause.n > ZV_SCENARIO_WORDS_MAX || words->with.n > ZV_SCENARIO_WORDS_MAX))
		code = zv_fail(err, ZV_E_LIMIT, words->cause.n > ZV_SCENARIO_WORDS_MAX ? "cause" : "with", N_("The question is too long to be saved."));
	if (code == ZV_OK)
		code = zv_chain_question_read(&asked->question, words, err);
	if (code == ZV_OK)
		code = zv_chain_ask(asked, db, who, arena, err);
	if (code == ZV_OK && zv_str_trim(title).n == 0)
		title = zv_str_dup(arena, zv_utf8_first(asked->cause.name, ZV_SCENARIO_TITLE_MAX));
	if (code == ZV_OK)
		code = check_title(&title, err);
	if (code == ZV_OK)
		code = check_room(db, who, arena, err);
	if (code != ZV_OK)
		return code;
	row.title = title;
	row.causes = words->cause;
	row.sources = words->with;
	row.rate = words->rate;
	row.days = (int64_t)asked->question.when.days;
	row.from_day = (int64_t)asked->question.when.from;
	row.to_day = asked->question.when.to > ZV_CHAIN_DAYS_MAX ? -1 : (int64_t)asked->question.when.to;
	code = zv_whole_begin(&whole, db, err);
	if (code != ZV_OK)
		return code;
	code = zv_scenario_insert(db, &row, arena, err);
	if (code == ZV_OK)
		code = zv_audit_tell(db, who, "scenario.save", row.uid, ZV_STR(""), err);
	code = zv_whole_end(&whole, db, code, err);
	if (code == ZV_OK)
		*out = from_row(&row, who, arena);
	return code;
}

static enum zv_code find_own(struct zv_scenario_row *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = find(out, db, who, uid, arena, err);

	if (code == ZV_OK && !is_own(who, out))
		return zv_fail(err, ZV_E_DENIED, "uid", N_("Only who saved a scenario may rename it or take it away. Save one of your own."));
	return code;
}

/* title NULL: it is taken away. */
static enum zv_code change(struct zv_db *db, const struct zv_who *who, struct zv_str uid, const struct zv_str *title, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_row row;
	struct zv_whole whole;
	enum zv_code code = find_own(&row, db, who, uid, arena, err);

	if (code == ZV_OK)
		code = zv_whole_begin(&whole, db, err);
	if (code != ZV_OK)
		return code;
	code = title != NULL ? zv_scenario_retitle(db, row.id, *title, err) : zv_scenario_delete(db, row.id, err);
	if (code == ZV_OK)
		code = zv_audit_tell(db, who, title != NULL ? "scenario.rename" : "scenario.drop", row.uid, ZV_STR(""), err);
	return zv_whole_end(&whole, db, code, err);
}

enum zv_code zv_scenario_rename(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_str title, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = check_title(&title, err);

	return code == ZV_OK ? change(db, who, uid, &title, arena, err) : code;
}

enum zv_code zv_scenario_drop(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	return change(db, who, uid, NULL, arena, err);
}

enum zv_code zv_scenario_get(struct zv_scenario *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_row row;
	enum zv_code code = find(&row, db, who, uid, arena, err);

	if (code == ZV_OK)
		*out = from_row(&row, who, arena);
	return code;
}

enum zv_code zv_scenario_list(struct zv_scenario **out, size_t *n, struct zv_db *db, const struct zv_who *who, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_row *rows;
	enum zv_code code = zv_rights_need_some(who, ZV_DO_SCENARIO, err);

	if (code == ZV_OK)
		code = zv_scenario_all(&rows, n, db, is_local(who) ? -1 : who->account_id, zv_who_org(who), arena, err);
	if (code != ZV_OK)
		return code;
	*out = ZV_ARENA_ARRAY(arena, struct zv_scenario, *n + 1);
	for (size_t i = 0; i < *n; i++)
		(*out)[i] = from_row(&rows[i], who, arena);
	return ZV_OK;
}

/* --- several -------------------------------------------------------------------------------------------------------------------------------- */

static struct zv_scenario_line *line_of(struct zv_scenario_comparison *c, const struct zv_chain_world *world, uint32_t firm, struct zv_arena *arena)
{
	const struct zv_chain_firm *f = &world->firms[firm];

	for (size_t i = 0; i < c->n_lines; i++)
		if (c->lines[i].org_id == f->org_id && zv_str_eq(c->lines[i].process, f->process))
			return &c->lines[i];
	c->lines[c->n_lines] = (struct zv_scenario_line){
		.org_id = f->org_id,
		.name = zv_chain_firm_name(world, firm, arena),
		.org = f->org,
		.process = f->process,
		.hits = ZV_ARENA_ARRAY(arena, const struct zv_chain_hit *, c->n),
	};
	return &c->lines[c->n_lines++];
}

static struct zv_scenario_org *org_of(struct zv_scenario_comparison *c, const struct zv_scenario_line *line, struct zv_arena *arena)
{
	for (size_t i = 0; i < c->n_orgs; i++)
		if (c->orgs[i].org_id == line->org_id)
			return &c->orgs[i];
	c->orgs[c->n_orgs] = (struct zv_scenario_org){.org_id = line->org_id, .name = line->org, .lost_kop = ZV_ARENA_ARRAY(arena, int64_t, c->n)};
	return &c->orgs[c->n_orgs++];
}

static void put_beside(struct zv_scenario_comparison *c, struct zv_arena *arena)
{
	size_t hits = 1;

	for (size_t i = 0; i < c->n; i++)
		hits += c->asked[i].answer.n_hits;
	c->lines = ZV_ARENA_ARRAY(arena, struct zv_scenario_line, hits);
	c->orgs = ZV_ARENA_ARRAY(arena, struct zv_scenario_org, hits);
	for (size_t i = 0; i < c->n; i++)
		for (uint32_t k = 0; k < c->asked[i].answer.n_hits; k++)
			line_of(c, &c->asked[i].world, c->asked[i].answer.hits[k].firm, arena)->hits[i] = &c->asked[i].answer.hits[k];
	for (size_t l = 0; l < c->n_lines; l++)
		for (size_t i = 0; i < c->n; i++)
			org_of(c, &c->lines[l], arena)->lost_kop[i] += c->lines[l].hits[i] != NULL ? c->lines[l].hits[i]->lost_kop : 0;
}

enum zv_code zv_scenario_compare(struct zv_scenario_comparison *out, struct zv_db *db, const struct zv_who *who, const struct zv_str *uids, size_t n,
				 struct zv_arena *arena, struct zv_err *err)
{
	struct zv_scenario_comparison c = {.n = n};
	enum zv_code code = ZV_OK;

	if (n < 2 || n > ZV_SCENARIOS_COMPARED_MAX)
		return zv_fail(err, ZV_E_INVALID, "uids", N_("Compare from 2 to %d scenarios."), ZV_SCENARIOS_COMPARED_MAX);
	c.scenarios = ZV_ARENA_ARRAY(arena, struct zv_scenario, n);
	c.asked = ZV_ARENA_ARRAY(arena, struct zv_chain_asked, n);
	for (size_t i = 0; i < n && code == ZV_OK; i++) {
		struct zv_err why = {0};

		code = zv_scenario_get(&c.scenarios[i], db, who, uids[i], arena, err);
		if (code != ZV_OK)
			return code;
		code = zv_chain_question_read(&c.asked[i].question, &c.scenarios[i].words, &why);
		if (code == ZV_OK)
			code = zv_chain_ask(&c.asked[i], db, who, arena, &why);
		if (code != ZV_OK)
			return zv_fail(err, code, "uids", N_("The scenario “%.*s” cannot be answered: %s"), ZV_STR_FMT(c.scenarios[i].title), why.text);
	}
	put_beside(&c, arena);
	*out = c;
	return ZV_OK;
}
