/*
 * Rights: the one place that says who may do what (security.md T1). A table gives every action and role a reach; a route or
 * command names its action and asks with what it knows of the object. docs/permissions.md is printed from the same table.
 * Pure: no store, no clock.
 */
#ifndef ZV_AUTH_RIGHTS_H
#define ZV_AUTH_RIGHTS_H

#include "auth/who.h"
#include "base/err.h"

/* name of the scope, and the English sentence of docs/permissions.md. The order is that of the table; add at the end. */
#define ZV_ACTIONS(X) \
	X(PUBLIC_READ, "public.read", N_("See what is public: catalogue, demand in figures, the map, the contract of the API")) \
	X(SESSION, "session", N_("Sign in, sign out, see who one is")) \
	X(OWN_ACCOUNT, "account.own", N_("Change the own password, second factor, sessions and tokens; read the own tasks")) \
	X(REFERENCE_READ, "reference.read", N_("Read items, classifiers, crosswalks, substitutes, controlled substances")) \
	X(REFERENCE_WRITE, "reference.write", N_("Import and change reference data that all centres share")) \
	X(ORG_READ, "org.read", N_("Read organisations and their sites")) \
	X(ORG_WRITE, "org.write", N_("Add and change organisations and sites")) \
	X(ORG_MERGE, "org.merge", N_("Merge two organisations, or take it back")) \
	X(NEED_READ, "need.read", N_("Read needs")) \
	X(NEED_WRITE, "need.write", N_("Add, change and take away needs")) \
	X(NEED_PUBLISH, "need.publish", N_("Widen the circle that may see a need")) \
	X(NEED_CONFIRM, "need.confirm", N_("Confirm a need, so that it counts in a lot")) \
	X(OFFER_READ, "offer.read", N_("Read offers, capacity, permits and proven supply")) \
	X(OFFER_WRITE, "offer.write", N_("Add and change offers and capacity")) \
	X(MATCH_READ, "match.read", N_("See which makers pass for a need, and why not")) \
	X(LOT_READ, "lot.read", N_("See lots")) \
	X(LOT_RUN, "lot.run", N_("Compute all lots anew")) \
	X(IMPORT, "import", N_("Import files, see and undo own batches")) \
	X(EXPORT, "export", N_("Export registers")) \
	X(DUPLICATE, "duplicate", N_("See probable duplicates and decide them")) \
	X(SCOUTING_START, "scouting.start", N_("Put a need to all centres")) \
	X(SCOUTING_ANSWER, "scouting.answer", N_("Answer a scouting round for a centre")) \
	X(SCOUTING_READ, "scouting.read", N_("See the board of a scouting round")) \
	X(CONTACT_ASK, "contact.ask", N_("Ask who stands behind a need")) \
	X(CONTACT_DECIDE, "contact.decide", N_("Accept or decline a contact")) \
	X(DISCLOSURE_READ, "disclosure.read", N_("See to whom data were shown")) \
	X(TASK, "task", N_("Add tasks for oneself or one's centre, close them")) \
	X(APPROVE, "approve", N_("Be the second person for what needs four eyes")) \
	X(ACCOUNT_READ, "account.read", N_("See accounts")) \
	X(ACCOUNT_WRITE, "account.write", N_("Add accounts, change roles, disable, end sessions")) \
	X(AUDIT_READ, "audit.read", N_("Read the audit trail, verify it")) \
	X(SETTING_WRITE, "setting.write", N_("Change settings of the installation")) \
	X(CLUSTER_READ, "cluster.read", N_("Read clusters, their members and events, infrastructure and its residents")) \
	X(CLUSTER_WRITE, "cluster.write", N_("Add and change clusters, their members and events, infrastructure and its residents")) \
	X(RECORD_READ, "contract.read", N_("Read contracts, deliveries, yearly figures, projects and costs, statements, support received, recipes")) \
	X(RECORD_WRITE, "contract.write", N_("Add and change contracts, deliveries, yearly figures, projects and costs, statements, support received, recipes")) \
	X(RULES_READ, "rules.read", N_("Read packs of rules and the register of measures")) \
	X(RULES_WRITE, "rules.write", N_("Load packs of rules, withdraw them")) \
	X(CHECK, "check", N_("See what the rules say of a cluster, keep verdicts")) \
	X(SUPPORT_READ, "support.read", N_("See what support an organisation or a project may get")) \
	X(INVITE, "invite", N_("See who may join a cluster, invite")) \
	X(APPLICATION_READ, "application.read", N_("Read applications for the register of clusters")) \
	X(APPLICATION_WRITE, "application.write", N_("Fill in and submit applications for the register of clusters")) \
	X(APPLICATION_REVIEW, "application.review", N_("Ask about applications, return and decide them")) \
	X(PLAN_READ, "plan.read", N_("See national plans, what they leave over and why")) \
	X(PLAN_RUN, "plan.run", N_("Make national plans, name them, take them away")) \
	X(SCENARIO, "scenario", N_("Save questions about chains as scenarios, see and compare those of the own organisation, take own ones away"))

#define ZV_ACTION_ENUM(id, name, text) ZV_DO_##id,
enum zv_action { ZV_ACTIONS(ZV_ACTION_ENUM) ZV_ACTION_COUNT };

/*
 * How far a role reaches with an action. Each holds the ones before it. To read at ORG or CENTRE is to see the shape of others'
 * things too, where app/sight.h shows it.
 */
enum zv_reach {
	ZV_REACH_NONE,
	ZV_REACH_SHAPE,  /* without names and secrets (app/sight.h) */
	ZV_REACH_ORG,    /* things of the own organisation */
	ZV_REACH_CENTRE, /* things of the own centre */
	ZV_REACH_ALL
};

struct zv_object {
	int64_t centre_id; /* of the row; -1: not known or of none */
	int64_t org_id;    /* the organisation whose it is; 0: of none */
};

const char *zv_action_name(enum zv_action action);
const char *zv_action_text(enum zv_action action); /* the English sentence, a msgid */
bool zv_action_parse(enum zv_action *out, struct zv_str name);

/* The cell of the table. */
enum zv_reach zv_rights_reach(enum zv_role role, enum zv_action action);

/* True when any grant reaches anything at all: whether a page or route exists for this person. */
bool zv_may_some(const struct zv_who *who, enum zv_action action);

/* True when some grant reaches this object with all its contents (SHAPE does not count). */
bool zv_may(const struct zv_who *who, enum zv_action action, struct zv_object object);

/*
 * ZV_OK or ZV_E_DENIED, with a sentence that says which role may. For an object whose very existence is not to be known, the
 * caller answers ZV_E_NOTFOUND instead.
 */
ZV_MUST_CHECK enum zv_code zv_rights_need(const struct zv_who *who, enum zv_action action, struct zv_object object, struct zv_err *err);
ZV_MUST_CHECK enum zv_code zv_rights_need_some(const struct zv_who *who, enum zv_action action, struct zv_err *err);

/* Actions that take a second person (Z1), for roles below ADMIN and LOCAL. */
bool zv_rights_four_eyes(enum zv_action action);

/* Whether this person needs a second one for this object: the owner's own people do not, what is theirs they may show. */
bool zv_rights_second(const struct zv_who *who, enum zv_action action, struct zv_object object);

#endif
