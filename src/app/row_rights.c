/* The questions that a row asks of auth/rights.h. */
#include "app/row_rights.h"

#include <string.h>

#include "app/sight.h"

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

enum zv_code zv_row_may(const struct zv_who *who, const struct zv_import_write *write, struct zv_err *err)
{
	enum zv_action action = zv_sight_action(write->reg, true);
	struct zv_err plain;

	if (who == NULL)
		return ZV_OK;
	if (write->old == NULL)
		return write->main ? zv_rights_need(who, action, zv_sight_object(write->reg, write->record), err) : may_add(who, write, err);
	/* A row that is there already as the file has it may be anybody's. */
	if (!write->changes)
		return ZV_OK;
	if (!zv_may(who, action, zv_sight_object(write->reg, write->old)))
		return zv_fail(err, ZV_E_DENIED, "", N_("This row belongs to another organisation or centre, and differs from what is stored there. Leave it out, or ask its owner."));
	if (zv_rights_need(who, action, zv_sight_object(write->reg, write->record), &plain) != ZV_OK)
		return zv_fail(err, ZV_E_DENIED, "", N_("The row would go to another organisation or centre than yours. Leave it where it is."));
	return ZV_OK;
}
