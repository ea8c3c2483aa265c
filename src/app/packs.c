/* Packs of rules: found, and loaded with a second person where one is needed. */
#include "app/packs.h"

#include <stdlib.h>
#include <string.h>

#include "app/approvals.h"
#include "app/facts.h"
#include "app/lots_run.h"
#include "app/measure_rerun.h"
#include "app/note.h"
#include "app/whole.h"
#include "base/buf.h"
#include "base/embed.h"
#include "base/hash.h"
#include "base/tr.h"
#include "store/rule_pack.h"

enum { NAME_MAX_SHOWN = 60, LISTED_MAX = 20 };

static const char own_actor[] = "zveno";

const char *zv_pack_state_name(int state)
{
	static const char *const names[] = {"", "asked", "in_force", "withdrawn"};

	return names[state];
}

/* --- finding ---------------------------------------------------------------------------------------------------------------------- */

static enum zv_code from_row(struct zv_pack *out, const struct zv_rule_pack_row *row, bool parsed, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rules_fault *faults;
	size_t n_faults = 0;

	*out = (struct zv_pack){
		.id = row->id,
		.uid = row->uid,
		.name = row->name,
		.series = row->series,
		.digest = row->digest,
		.loaded_by = row->loaded_by,
		.centre_id = row->centre_id,
		.org_id = row->org_id,
		.state = row->state,
		.loaded_ms = row->loaded_ms,
		.ended_ms = row->ended_ms,
		.text = row->body,
	};
	if (!parsed)
		return ZV_OK;
	faults = ZV_ARENA_ARRAY(arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	return zv_rules_parse(&out->rules, faults, &n_faults, row->body, zv_facts_vocabulary(), arena, err);
}

static enum zv_code not_there(struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row *rows = NULL;
	struct zv_buf list;
	size_t n = 0;
	enum zv_code code = zv_rule_pack_all(&rows, &n, db, -1, on, arena, err);

	if (code != ZV_OK)
		return code;
	zv_buf_init(&list, 0);
	for (size_t i = 0; i < n && i < LISTED_MAX; i++)
		if (rows[i].org_id == 0)
			zv_buf_addf(&list, "%s%.*s", list.n > 0 ? ", " : "", ZV_STR_FMT(rows[i].name));
	code = zv_fail(err, ZV_E_NOTFOUND, "pack", N_("There is no pack of rules “%.*s” for this day. There are: %s."),
		       ZV_STR_FMT(zv_str_first(name, NAME_MAX_SHOWN)), list.n > 0 ? zv_buf_c(&list) : "—");
	zv_buf_done(&list);
	return code;
}

enum zv_code zv_pack_get(struct zv_pack *out, struct zv_db *db, struct zv_str name, zv_date on, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row row, *editions = NULL;
	size_t n = 0;
	bool found = false;
	enum zv_code code = zv_rule_pack_by_uid(&found, &row, db, name, arena, err);

	if (code == ZV_OK && !found)
		code = zv_rule_pack_by_name(&found, &row, db, name, arena, err);
	if (code == ZV_OK && !found) {
		code = zv_rule_pack_of_series(&editions, &n, db, name, on, arena, err);
		if (code == ZV_OK && n > 0)
			row = editions[0];
		found = n > 0;
	}
	if (code != ZV_OK)
		return code;
	return found ? from_row(out, &row, true, arena, err) : not_there(db, name, on, arena, err);
}

static int federal_first(const void *a, const void *b)
{
	const struct zv_pack *x = a, *y = b;
	int lx = zv_rules_head(x->rules)->level, ly = zv_rules_head(y->rules)->level;

	if (lx != ly)
		return lx < ly ? -1 : 1;
	if (!zv_str_eq(x->series, y->series))
		return zv_str_cmp(x->series, y->series);
	return x->id < y->id ? -1 : x->id > y->id;
}

enum zv_code zv_pack_list(struct zv_pack **out, size_t *n, struct zv_db *db, enum zv_rules_kind kind, zv_date on, bool parsed, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_rule_pack_row *rows = NULL;
	struct zv_pack *list;
	size_t have = 0, kept = 0;
	enum zv_code code = zv_rule_pack_all(&rows, &have, db, (int)kind, on, arena, err);

	if (code != ZV_OK)
		return code;
	list = ZV_ARENA_ARRAY(arena, struct zv_pack, have + 1);
	for (size_t i = 0; i < have && code == ZV_OK; i++) {
		/* Editions of a series follow one another by their first day: the last one holds. */
		if (on != ZV_DATE_NONE && i + 1 < have && zv_str_eq(rows[i].series, rows[i + 1].series))
			continue;
		code = from_row(&list[kept++], &rows[i], parsed, arena, err);
	}
	if (code != ZV_OK)
		return code;
	if (parsed && kept > 0)
		qsort(list, kept, sizeof(*list), federal_first);
	*out = list;
	*n = kept;
	return ZV_OK;
}

enum zv_code zv_pack_list_asked(struct zv_pack **out, size_t *n, struct zv_db *db, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row *rows = NULL;
	size_t have = 0;
	enum zv_code code = zv_rule_pack_asked(&rows, &have, db, ZV_STR(""), arena, err);

	*out = ZV_ARENA_ARRAY(arena, struct zv_pack, have + 1);
	for (size_t i = 0; i < have && code == ZV_OK; i++)
		code = from_row(&(*out)[i], &rows[i], true, arena, err);
	*n = have;
	return code;
}

bool zv_pack_seen(const struct zv_who *who, const struct zv_pack *pack)
{
	if (pack->org_id == 0 || zv_who_is_of_org(who, pack->org_id))
		return true;
	for (int i = 0; i < who->n_grants; i++) {
		enum zv_role role = who->grants[i].role;

		if (role == ZV_ROLE_LOCAL || role == ZV_ROLE_ADMIN || role == ZV_ROLE_ANALYST)
			return true;
		if (role == ZV_ROLE_OPERATOR && (who->grants[i].centre_id == -1 || who->grants[i].centre_id == pack->centre_id))
			return true;
	}
	return false;
}

/* --- loading ---------------------------------------------------------------------------------------------------------------------- */

void zv_pack_faults(struct zv_rules_fault *faults, size_t *n_faults, struct zv_str text, struct zv_arena *arena)
{
	struct zv_rules_pack *rules = NULL;
	struct zv_err err;

	*n_faults = 0;
	if (zv_rules_parse(&rules, faults, n_faults, text, zv_facts_vocabulary(), arena, &err) == ZV_OK)
		*n_faults = 0;
	else if (*n_faults == 0) {
		faults[0] = (struct zv_rules_fault){.line = 1, .column = 1, .err = err};
		*n_faults = 1;
	}
}

/* Whose pack it will be: of all, of an operator's centre, of a cluster's organisation. */
static struct zv_object owner_of(const struct zv_who *who)
{
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];

		switch (zv_rights_reach(grant->role, ZV_DO_RULES_WRITE)) {
		case ZV_REACH_ALL:
			return (struct zv_object){-1, 0};
		case ZV_REACH_CENTRE:
			return (struct zv_object){grant->centre_id, 0};
		case ZV_REACH_ORG:
			return (struct zv_object){grant->centre_id, grant->org_id};
		default:
			break;
		}
	}
	return (struct zv_object){-1, 0};
}

