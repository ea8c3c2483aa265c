/* What an application lacks: criteria that block, documents, signatures, files that are not what was sent. */
#include "app/application_inner.h"
#include "base/tr.h"

enum { TEXT_ROOM = 300 }; /* bytes of a failure's sentence; the pre-check has the whole list */

struct listing {
	const struct zv_application_case *c;
	struct zv_application_missing *list;
	size_t n;
};

static void add(struct listing *l, const char *kind, struct zv_str id, struct zv_str title, struct zv_str text)
{
	l->list[l->n++] = (struct zv_application_missing){.kind = kind, .id = id, .title = title, .text = text};
}

static struct zv_str said(const struct zv_json_value *part, const char *side)
{
	const struct zv_json_value *result = zv_json_get(part, "result");
	const struct zv_json_value *both = result != NULL ? zv_json_get(result, side) : NULL;
	struct zv_rules_words words = {zv_application_copy_text(both, "ru"), zv_application_copy_text(both, "en")};

	return zv_application_words(words);
}

static void look_at_rule(struct listing *l, int at)
{
	const struct zv_rules_rule *rule = &l->c->rules[at];
	const struct zv_json_value *part = zv_application_copy_part(l->c, rule->id);
	struct zv_str title = zv_application_words(rule->title), text;
	struct zv_arena *arena = l->c->arena;
	enum zv_truth truth;

	if (!zv_application_blocks(rule) || !zv_application_copy_truth(&truth, part) || truth == ZV_YES)
		return;
	if (truth == ZV_UNKNOWN)
		text = zv_arena_strf(arena, zv_tr(N_("Criterion %d, “%.*s”, cannot be decided: facts are missing.")), at + 1, ZV_STR_FMT(title));
	else if (said(part, "left").n > 0)
		text = zv_arena_strf(arena, zv_tr(N_("Criterion %d, “%.*s”, does not pass: it is %.*s, asked is %.*s %.*s.")), at + 1, ZV_STR_FMT(title),
				     ZV_STR_FMT(said(part, "left")), ZV_STR_FMT(zv_application_copy_text(zv_json_get(part, "result"), "op")),
				     ZV_STR_FMT(said(part, "right")));
	else
		text = zv_arena_strf(arena, zv_tr(N_("Criterion %d, “%.*s”, does not pass.")), at + 1, ZV_STR_FMT(title));
	add(l, "criterion", rule->id, title, text);
}

static void look_at_document(struct listing *l, const struct zv_rules_document *document)
{
	const struct zv_application_file *file = zv_application_file_of(l->c, document->id);
	struct zv_str title = zv_application_words(document->title);
	struct zv_arena *arena = l->c->arena;

	if (file == NULL) {
		if (document->required)
			add(l, "document", document->id, title,
			    zv_arena_strf(arena, zv_tr(N_("The document “%.*s” is not there.")), ZV_STR_FMT(title)));
		return;
	}
	if (document->signature && file->signature_digest.n == 0)
		add(l, "signature", document->id, title,
		    zv_arena_strf(arena, zv_tr(N_("The signature of the document “%.*s” is not there.")), ZV_STR_FMT(title)));
	if (!zv_application_copy_kept(l->c, document, file))
		add(l, "file", document->id, title,
		    zv_arena_strf(arena, zv_tr(N_("The kept file of the document “%.*s” is not what was sent: send it again.")), ZV_STR_FMT(title)));
}

void zv_application_missing(struct zv_application_missing **out, size_t *n, const struct zv_application_case *c, zv_application_part_test *only)
{
	struct listing l = {.c = c};

	l.list = ZV_ARENA_ARRAY(c->arena, struct zv_application_missing, (size_t)c->n_rules + 2 * (size_t)c->n_documents + 1);
	for (int i = 0; i < c->n_rules; i++)
		if (only == NULL || only(c, c->rules[i].id))
			look_at_rule(&l, i);
	for (int i = 0; i < c->n_documents; i++)
		if (only == NULL || only(c, zv_application_part_of(&c->documents[i])))
			look_at_document(&l, &c->documents[i]);
	*out = l.list;
	*n = l.n;
}

enum zv_code zv_application_complete(struct zv_application_lack *lack, const struct zv_application_case *c, zv_application_part_test *only,
				     struct zv_err *err)
{
	struct zv_application_missing *missing;
	struct zv_str text = ZV_STR("");
	size_t n;

	zv_application_missing(&missing, &n, c, only);
	if (lack != NULL)
		*lack = (struct zv_application_lack){missing, n};
	for (size_t i = 0; i < n; i++) {
		if (text.n > TEXT_ROOM) {
			text = zv_arena_strf(c->arena, zv_tr(N_("%.*s And %d more: the pre-check lists them all.")), ZV_STR_FMT(text), (int)(n - i));
			break;
		}
		text = zv_arena_strf(c->arena, "%.*s%s%.*s", ZV_STR_FMT(text), i > 0 ? " " : "", ZV_STR_FMT(missing[i].text));
	}
	return n == 0 ? ZV_OK : zv_fail(err, ZV_E_CONFLICT, "", N_("Not everything is there. %.*s"), ZV_STR_FMT(text));
}
