/* A cluster with an application for the register, its pack and the three people around it, for the tests of applications. */
#ifndef ZV_TESTS_CONTRACT_APPLICATION_WORLD_H
#define ZV_TESTS_CONTRACT_APPLICATION_WORLD_H

#include "fixture.h"

#include "app/application_inner.h"
#include "app/files.h"

enum { CENTRE = 1, DAY = 20514 /* 2026-03-02 */ };

struct apply {
	struct zv_files *files;
	char dir[64];
	int64_t org_id, cluster_id, infra_id;
	struct zv_str cluster, uid;
	struct zv_who org, analyst, other;
};
extern struct apply apply;

struct zv_who apply_person(const char *actor, enum zv_role role, int64_t centre_id, int64_t org_id);
int64_t apply_add_org(const struct zv_batch *batch, const char *name);
int64_t apply_add_member(const struct zv_batch *batch, int64_t org_id);
void apply_add_member_now(const char *name);
void apply_add_infra_now(void);
void apply_add_cluster(const struct zv_batch *batch);
void apply_load_pack(void);
void apply_make_world(void);
void apply_end_world(void);
struct zv_application_act apply_act(const struct zv_who *who);
void apply_start(void);
int apply_bytes(const char *text);
enum zv_code apply_put(const char *document, bool signature, const char *text);
struct zv_application apply_get(void);
void apply_assert_state(const char *name);
void apply_fill_in(void);
void apply_precheck(void);
void apply_submit(void);
void apply_send_back(const char *criterion);
void apply_correct(void);
enum zv_code apply_decide(bool accepted);
bool apply_says(const char *part);

#endif