static enum zv_code may_own(const struct zv_object *owner, const struct zv_rules_pack_head *head, struct zv_err *err)
{
	if (owner->org_id != 0 && head->level != ZV_RULES_OWN)
		return zv_fail(err, ZV_E_DENIED, "level", N_("An organisation loads packs of its own: write “level own”."));
	if (owner->centre_id != -1 && head->level == ZV_RULES_FEDERAL)
		return zv_fail(err, ZV_E_DENIED, "level", N_("Federal packs are loaded by an administrator. Write “level regional” or “level own”."));
	return ZV_OK;
}

/* A name or a series stays with whom it began: nobody puts an edition of his own into the series of others. */
static enum zv_code not_of_others(struct zv_db *db, const struct zv_object *owner, const struct zv_rules_pack_head *head, const struct zv_rule_pack_row *old,
				  struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row *editions = NULL;
	size_t n = 0;
	enum zv_code code = zv_rule_pack_of_series(&editions, &n, db, head->series, ZV_DATE_NONE, arena, err);

	if (code != ZV_OK || owner->centre_id == -1)
		return code;
	if (old != NULL && (old->centre_id != owner->centre_id || old->org_id != owner->org_id))
		return zv_fail(err, ZV_E_CONFLICT, "pack", N_("A pack “%.*s” of somebody else is in force. Give yours another name."), ZV_STR_FMT(head->id));
	for (size_t i = 0; i < n; i++)
		if (editions[i].centre_id != owner->centre_id || editions[i].org_id != owner->org_id)
			return zv_fail(err, ZV_E_CONFLICT, "series", N_("The series “%.*s” belongs to somebody else. Give yours another name."),
				       ZV_STR_FMT(head->series));
	return ZV_OK;
}

