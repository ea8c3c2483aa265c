/* The campaign of a cluster: candidates, invitations, answers. */
#include "api/operations.h"
#include "app/invitations.h"
#include "app/rules_json.h"

enum { LIMIT = 50, ANSWER_MAX = 2000, WORD_MAX = 60 };

static void add_reasons(struct zv_api_call *call, const struct zv_reason *reasons, size_t n)
{
	zv_json_key(&call->json, "reasons");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++) {
		zv_json_object(&call->json);
		zv_json_key_c(&call->json, "kind", zv_reason_kind_name(reasons[i].kind));
		zv_json_key_str(&call->json, "text", zv_reason_text(&reasons[i], call->arena));
		zv_json_key_str(&call->json, "href", zv_reason_href(&reasons[i], call->arena));
		if (reasons[i].kop >= 0) {
			zv_api_key_amount(call, "sum", reasons[i].kop);
		} else {
			zv_json_key(&call->json, "sum");
			zv_json_null(&call->json);
		}
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
}

/* --- candidates ---------------------------------------------------------------------------------------------------------------- */

static void key_counts(struct zv_api_call *call, const char *key, const struct zv_effect_counts *counts)
{
	zv_json_key(&call->json, key);
	zv_json_object(&call->json);
	zv_json_key_int(&call->json, "passed", counts->passed);
	zv_json_key_int(&call->json, "failed", counts->failed);
	zv_json_key_int(&call->json, "unknown", counts->unknown);
	zv_json_end_object(&call->json);
}

static void add_effect(struct zv_api_call *call, const struct zv_effect *effect)
{
	zv_json_key(&call->json, "effect");
	if (effect->pack.n == 0) {
		zv_json_null(&call->json);
		return;
	}
	zv_json_object(&call->json);
	zv_json_key(&call->json, "pack");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", effect->pack_uid);
	zv_json_key_str(&call->json, "name", effect->pack);
	zv_json_key_str(&call->json, "title", effect->pack_title);
	zv_json_end_object(&call->json);
	key_counts(call, "before", &effect->before);
	key_counts(call, "after", &effect->after);
	zv_json_key(&call->json, "changed");
	zv_json_array(&call->json);
	for (size_t i = 0; i < effect->n_changes; i++) {
		const struct zv_effect_change *change = &effect->changes[i];

		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "criterion", change->criterion);
		zv_json_key_str(&call->json, "title", change->title);
		zv_json_key_c(&call->json, "was", zv_rules_truth_name((enum zv_truth)change->was));
		zv_json_key_c(&call->json, "now", zv_rules_truth_name((enum zv_truth)change->now));
		zv_json_key_str(&call->json, "was_text", change->was_text);
		zv_json_key_str(&call->json, "now_text", change->now_text);
		zv_json_end_object(&call->json);
	}
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
}

static void add_candidate(struct zv_api_call *call, const struct zv_candidate *candidate)
{
	zv_json_object(&call->json);
	zv_api_key_named(call, "org", "org", candidate->org_uid, candidate->org);
	if (candidate->region.n > 0) {
		zv_api_key_region(call, candidate->region);
	} else {
		zv_json_key(&call->json, "region");
		zv_json_null(&call->json);
	}
	zv_api_key_amount(call, "sum", candidate->kop);
	add_reasons(call, candidate->reasons, candidate->n_reasons);
	add_effect(call, &candidate->effect);
	zv_json_key(&call->json, "invitation");
	if (candidate->invitation.n > 0) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "uid", candidate->invitation);
		zv_json_key_c(&call->json, "state", zv_invitation_state_name((enum zv_invitation_state)candidate->invitation_state));
		zv_json_end_object(&call->json);
	} else {
		zv_json_null(&call->json);
	}
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_candidates(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"pack", "limit", NULL};
	struct zv_candidates_ask ask = {0};
	struct zv_candidate *candidates;
	size_t n = 0;
	int limit = LIMIT;
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(&limit, call, LIMIT, err);
	if (code != ZV_OK)
		return code;
	ask.limit = (size_t)limit;
	(void)zv_target_param(&ask.pack, &call->request->target, "pack");
	code = zv_candidates(&candidates, &n, call->db, call->who, call->args[0], &ask, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < n; i++)
		add_candidate(call, &candidates[i]);
	zv_json_end_array(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

/* --- invitations ---------------------------------------------------------------------------------------------------------------- */

static void add_invitation(struct zv_api_call *call, const struct zv_invitation *invitation)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", invitation->uid);
	zv_api_key_named(call, "cluster", "cluster", invitation->cluster_uid, invitation->cluster);
	zv_api_key_named(call, "org", "org", invitation->org_uid, invitation->org);
	zv_json_key_c(&call->json, "state", zv_invitation_state_name(invitation->state));
	add_reasons(call, invitation->reasons, invitation->n_reasons);
	zv_json_key(&call->json, "letter");
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "ru", invitation->letter.ru);
	zv_json_key_str(&call->json, "en", invitation->letter.en);
	zv_json_end_object(&call->json);
	zv_json_key_str(&call->json, "answer", invitation->answer);
	zv_api_key_date(call, "due", invitation->due);
	zv_json_key_str(&call->json, "made_by", invitation->made_by);
	zv_api_key_instant(call, "made_at", invitation->made_ms);
	zv_api_key_instant(call, "sent_at", invitation->sent_ms);
	zv_api_key_instant(call, "answered_at", invitation->answered_ms);
	zv_json_key(&call->json, "may");
	zv_json_object(&call->json);
	zv_json_key_bool(&call->json, "send", invitation->may.send);
	zv_json_key_bool(&call->json, "answer", invitation->may.answer);
	zv_json_key_bool(&call->json, "join", invitation->may.join);
	zv_json_key_bool(&call->json, "withdraw", invitation->may.withdraw);
	zv_json_key_bool(&call->json, "edit", invitation->may.edit);
	zv_json_end_object(&call->json);
	zv_json_end_object(&call->json);
}

