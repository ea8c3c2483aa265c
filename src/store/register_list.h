/* The registers by name, and words that several of them use. Inside the store only. */
#ifndef ZV_STORE_REGISTER_LIST_H
#define ZV_STORE_REGISTER_LIST_H

#include "store/register.h"

extern const struct zv_register zv_register_class_code;
extern const struct zv_register zv_register_crosswalk;
extern const struct zv_register zv_register_controlled;
extern const struct zv_register zv_register_org;
extern const struct zv_register zv_register_site;
extern const struct zv_register zv_register_item;
extern const struct zv_register zv_register_substitute;
extern const struct zv_register zv_register_permit;
extern const struct zv_register zv_register_need;
extern const struct zv_register zv_register_offer;
extern const struct zv_register zv_register_capacity;
extern const struct zv_register zv_register_supply;

/* By enum zv_dim (model/unit.h). */
extern const char *const zv_words_dim[];

extern const char *const zv_words_visibility[];

#endif