/* The edition that this one follows or replaces: of the same name, else the one of the day. */
static enum zv_code edition_before(int64_t *id, struct zv_db *db, const struct zv_rule_pack_row *row, const struct zv_rule_pack_row *old, struct zv_arena *arena,
				   struct zv_err *err)
{
	struct zv_rule_pack_row *editions = NULL;
	zv_date today;
	size_t n = 0;
	enum zv_code code = zv_as_of(&today, db, ZV_DATE_NONE, err);

	*id = old != NULL ? old->id : 0;
	if (code != ZV_OK || old != NULL)
		return code;
	code = zv_rule_pack_of_series(&editions, &n, db, row->series, today, arena, err);
	if (code == ZV_OK && n > 0)
		*id = editions[0].id;
	return code;
}

/* Puts a stored row in force, inside a transaction. */
static enum zv_code come_in_force(struct zv_db *db, const struct zv_who *who, const struct zv_rule_pack_row *row, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row old;
	int64_t before = 0;
	bool found = false;
	enum zv_code code = zv_rule_pack_by_name(&found, &old, db, row->name, arena, err);

	if (code == ZV_OK)
		code = edition_before(&before, db, row, found ? &old : NULL, arena, err);
	if (code == ZV_OK && found)
		code = zv_rule_pack_set(db, old.id, ZV_RULE_PACK_WITHDRAWN, err);
	if (code == ZV_OK)
		code = zv_rule_pack_set(db, row->id, ZV_RULE_PACK_IN_FORCE, err);
	if (code == ZV_OK)
		code = zv_note(db, who, "rules.load", row->uid, (struct zv_object){row->centre_id, row->org_id},
			       zv_arena_strf(arena, "{\"pack\":\"%.*s\",\"digest\":\"%.*s\",\"replaces\":\"%.*s\"}", ZV_STR_FMT(row->name), ZV_STR_FMT(row->digest),
					     ZV_STR_FMT(found ? old.uid : ZV_STR(""))),
			       err);
	if (code == ZV_OK && row->kind == (int)ZV_RULES_SUPPORT)
		code = zv_measure_rerun_ask(db, who, before, row->id, err);
	return code;
}

static enum zv_code ask_second(struct zv_pack_loaded *out, struct zv_db *db, const struct zv_who *who, const struct zv_rule_pack_row *row, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_rule_pack_row *waiting = NULL;
	size_t n = 0;
	enum zv_code code = zv_rule_pack_asked(&waiting, &n, db, row->name, arena, err);

	for (size_t i = 0; i < n && code == ZV_OK; i++)
		if (waiting[i].id != row->id)
			code = zv_fail(err, ZV_E_CONFLICT, "pack", N_("A pack “%.*s” waits for a second person already."), ZV_STR_FMT(row->name));
	if (code == ZV_OK)
		code = zv_approval_ask(&out->approval, db, who, ZV_DO_RULES_WRITE, row->uid, ZV_STR("{}"), arena, err);
	return code;
}

static enum zv_code store(struct zv_pack_loaded *out, struct zv_db *db, const struct zv_who *who, struct zv_rule_pack_row *row, struct zv_arena *arena,
			  struct zv_err *err)
{
	struct zv_whole whole;
	enum zv_code code = zv_whole_begin(&whole, db, err);

	if (code != ZV_OK)
		return code;
	code = zv_rule_pack_insert(db, row, arena, err);
	out->uid = row->uid;
	if (code == ZV_OK)
		code = zv_rights_second(who, ZV_DO_RULES_WRITE, (struct zv_object){row->centre_id, row->org_id}) ? ask_second(out, db, who, row, arena, err)
														 : come_in_force(db, who, row, arena, err);
	return zv_whole_end(&whole, db, code, err);
}