static enum zv_code write_invitation(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_invitation invitation;
	enum zv_code code = zv_invitation_get(&invitation, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_invitation(call, &invitation);
	return code;
}

enum zv_code zv_api_invitations(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	struct zv_campaign campaign;
	enum zv_code code = zv_api_only(call, none, err);

	if (code == ZV_OK)
		code = zv_invitation_list(&campaign, call->db, call->who, call->args[0], call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_json_object(&call->json);
	zv_json_key(&call->json, "items");
	zv_json_array(&call->json);
	for (size_t i = 0; i < campaign.n; i++)
		add_invitation(call, &campaign.items[i]);
	zv_json_end_array(&call->json);
	zv_json_key(&call->json, "funnel");
	zv_json_object(&call->json);
	for (int i = ZV_INVITATION_PROPOSED; i <= ZV_INVITATION_STATES; i++)
		zv_json_key_int(&call->json, zv_invitation_state_name((enum zv_invitation_state)i), campaign.funnel[i]);
	zv_json_end_object(&call->json);
	zv_json_end_object(&call->json);
	return ZV_OK;
}

enum zv_code zv_api_invitation(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_invitation(call, call->args[0], err) : code;
}

/* "letter": {"ru": ..., "en": ...}, either of which may be absent. */
static enum zv_code read_letter(struct zv_letter *out, const struct zv_api_call *call, struct zv_err *err)
{
	const struct zv_json_value *letter = call->body != NULL ? zv_json_get(call->body, "letter") : NULL;

	*out = (struct zv_letter){0};
	if (letter == NULL || letter->kind == ZV_JSON_NULL)
		return ZV_OK;
	if (letter->kind != ZV_JSON_OBJECT)
		return zv_fail(err, ZV_E_INVALID, "letter", N_("The letter is an object with the texts “ru” and “en”."));
	for (size_t i = 0; i < letter->n; i++) {
		bool ru = zv_str_eq_c(letter->names[i], "ru");

		if ((!ru && !zv_str_eq_c(letter->names[i], "en")) || letter->items[i].kind != ZV_JSON_STRING)
			return zv_fail(err, ZV_E_INVALID, "letter", N_("The letter is an object with the texts “ru” and “en”."));
		*(ru ? &out->ru : &out->en) = letter->items[i].text;
	}
	return ZV_OK;
}

enum zv_code zv_api_invite(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"org", "due", "letter", NULL};
	struct zv_invitation_new wish = {.due = ZV_DATE_NONE};
	struct zv_str uid = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&wish.org, call, "org", true, WORD_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&wish.due, call, "due", false, err);
	if (code == ZV_OK)
		code = read_letter(&wish.letter, call, err);
	if (code == ZV_OK)
		code = zv_invitation_propose(&uid, call->db, call->who, call->args[0], &wish, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/invitations/", uid);
	return write_invitation(call, uid, err);
}

static enum zv_code read_words(struct zv_invitation_change *change, const struct zv_api_call *call, struct zv_err *err)
{
	struct zv_str state = {0}, role = {0};
	enum zv_code code = zv_api_text(&state, call, "state", false, WORD_MAX, err);

	if (code == ZV_OK)
		code = zv_api_text(&role, call, "role", false, WORD_MAX, err);
	if (code == ZV_OK && state.n > 0 && (!zv_invitation_state_parse(&change->state, state) || change->state == ZV_INVITATION_PROPOSED))
		code = zv_fail(err, ZV_E_INVALID, "state", N_("An invitation becomes “sent”, “yes”, “no”, “joined” or “withdrawn”."));
	if (code == ZV_OK && role.n > 0 && !zv_cluster_role_parse(&change->role, role))
		code = zv_fail(err, ZV_E_INVALID, "role", N_("“%.*s” is no role of a member, such as supplier or science."), ZV_STR_FMT(zv_str_first(role, 40)));
	return code;
}

enum zv_code zv_api_invitation_change(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"state", "answer", "due", "letter", "role", "joined_on", NULL};
	struct zv_invitation_change change = {.due = ZV_DATE_NONE, .joined_on = ZV_DATE_NONE};
	enum zv_code code = zv_api_body_only(call, names, err);

	change.has_answer = zv_api_has(call, "answer");
	change.has_due = zv_api_has(call, "due");
	if (code == ZV_OK)
		code = read_words(&change, call, err);
	if (code == ZV_OK)
		code = zv_api_text(&change.answer, call, "answer", false, ANSWER_MAX, err);
	if (code == ZV_OK)
		code = zv_api_date(&change.due, call, "due", false, err);
	if (code == ZV_OK)
		code = zv_api_date(&change.joined_on, call, "joined_on", false, err);
	if (code == ZV_OK)
		code = read_letter(&change.letter, call, err);
	if (code == ZV_OK)
		code = zv_invitation_change(call->db, call->who, call->args[0], &change, call->arena, err);
	return code == ZV_OK ? write_invitation(call, call->args[0], err) : code;
}
