/* The own kinds: one template each. The list of all kinds, with the files of others, is in app/import_kinds.c. */
#ifndef ZV_APP_KINDS_H
#define ZV_APP_KINDS_H

#include "app/import_kind.h"

extern const struct zv_import_profile zv_kind_enterprises_native; /* kind_orgs.c */
extern const struct zv_import_profile zv_kind_sites_native;       /* kind_sites.c */
extern const struct zv_import_profile zv_kind_items_native;       /* kind_items.c */
extern const struct zv_import_profile zv_kind_needs_native;       /* kind_needs.c */
extern const struct zv_import_profile zv_kind_offers_native;      /* kind_offers.c */
extern const struct zv_import_profile zv_kind_capacity_native;    /* kind_capacity.c */
extern const struct zv_import_profile zv_kind_substitutes_native; /* kind_substitutes.c */
extern const struct zv_import_profile zv_kind_permits_native;     /* kind_permits.c */
extern const struct zv_import_profile zv_kind_controlled_native;  /* kind_reference.c */
extern const struct zv_import_profile zv_kind_crosswalks_native;

#define ZV_UNMAP(name)                                                                                                       \
	enum zv_code name(struct zv_str *cells, struct zv_db *db, const struct zv_record *record, struct zv_arena *arena, \
			  struct zv_err *err)

ZV_UNMAP(zv_kind_enterprises_unmap);
ZV_UNMAP(zv_kind_sites_unmap);
ZV_UNMAP(zv_kind_items_unmap);
ZV_UNMAP(zv_kind_needs_unmap);
ZV_UNMAP(zv_kind_offers_unmap);
ZV_UNMAP(zv_kind_capacity_unmap);
ZV_UNMAP(zv_kind_substitutes_unmap);
ZV_UNMAP(zv_kind_permits_unmap);
ZV_UNMAP(zv_kind_controlled_unmap);
ZV_UNMAP(zv_kind_crosswalks_unmap);

#endif
