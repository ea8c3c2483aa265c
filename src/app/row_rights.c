/* The questions that a row asks of auth/rights.h. */
#include "app/row_rights.h"

#include <string.h>

#include "app/sight.h"
#include "base/tr.h"

enum zv_code zv_row_own_org(int64_t *out, const struct zv_who *who, const struct zv_register *reg, int64_t wish, struct zv_err *err)
{
	enum zv_action action = zv_sight_action(reg, true);
	int64_t own = 0;

	*out = 0;
	if (who == NULL)
		return ZV_OK;
	for (int i = 0; i < who->n_grants; i++) {
		const struct zv_grant *grant = &who->grants[i];
		enum zv_reach reach = zv_rights_reach(grant->role, action);

		if (reach == ZV_REACH_ALL || reach == ZV_REACH_CENTRE)
			return zv_rights_need_some(who, action, err);
		if (reach == ZV_REACH_ORG && grant->org_id != 0 && (own == 0 || grant->org_id == wish))
			own = grant->org_id;
	}
	*out = own;
	if (own == 0)
		return zv_rights_need(who, action, (struct zv_object){-1, 0}, err);
	return zv_rights_need_some(who, action, err);
}

int64_t zv_row_centre(const struct zv_who *who, const struct zv_register *reg, int64_t own_org)
{
	enum zv_action action = zv_sight_action(reg, true);

	if (own_org != 0)
		return zv_id_centre(own_org);
	for (int i = 0; who != NULL && i < who->n_grants; i++)
		if (zv_rights_reach(who->grants[i].role, action) == ZV_REACH_CENTRE && who->grants[i].centre_id >= 0)
			return who->grants[i].centre_id;
	return ZV_CENTRE_NATIONAL;
}

static int64_t visibility_of(const struct zv_register *reg, const struct zv_record *record)
{
	int at = zv_register_column(reg, "visibility");

	return record == NULL || record->values[at].null ? ZV_VISIBLE_MATCHED : record->values[at].i;
}

bool zv_row_widens(const struct zv_who *who, const struct zv_import_write *write)
{
	if (who == NULL || strcmp(write->reg->name, "need") != 0 || !write->main)
		return false;
	if (visibility_of(write->reg, write->record) <= visibility_of(write->reg, write->old))
		return false;
	return zv_rights_second(who, ZV_DO_NEED_PUBLISH, zv_sight_object(write->reg, write->record));
}

/* What other rows need by the way: an item or organisation that is not there yet may be added by whoever may write the row. */
static enum zv_code may_add(const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err)
{
	if (strcmp(write->reg->name, "item") == 0)
		return ZV_OK;
	return zv_rights_need(who, zv_sight_action(write->reg, true), zv_sight_object(write->reg, write->record), err);
}

enum { STATE_PLANNED = 1 }; /* store/cluster.c */

/* What neither a cluster nor its specialised organisation says of itself: the entry in the register, and who has signed its agreement. */
static const struct {
	const char *reg, *column;
	int64_t free; /* the value that it may have all the same */
	const char *text;
} kept[] = {
	{"cluster", "state", STATE_PLANNED, N_("The entry of a cluster comes with the decision on its application, or by its centre. Leave state, number and order out.")},
	{"cluster", "number", 0, N_("The entry of a cluster comes with the decision on its application, or by its centre. Leave state, number and order out.")},
	{"cluster", "order_no", 0, N_("The entry of a cluster comes with the decision on its application, or by its centre. Leave state, number and order out.")},
	{"cluster", "order_on", 0, N_("The entry of a cluster comes with the decision on its application, or by its centre. Leave state, number and order out.")},
	{"cluster_event", "state", 0, N_("A state of the cluster is entered by its centre, or with the decision on its application. Leave it out.")},
	{"cluster_member", "agreement", 0, N_("That an organisation has signed the agreement is said by its answer to the invitation, or by the centre. Leave it out.")},
};

static bool same_value(const struct zv_column *column, const struct zv_value *a, const struct zv_value *b)
{
	return a->null == b->null && (a->null || (column->type == ZV_COL_TEXT ? zv_str_eq(a->s, b->s) : a->i == b->i));
}

/* For whoever may write rows of an organisation and not of the centre. */
static enum zv_code check_kept(const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err)
{
	const struct zv_register *reg = write->reg;
	int64_t centre_id = write->record->id != 0 ? zv_id_centre(write->record->id) : write->record->centre_id;

	if (zv_may(who, zv_sight_action(reg, true), (struct zv_object){centre_id, 0}))
		return ZV_OK;
	for (size_t i = 0; i < ZV_LEN(kept); i++) {
		int at = strcmp(kept[i].reg, reg->name) == 0 ? zv_register_column(reg, kept[i].column) : -1;
		const struct zv_value *said = at >= 0 ? &write->record->values[at] : NULL;

		if (said == NULL || (write->old != NULL && same_value(&reg->columns[at], said, &write->old->values[at])))
			continue;
		if (write->old == NULL && (said->null || (reg->columns[at].type != ZV_COL_TEXT && said->i == kept[i].free)))
			continue;
		return zv_fail(err, ZV_E_DENIED, kept[i].column, "%.*s", ZV_STR_FMT(zv_str_c(zv_tr(kept[i].text))));
	}
	return ZV_OK;
}

static enum zv_code may_change(struct zv_db *db, const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err)
{
	bool may = false;
	enum zv_code code = zv_sight_writes(&may, db, who, write->reg, write->old, err);

	if (code != ZV_OK)
		return code;
	if (!may)
		return zv_fail(err, ZV_E_DENIED, "", N_("This row belongs to another organisation or centre, and differs from what is stored there. Leave it out, or ask its owner."));
	code = zv_sight_writes(&may, db, who, write->reg, write->record, err);
	if (code == ZV_OK && !may)
		return zv_fail(err, ZV_E_DENIED, "", N_("The row would go to another organisation or centre than yours. Leave it where it is."));
	return code == ZV_OK ? check_kept(who, write, err) : code;
}

enum zv_code zv_row_may(struct zv_db *db, const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err)
{
	enum zv_code code;

	if (who == NULL)
		return ZV_OK;
	if (write->old == NULL && !write->main)
		return may_add(who, write, err);
	if (write->old == NULL) {
		code = zv_sight_needs(db, who, write->reg, write->record, err);
		return code == ZV_OK ? check_kept(who, write, err) : code;
	}
	/* A row that is there already as the file has it may be anybody's. */
	return write->changes ? may_change(db, who, write, err) : ZV_OK;
}
