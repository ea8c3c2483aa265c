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
extern const struct zv_register zv_register_cluster;
extern const struct zv_register zv_register_cluster_event;
extern const struct zv_register zv_register_cluster_member;
extern const struct zv_register zv_register_contract;
extern const struct zv_register zv_register_delivery;
extern const struct zv_register zv_register_org_year;
extern const struct zv_register zv_register_project;
extern const struct zv_register zv_register_project_member;
extern const struct zv_register zv_register_project_cost;
extern const struct zv_register zv_register_infra;
extern const struct zv_register zv_register_resident;
extern const struct zv_register zv_register_statement;
extern const struct zv_register zv_register_received;
extern const struct zv_register zv_register_cluster_count;
extern const struct zv_register zv_register_product;
extern const struct zv_register zv_register_recipe_line;
extern const struct zv_register zv_register_line_source;

/* By enum zv_dim (model/unit.h). */
extern const char *const zv_words_dim[];

extern const char *const zv_words_visibility[];

/* States of a cluster from 1 on, which its events have too. */
extern const char *const zv_words_cluster_state[];

#endif