enum zv_code zv_pack_load(struct zv_pack_loaded *out, struct zv_rules_fault *faults, size_t *n_faults, struct zv_db *db, const struct zv_who *who, struct zv_str text,
			  struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_object owner = owner_of(who);
	const struct zv_rules_pack_head *head;
	struct zv_rules_pack *rules = NULL;
	struct zv_rule_pack_row row, old;
	char digest[ZV_DIGEST_HEX];
	bool found = false;
	enum zv_code code = zv_rights_need(who, ZV_DO_RULES_WRITE, owner, err);

	*out = (struct zv_pack_loaded){0};
	*n_faults = 0;
	if (code == ZV_OK)
		code = zv_rules_parse(&rules, faults, n_faults, text, zv_facts_vocabulary(), arena, err);
	if (code != ZV_OK)
		return code;
	head = zv_rules_head(rules);
	code = may_own(&owner, head, err);
	if (code == ZV_OK)
		code = zv_rule_pack_by_name(&found, &old, db, head->id, arena, err);
	if (code == ZV_OK)
		code = not_of_others(db, &owner, head, found ? &old : NULL, arena, err);
	if (code != ZV_OK)
		return code;
	zv_digest_hex(digest, text);
	if (found && zv_str_eq_c(old.digest, digest)) {
		*out = (struct zv_pack_loaded){.uid = old.uid, .same = true};
		return ZV_OK;
	}
	row = (struct zv_rule_pack_row){
		.name = head->id,
		.series = head->series,
		.kind = (int)head->kind,
		/* Whoever may change everything leaves a pack to whom it is. */
		.centre_id = found ? old.centre_id : owner.centre_id,
		.org_id = found ? old.org_id : owner.org_id,
		.valid_from = head->valid_from,
		.valid_to = head->valid_to,
		.digest = zv_str_dup(arena, zv_str_c(digest)),
		.body = text,
		.state = ZV_RULE_PACK_ASKED,
		.loaded_by = who->actor,
	};
	return store(out, db, who, &row, arena, err);
}

enum zv_code zv_pack_waits(int64_t *centre_id, struct zv_pack *pack, struct zv_db *db, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row row;
	bool found = false;
	enum zv_code code = zv_rule_pack_by_uid(&found, &row, db, uid, arena, err);

	if (code == ZV_OK && !found)
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(uid, NAME_MAX_SHOWN)));
	if (code == ZV_OK && row.state != ZV_RULE_PACK_ASKED)
		code = zv_fail(err, ZV_E_CONFLICT, "", N_("This has been decided already."));
	if (code == ZV_OK)
		code = from_row(pack, &row, true, arena, err);
	if (code == ZV_OK)
		*centre_id = row.centre_id >= 0 ? row.centre_id : 0;
	return code;
}

enum zv_code zv_pack_put_in_force(struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rule_pack_row row;
	bool found = false;
	enum zv_code code = zv_rule_pack_by_uid(&found, &row, db, uid, arena, err);

	if (code == ZV_OK && !found)
		code = zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no pack of rules “%.*s”."), ZV_STR_FMT(zv_str_first(uid, NAME_MAX_SHOWN)));
	return code == ZV_OK ? come_in_force(db, who, &row, arena, err) : code;
}

/* --- the program's own packs -------------------------------------------------------------------------------------------------------- */

static enum zv_code seed_one(struct zv_db *db, const struct zv_who *who, struct zv_str text, struct zv_arena *arena, struct zv_err *err)
{
	struct zv_rules_fault *faults = ZV_ARENA_ARRAY(arena, struct zv_rules_fault, ZV_RULES_FAULTS_MAX);
	struct zv_rule_pack_row old;
	struct zv_rules_pack *rules = NULL;
	struct zv_pack_loaded loaded;
	size_t n_faults = 0;
	bool found = false;
	enum zv_code code = zv_rules_parse(&rules, faults, &n_faults, text, zv_facts_vocabulary(), arena, err);

	if (code == ZV_OK)
		code = zv_rule_pack_by_name(&found, &old, db, zv_rules_head(rules)->id, arena, err);
	/* Somebody has put a text of his own in its place: that stays. */
	if (code != ZV_OK || (found && !zv_str_eq_c(old.loaded_by, own_actor)))
		return code;
	return zv_pack_load(&loaded, faults, &n_faults, db, who, text, arena, err);
}

enum zv_code zv_packs_seed(struct zv_db *db, bool demo, struct zv_err *err)
{
	static const char folder[] = "data/rules/", ending[] = ".rules", demo_prefix[] = "data/rules/demo-";
	const struct zv_embedded *file;
	struct zv_arena arena;
	struct zv_who who;
	enum zv_code code = ZV_OK;

	zv_arena_init(&arena);
	zv_who_local(&who, zv_str_c(own_actor));
	for (size_t i = 0; (file = zv_embed_at(i)) != NULL && code == ZV_OK; i++) {
		struct zv_str name = zv_str_c(file->name);

		if (!zv_str_starts(name, zv_str_c(folder)) || !zv_str_ends(name, zv_str_c(ending)))
			continue;
		if (!demo && zv_str_starts(name, zv_str_c(demo_prefix)))
			continue;
		code = seed_one(db, &who, (struct zv_str){(const char *)file->bytes, file->n}, &arena, err);
	}
	zv_arena_done(&arena);
	return code;
}
