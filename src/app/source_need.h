/* One need out of another system's file: quantity with its reasons, gate, record. */
#ifndef ZV_APP_SOURCE_NEED_H
#define ZV_APP_SOURCE_NEED_H

#include "app/sources.h"
#include "base/map.h"

/* What a procurement document says of one position; anything but key and title may be empty. Borrowed. */
struct zv_source_need {
	struct zv_str key, title, okpd2;
	struct zv_str qty;
	struct zv_str unit;      /* code or name by which the unit is found */
	struct zv_str unit_name; /* as people read it, for messages; empty: `unit` */
	struct zv_str region;    /* Russian region in any spelling */
	struct zv_str due;       /* a date or an instant */
	struct zv_str requirements_note;
	struct zv_import_org org;
	const char *org_prefix; /* of the fields of the organisation in messages */
};

/*
 * Plans the organisation and the need (state declared, public: the document was published). A quantity that cannot be stated, or is in
 * units that cannot be converted, is kept with a warning: such a need pools with nothing.
 */
ZV_MUST_CHECK enum zv_code zv_source_plan_need(struct zv_import *im, const struct zv_import_row *row, const struct zv_source_need *need,
					       struct zv_err *err);

/* State of a profile whose file may give the same position twice. */
struct zv_source_seen {
	bool ready;
	struct zv_map keys;
};

/* True the first time a key comes. */
bool zv_source_first(struct zv_import *im, struct zv_str key);
void zv_source_seen_done(void *state);

/* Finds what the usual Russian OKEI field says: the code if it is known, otherwise the name. */
struct zv_str zv_source_okei(struct zv_str code, struct zv_str name);

#endif
