/* Invitations read back: by those who invite, and, without what is not theirs to know, by those who are invited. */
#include "app/invitations_inner.h"

#include <string.h>

#include "base/tr.h"
#include "format/json_value.h"
#include "format/json_write.h"

static const char *const states[] = {"", "proposed", "sent", "yes", "no", "joined", "withdrawn"};

const char *zv_invitation_state_name(enum zv_invitation_state state)
{
	return states[state];
}

bool zv_invitation_state_parse(enum zv_invitation_state *out, struct zv_str name)
{
	for (int i = ZV_INVITATION_PROPOSED; i <= ZV_INVITATION_STATES; i++) {
		if (!zv_str_eq_c(name, states[i]))
			continue;
		*out = (enum zv_invitation_state)i;
		return true;
	}
	return false;
}

bool zv_invitation_step(int from, int to)
{
	switch (from) {
	case ZV_INVITATION_PROPOSED:
		return to == ZV_INVITATION_SENT || to == ZV_INVITATION_WITHDRAWN;
	case ZV_INVITATION_SENT:
		return to == ZV_INVITATION_YES || to == ZV_INVITATION_NO || to == ZV_INVITATION_WITHDRAWN;
	case ZV_INVITATION_YES:
		return to == ZV_INVITATION_JOINED || to == ZV_INVITATION_NO || to == ZV_INVITATION_WITHDRAWN;
	case ZV_INVITATION_NO:
		return to == ZV_INVITATION_YES || to == ZV_INVITATION_WITHDRAWN;
	case ZV_INVITATION_WITHDRAWN:
		return to == ZV_INVITATION_PROPOSED;
	default:
		return false;
	}
}

/* --- letters ----------------------------------------------------------------------------------------------------------------- */

struct zv_str zv_letter_write(const struct zv_letter *letter, struct zv_arena *arena)
{
	struct zv_json json;
	struct zv_out file;
	struct zv_str out;

	zv_out_init(&file, NULL, 0);
	zv_json_init(&json, &file);
	zv_json_object(&json);
	zv_json_key_str(&json, "ru", letter->ru);
	zv_json_key_str(&json, "en", letter->en);
	zv_json_end_object(&json);
	out = zv_str_dup(arena, zv_out_text(&file));
	zv_out_done(&file);
	return out;
}

enum zv_code zv_letter_read(struct zv_letter *out, struct zv_str json, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_json_value *ru, *en;
	struct zv_json_value object;
	enum zv_code code = zv_json_parse(&object, json, arena, err);

	*out = (struct zv_letter){0};
	if (code != ZV_OK)
		return code;
	ru = zv_json_get(&object, "ru");
	en = zv_json_get(&object, "en");
	if (ru != NULL)
		out->ru = ru->text;
	if (en != NULL)
		out->en = en->text;
	return ZV_OK;
}

/* --- who sees one -------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_invitation_load(struct zv_invitation_row *row, struct zv_invitation_side *side, struct zv_db *db, const struct zv_who *who,
				struct zv_str uid, struct zv_arena *arena, struct zv_err *err)
{
	enum zv_code code = zv_invitation_by_uid(row, db, uid, arena, err);

	if (code == ZV_OK)
		code = zv_cluster_by_id(&side->cluster, db, row->cluster_id, arena, err);
	if (code != ZV_OK)
		return code;
	side->inviter = zv_may(who, ZV_DO_INVITE, side->cluster.object);
	/* A proposal is the cluster's own matter until it is sent. */
	side->invited = row->sent_ms != 0 && zv_who_is_of_org(who, row->org_id) && zv_may(who, ZV_DO_TASK, (struct zv_object){-1, row->org_id});
	if (!side->inviter && !side->invited)
		return zv_fail(err, ZV_E_NOTFOUND, "uid", N_("There is no invitation “%.*s”."), ZV_STR_FMT(zv_str_first(uid, 60)));
	return ZV_OK;
}

static void keep_own(struct zv_invitation *out, struct zv_reason *reasons)
{
	size_t kept = 0;

	for (size_t i = 0; i < out->n_reasons; i++)
		if (reasons[i].kind == ZV_REASON_SELLS || reasons[i].kind == ZV_REASON_BUYS)
			reasons[kept++] = reasons[i];
	out->n_reasons = kept;
	out->made_by = ZV_STR("");
}

static void set_may(struct zv_invitation *out, const struct zv_invitation_side *side)
{
	int state = (int)out->state;

	out->may.send = side->inviter && zv_invitation_step(state, ZV_INVITATION_SENT);
	out->may.join = side->inviter && zv_invitation_step(state, ZV_INVITATION_JOINED);
	out->may.withdraw = side->inviter && zv_invitation_step(state, ZV_INVITATION_WITHDRAWN);
	out->may.edit = side->inviter && state == ZV_INVITATION_PROPOSED;
	out->may.answer = zv_invitation_step(state, ZV_INVITATION_YES) || zv_invitation_step(state, ZV_INVITATION_NO);
}

static enum zv_code view(struct zv_invitation *out, const struct zv_invitation_row *row, const struct zv_invitation_side *side, struct zv_arena *arena,
			 struct zv_err *err)
{
	struct zv_reason *reasons;
	enum zv_code code;

	*out = (struct zv_invitation){
		.id = row->id,
		.uid = row->uid,
		.cluster_uid = row->cluster_uid,
		.cluster = zv_cluster_title(&side->cluster),
		.org_id = row->org_id,
		.org_uid = row->org_uid,
		.org = row->org,
		.state = (enum zv_invitation_state)row->state,
		.answer = row->answer,
		.made_by = row->made_by,
		.due = row->due,
		.made_ms = row->made_ms,
		.sent_ms = row->sent_ms,
		.answered_ms = row->answered_ms,
	};
	code = zv_reasons_read(&reasons, &out->n_reasons, row->reason, arena, err);
	if (code == ZV_OK)
		code = zv_letter_read(&out->letter, row->letter, arena, err);
	if (code != ZV_OK)
		return code;
	out->reasons = reasons;
	if (!side->inviter)
		keep_own(out, reasons);
	set_may(out, side);
	return ZV_OK;
}

enum zv_code zv_invitation_get(struct zv_invitation *out, struct zv_db *db, const struct zv_who *who, struct zv_str uid, struct zv_arena *arena,
			       struct zv_err *err)
{
	struct zv_invitation_side side;
	struct zv_invitation_row row;
	enum zv_code code = zv_invitation_load(&row, &side, db, who, uid, arena, err);

	return code == ZV_OK ? view(out, &row, &side, arena, err) : code;
}

enum zv_code zv_invitation_list(struct zv_campaign *out, struct zv_db *db, const struct zv_who *who, struct zv_str cluster, struct zv_arena *arena,
				struct zv_err *err)
{
	struct zv_invitation_side side = {.inviter = true};
	struct zv_invitation_row *rows = NULL;
	enum zv_code code = zv_cluster_find(&side.cluster, db, who, cluster, arena, err);

	*out = (struct zv_campaign){0};
	if (code == ZV_OK)
		code = zv_rights_need(who, ZV_DO_INVITE, side.cluster.object, err);
	if (code == ZV_OK)
		code = zv_invitation_rows(&rows, &out->n, db, side.cluster.id, arena, err);
	if (code != ZV_OK)
		return code;
	out->items = ZV_ARENA_ARRAY(arena, struct zv_invitation, out->n + 1);
	for (size_t i = 0; i < out->n && code == ZV_OK; i++) {
		code = view(&out->items[i], &rows[i], &side, arena, err);
		out->funnel[rows[i].state]++;
	}
	return code;
}
