/* Files of the checklist: kept under their digest, the detached signature beside. Whether a signature is valid nobody says here. */
#include "app/application_inner.h"

#include <unistd.h>

/* --- putting ----------------------------------------------------------------------------------------------------------------------------------- */

/* In corrections only what was returned is open. */
static enum zv_code may_edit(const struct zv_application_case *c, const struct zv_rules_document *document, struct zv_err *err)
{
	if (zv_application_editable(c, zv_application_part_of(document)))
		return ZV_OK;
	return zv_fail(err, ZV_E_CONFLICT, "document", N_("Only what was returned can be changed now: %.*s."),
		       ZV_STR_FMT(zv_application_open_text(c, ZV_STEP_RETURN)));
}

static enum zv_code keep(struct zv_str *digest, int64_t *size, const struct zv_application_act *act, int fd, int64_t max, struct zv_err *err)
{
	char hex[ZV_DIGEST_HEX];
	enum zv_code code;

	if (fd < 0)
		return zv_fail(err, ZV_E_INVALID, "", N_("Send the file as the body of the request."));
	code = zv_files_put(hex, size, act->files, fd, max, err);
	if (code != ZV_OK)
		return code;
	if (*size == 0)
		return zv_fail(err, ZV_E_INVALID, "", N_("The file is empty."));
	*digest = zv_str_dup(act->arena, zv_str_c(hex));
	return ZV_OK;
}

static enum zv_code put_document(struct zv_application_file *file, const struct zv_application_act *act, struct zv_str name, int fd, struct zv_err *err)
{
	file->name = zv_files_name(name, act->arena);
	return keep(&file->digest, &file->size, act, fd, ZV_APPLICATION_FILE_MAX, err);
}

/* A file with its signature is a new one: what it was without stays in the history. */
static enum zv_code put_signature(struct zv_application_file *file, const struct zv_application_case *c, const struct zv_application_act *act,
				  struct zv_str name, int fd, struct zv_err *err)
{
	const struct zv_application_file *now = zv_application_file_of(c, file->document);
	enum zv_code code;

	if (now == NULL)
		return zv_fail(err, ZV_E_CONFLICT, "document", N_("There is no file yet that is signed: send the document first."));
	file->name = now->name;
	file->digest = now->digest;
	file->size = now->size;
	file->signature_name = zv_files_name(name, act->arena);
	code = keep(&file->signature_digest, &file->signature_size, act, fd, ZV_APPLICATION_SIGNATURE_MAX, err);
	if (code == ZV_OK && zv_str_eq(file->signature_digest, file->digest))
		return zv_fail(err, ZV_E_INVALID, "", N_("This is the document itself. Send its detached signature: the file that was made beside it."));
	return code;
}

static enum zv_code put(struct zv_application_case *c, const struct zv_application_act *act, struct zv_application_file *file, bool signature,
			struct zv_str name, int fd, struct zv_err *err)
{
	const struct zv_rules_document *document;
	enum zv_code code = zv_application_document(&document, c, file->document, err);

	if (code == ZV_OK)
		code = may_edit(c, document, err);
	if (code == ZV_OK && c->n_files >= ZV_APPLICATION_FILES_MAX)
		return zv_fail(err, ZV_E_LIMIT, "", N_("An application keeps at most %d files, replaced ones as well."), ZV_APPLICATION_FILES_MAX);
	if (code == ZV_OK)
		code = signature ? put_signature(file, c, act, name, fd, err) : put_document(file, act, name, fd, err);
	return code == ZV_OK ? zv_application_put_file(c->db, file, act->arena, err) : code;
}

static struct zv_str document_json(const struct zv_application_case *c, struct zv_str document, struct zv_str digest)
{
	return zv_arena_strf(c->arena, "{\"document\":\"%.*s\",\"digest\":\"%.*s\"}", ZV_STR_FMT(document), ZV_STR_FMT(digest));
}

enum zv_code zv_application_put(const struct zv_application_act *act, struct zv_str document, bool signature, struct zv_str name, int fd, struct zv_err *err)
{
	struct zv_application_file file = {.document = document, .made_by = act->who->actor};
	struct zv_application_doing doing;
	enum zv_code code = zv_application_begin(&doing, act, ZV_APPLICATION_EDIT, err);

	if (code != ZV_OK)
		return code;
	file.application_id = doing.c.row.id;
	code = put(&doing.c, act, &file, signature, name, fd, err);
	return zv_application_end(&doing, code, signature ? "application.signature" : "application.document",
				  document_json(&doing.c, document, signature ? file.signature_digest : file.digest), err);
}

static enum zv_code take_off(struct zv_application_case *c, struct zv_str id, struct zv_err *err)
{
	const struct zv_rules_document *document;
	struct zv_application_file file = {.application_id = c->row.id, .document = id};
	enum zv_code code = zv_application_document(&document, c, id, err);

	if (code == ZV_OK)
		code = may_edit(c, document, err);
	if (code == ZV_OK && zv_application_file_of(c, id) == NULL)
		return zv_fail(err, ZV_E_CONFLICT, "document", N_("The document has no file that could be taken off."));
	return code == ZV_OK ? zv_application_put_file(c->db, &file, c->arena, err) : code;
}

enum zv_code zv_application_remove(const struct zv_application_act *act, struct zv_str document, struct zv_err *err)
{
	struct zv_application_doing doing;
	enum zv_code code = zv_application_begin(&doing, act, ZV_APPLICATION_EDIT, err);

	if (code != ZV_OK)
		return code;
	code = take_off(&doing.c, document, err);
	return zv_application_end(&doing, code, "application.remove", document_json(&doing.c, document, ZV_STR("")), err);
}

/* --- reading ----------------------------------------------------------------------------------------------------------------------------------- */

enum zv_code zv_application_open_file(int *fd, struct zv_application_file *file, struct zv_db *db, struct zv_files *files, const struct zv_who *who,
				      struct zv_str uid, struct zv_str document, bool signature, struct zv_arena *arena, struct zv_err *err)
{
	const struct zv_rules_document *known;
	const struct zv_application_file *now;
	struct zv_application_case c;
	enum zv_code code = zv_application_load(&c, db, who, uid, arena, err);

	if (code == ZV_OK)
		code = zv_application_document(&known, &c, document, err);
	if (code != ZV_OK)
		return code;
	now = zv_application_file_of(&c, document);
	if (now == NULL || (signature && now->signature_digest.n == 0))
		return zv_fail(err, ZV_E_NOTFOUND, "document", signature ? N_("The document has no signature.") : N_("The document has no file yet."));
	*file = *now;
	return zv_files_get(fd, files, signature ? now->signature_digest : now->digest, err);
}
