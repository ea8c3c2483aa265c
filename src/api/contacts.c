/* Contacts, and whom data were shown to. */
#include "api/operations.h"
#include "app/contacts.h"

enum { LIMIT = 50, NOTE_MAX = 2000, WORD_MAX = 60 };

static void key_org(struct zv_api_call *call, const char *key, struct zv_str uid, struct zv_str name)
{
	if (uid.n > 0) {
		zv_api_key_named(call, key, "org", uid, name);
		return;
	}
	zv_json_key(&call->json, key);
	zv_json_null(&call->json);
}

static void add_contact(struct zv_api_call *call, const struct zv_contact *contact)
{
	zv_json_object(&call->json);
	zv_json_key_str(&call->json, "uid", contact->uid);
	zv_api_key_named(call, "need", "need", contact->need_uid, contact->need);
	key_org(call, "asker", contact->asker_uid, contact->asker);
	key_org(call, "owner", contact->owner_uid, contact->owner);
	zv_json_key_str(&call->json, "note", contact->note);
	zv_json_key_c(&call->json, "state", zv_contact_state_name(contact->state));
	zv_json_key_bool(&call->json, "own", contact->own);
	zv_api_key_instant(call, "asked_at", contact->asked_ms);
	zv_api_key_instant(call, "decided_at", contact->decided_ms);
	zv_json_end_object(&call->json);
}

static enum zv_code write_contact(struct zv_api_call *call, struct zv_str uid, struct zv_err *err)
{
	struct zv_contact contact;
	enum zv_code code = zv_contact_get(&contact, call->db, call->who, uid, call->arena, err);

	if (code == ZV_OK)
		add_contact(call, &contact);
	return code;
}

enum zv_code zv_api_contact_ask(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"note", NULL};
	struct zv_str note = {0}, uid = {0};
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&note, call, "note", false, NOTE_MAX, err);
	if (code == ZV_OK)
		code = zv_contact_ask(&uid, call->db, call->who, call->args[0], note, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_created(call, "/api/v1/contacts/", uid);
	return write_contact(call, uid, err);
}

/* The parameters of both lists. */
static enum zv_code read_page(int *limit, int64_t *from, struct zv_api_call *call, struct zv_err *err)
{
	static const char *const known[] = {"limit", "cursor", NULL};
	enum zv_code code = zv_api_only(call, known, err);

	if (code == ZV_OK)
		code = zv_api_limit(limit, call, LIMIT, err);
	return code == ZV_OK ? zv_api_cursor(from, call, err) : code;
}

enum zv_code zv_api_contacts(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_contact *contacts = NULL;
	int64_t from = 0;
	size_t n = 0;
	int limit = 0;
	enum zv_code code = read_page(&limit, &from, call, err);

	if (code == ZV_OK)
		code = zv_contact_list(&contacts, &n, call->db, call->who, from, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_contact(call, &contacts[i]);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(from + limit, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}

enum zv_code zv_api_contact(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const none[] = {NULL};
	enum zv_code code = zv_api_only(call, none, err);

	return code == ZV_OK ? write_contact(call, call->args[0], err) : code;
}

enum zv_code zv_api_contact_decide(struct zv_api_call *call, struct zv_err *err)
{
	static const char *const names[] = {"state", NULL};
	struct zv_str text = {0};
	enum zv_contact_state state = ZV_CONTACT_ASKED;
	enum zv_code code = zv_api_body_only(call, names, err);

	if (code == ZV_OK)
		code = zv_api_text(&text, call, "state", true, WORD_MAX, err);
	if (code == ZV_OK && !zv_contact_state_parse(&state, text))
		code = zv_fail(err, ZV_E_INVALID, "state", N_("A contact is “accepted” or “declined”."));
	if (code == ZV_OK)
		code = zv_contact_decide(call->db, call->who, call->args[0], state, call->arena, err);
	return code == ZV_OK ? write_contact(call, call->args[0], err) : code;
}

static void add_disclosure(struct zv_api_call *call, const struct zv_disclosed *disclosed)
{
	zv_json_object(&call->json);
	key_org(call, "owner", disclosed->owner_uid, disclosed->owner);
	key_org(call, "to_org", disclosed->to_uid, disclosed->to);
	zv_json_key(&call->json, "to_centre");
	if (disclosed->to_centre.n > 0) {
		zv_json_object(&call->json);
		zv_json_key_str(&call->json, "code", disclosed->to_centre);
		zv_json_key_str(&call->json, "name", disclosed->to_name);
		zv_json_end_object(&call->json);
	} else {
		zv_json_null(&call->json);
	}
	zv_json_key_str(&call->json, "subject", disclosed->subject);
	zv_json_key_str(&call->json, "what", disclosed->what);
	zv_json_key_str(&call->json, "reason", disclosed->reason);
	zv_json_key_str(&call->json, "actor", disclosed->actor);
	zv_api_key_instant(call, "at", disclosed->at_ms);
	zv_json_end_object(&call->json);
}

enum zv_code zv_api_disclosures(struct zv_api_call *call, struct zv_err *err)
{
	struct zv_disclosed *list = NULL;
	int64_t from = 0;
	size_t n = 0;
	int limit = 0;
	enum zv_code code = read_page(&limit, &from, call, err);

	if (code == ZV_OK)
		code = zv_disclosed_list(&list, &n, call->db, call->who, from, limit, call->arena, err);
	if (code != ZV_OK)
		return code;
	zv_api_begin_items(call);
	for (size_t i = 0; i < n; i++)
		add_disclosure(call, &list[i]);
	zv_api_end_items(call, n == (size_t)limit ? zv_api_cursor_text(from + limit, call->arena) : ZV_STR(""), -1);
	return ZV_OK;
}
