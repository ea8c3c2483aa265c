/* Scouting rounds: start, board, answers. */
#include "api/operations.h"
#include "app/scouting.h"

enum { LIMIT = 50, NOTE_MAX = 2000, WORD_MAX = 60, MAKERS_MAX = 50 };

static void add_makers(struct zv_api_call *call, const struct zv_scouting_centre *centre)
{
	zv_json_key(&call->json, "makers");
	zv_json_array(&call->json);
	for (size_t i = 0; i < centre->n_makers; i++) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", centre->makers[i].uid);
		zv_json_key_str(&call->json, "name", centre->makers[i].name);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

static void add_centre(struct zv_api_call *call, const struct zv_scouting_centre *centre)
{
	zv_json_object(&call->json);
	zv_json_key(&call->json, "centre");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "code", centre->code);
	zv_json_key_str(&call->json, "name", centre->name);
	zv_json_end_object(&call->json);
	zv_json_key_c(&call->json, "answer", zv_scouting_answer_name(centre->answer));
	zv_json_key_str(&call->json, "note", centre->note);
	add_makers(call, centre);
	zv_api_key_instant(call, "answered_at", centre->answered_ms);
	zv_json_end_object(&call->json);
}

/* Hours with one decimal: 90 minutes are 1.5. */
static void key_hours(struct zv_api_call *call, const char *key, int64_t minutes)
{
	zv_json_key(&call->json, key);
	if (minutes < 0)
		zv_json_null(&call->json);
	else
		zv_json_decimal(&call->json, (minutes + 3) / 6, 1);
}

static void add_round(struct zv_api_call *call, const struct zv_scouting *round, bool board)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", round->uid);
	zv_api_key_named(call, "need", "need", round->need_uid, round->need);
	zv_json_key(&call->json, "centre");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "code", round->centre);
	zv_json_key_str(&call->json, "name", round->centre_name);
	zv_json_end_object(&call->json);
	zv_json_key_str(&call->json, "note", round->note);
	zv_api_key_date(call, "started_on", round->started_on);
	zv_api_key_instant(call, "started_at", round->started_ms);
	zv_api_key_date(call, "deadline", round->deadline);
	zv_json_key_c(&call->json, "state", zv_scouting_state_name(round->state));
	zv_json_key_int(&call->json, "n_centres", round->n_centres);
	zv_json_key_int(&call->json, "n_answered", round->n_answered);
	zv_json_key_int(&call->json, "n_silent", round->n_silent);
	zv_json_key_int(&call->json, "n_exact", round->n_exact);
	zv_json_key_int(&call->json, "n_near", round->n_near);
	zv_json_key_int(&call->json, "n_none", round->n_none);
	zv_json_key_int(&call->json, "n_makers", round->n_makers);
	key_hours(call, "median_hours", round->median_minutes);
	if (board) {
		zv_json_key(&call->json, "centres");
		zv_json_array(&call->json);
		for (int64_t i = 0; i < round->n_centres; i++)
			add_centre(call, &round->centres[i]);
		zv_json_end_array(&call->json);
	}
	zv_json_end_object(&call->json);
}

static enum zv_code write_board(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_scouting round;
	enum zv_code code = zv_scouting_get(&round, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_round(call, &round, true);
	return code;
}

enum zv_code zv_api_scouting_start(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"deadline", "note", NULL};
	struct zv_str note = {0}, uid = {0};
	zv_date deadline = ZV_DATE_NONE;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_date(&deadline, call, "deadline", true, err);
	if (code == ZV_OK)
		code = zv_api_text(&note, call, "note", false, NOTE_MAX, err);
	if (code == ZV_OK)
		code = zv_scouting_start(&uid, call->db, call->who, call->args[0], deadline, note, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/scouting/", uid);
	return write_board(call, uid, err);
}

enum zv_code zv_api_scoutings(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"need", "limit", "cursor", NULL};
	struct zv_scouting *rounds = NULL;
	struct zv_str need = {0};
	int64_t from = 0;
	size_t n = 0;
	int limit;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code == ZV_OK)
		code = zv_api_cursor(&from, call, err);
	if (code != ZV_OK)
		return code;
	(void)zv_target_param(&need, &call->request->target, "need");
	code = zv_scouting_list(&rounds, &n, call->db, call->who, need, from, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_round(call, &rounds[i], false);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(from + limit, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_scouting(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_board(call, call->args[0], err) : code;
}

/* "makers": uids, or objects with one, as the board shows them. */
static enum zv_code read_makers(struct zv_scouting_reply *out, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_json_value *items;
	struct zv_str *makers;
	enum zv_code code = zv_api_list(&items, &out->n_makers, call, "makers", MAKERS_MAX, err);

	if (code != ZV_OK)
		return code;
	makers = ZV_ARENA_ARRAY(call->arena, struct zv_str, out->n_makers + 1);
	for (size_t i = 0; i < out->n_makers; i++) {
		const struct zv_json_value *uid = items[i].kind == ZV_JSON_OBJECT ? zv_json_get(&items[i], "uid") : &items[i];

		if (uid == NULL || uid->kind != ZV_JSON_STRING || uid->text.n == 0)
			return zv_fail(err, ZV_E_INVALID, zv_arena_strf(call->arena, "makers/%zu", i).p, N_("A maker is named by its public id."));
		makers[i] = uid->text;
	}
	out->makers = makers;
	return ZV_OK;
}

enum zv_code zv_api_scouting_reply(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"answer", "makers", "note", NULL};
	struct zv_scouting_reply reply = {.centre = call->args[1]};
	struct zv_str answer = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&answer, call, "answer", true, WORD_MAX, err);
	if (code == ZV_OK && !zv_scouting_answer_parse(&reply.answer, answer))
		code = zv_fail(err, ZV_E_INVALID, "answer", N_("Answer “exact”, “near” or “none”."));
	if (code == ZV_OK)
		code = zv_api_text(&reply.note, call, "note", false, NOTE_MAX, err);
	if (code == ZV_OK)
		code = read_makers(&reply, call, err);
	if (code == ZV_OK)
		code = zv_scouting_reply(call->db, call->who, call->args[0], &reply, call->arena, err);
	return code == ZV_OK ? write_board(call, call->args[0], err) : code;
}
