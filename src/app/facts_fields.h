/* The fields of the tables of facts, in one list each: the vocabulary and the places of the cells come from here. Inside app/facts*.c. */
#ifndef ZV_APP_FACTS_FIELDS_H
#define ZV_APP_FACTS_FIELDS_H

#include "base/tr.h"

#define ZV_FACTS_CLUSTER(X)                                          \
	X(CLUSTER, name, TEXT, N_("Name"))                           \
	X(CLUSTER, number, TEXT, N_("Number"))                       \
	X(CLUSTER, order_no, TEXT, N_("Number of the order"))        \
	X(CLUSTER, order_on, DATE, N_("Date of the order"))          \
	X(CLUSTER, edition, TEXT, N_("Edition of the rules"))        \
	X(CLUSTER, valid_until, DATE, N_("Valid until"))             \
	X(CLUSTER, state, TEXT, N_("State"))                         \
	X(CLUSTER, in_register, BOOL, N_("In the register"))         \
	X(CLUSTER, interregional, BOOL, N_("Interregional"))         \
	X(CLUSTER, specialised, BOOL, N_("Has a specialised organisation")) \
	X(CLUSTER, regions, NUMBER, N_("Regions"))                   \
	X(CLUSTER, members_stated, NUMBER, N_("Members as stated"))  \
	X(CLUSTER, projects_stated, NUMBER, N_("Projects as stated")) \
	X(CLUSTER, age_months, NUMBER, N_("Months since the order"))

#define ZV_FACTS_ORG(X)                                              \
	X(ORG, uid, TEXT, N_("Organisation"))                        \
	X(ORG, name, TEXT, N_("Name"))                               \
	X(ORG, inn, TEXT, N_("INN"))                                 \
	X(ORG, kind, TEXT, N_("Kind"))                               \
	X(ORG, region, TEXT, N_("Region"))                           \
	X(ORG, district, TEXT, N_("Federal district"))               \
	X(ORG, okved, TEXT, N_("Activity (OKVED2)"))                 \
	X(ORG, in_cluster, BOOL, N_("Member of a cluster"))          \
	X(ORG, in_register, BOOL, N_("Member of a cluster in the register")) \
	X(ORG, cluster, TEXT, N_("Cluster"))                         \
	X(ORG, role, TEXT, N_("Role"))                               \
	X(ORG, joined, DATE, N_("Joined on"))                        \
	X(ORG, staff, NUMBER, N_("Staff"))                           \
	X(ORG, shipped, MONEY, N_("Shipped"))

#define ZV_FACTS_PROJECT(X)                                          \
	X(PROJECT, uid, TEXT, N_("Project"))                         \
	X(PROJECT, name, TEXT, N_("Name"))                           \
	X(PROJECT, kind, TEXT, N_("Kind"))                           \
	X(PROJECT, state, TEXT, N_("State"))                         \
	X(PROJECT, okpd2, TEXT, N_("OKPD2 code"))                    \
	X(PROJECT, region, TEXT, N_("Region"))                       \
	X(PROJECT, district, TEXT, N_("Federal district"))           \
	X(PROJECT, cluster, TEXT, N_("Cluster"))                     \
	X(PROJECT, joint, BOOL, N_("Joint project"))                 \
	X(PROJECT, import_substitution, BOOL, N_("Replaces imports")) \
	X(PROJECT, passport, BOOL, N_("Has a passport"))             \
	X(PROJECT, budget, MONEY, N_("Budget"))                      \
	X(PROJECT, capex, MONEY, N_("Capital expenses"))             \
	X(PROJECT, loan, MONEY, N_("Loan"))                          \
	X(PROJECT, own_percent, NUMBER, N_("Own money, percent"))    \
	X(PROJECT, loan_months, NUMBER, N_("Months of the loan"))    \
	X(PROJECT, term_months, NUMBER, N_("Months of the project")) \
	X(PROJECT, members, NUMBER, N_("Participants"))              \
	X(PROJECT, starts, DATE, N_("Starts on"))                    \
	X(PROJECT, ends, DATE, N_("Ends on"))                        \
	X(PROJECT, in_register, BOOL, N_("Its cluster is in the register"))

#define ZV_FACTS_MEMBERS(X)                                          \
	X(MEMBERS, org, TEXT, N_("Organisation"))                    \
	X(MEMBERS, name, TEXT, N_("Name"))                           \
	X(MEMBERS, inn, TEXT, N_("INN"))                             \
	X(MEMBERS, kind, TEXT, N_("Kind"))                           \
	X(MEMBERS, role, TEXT, N_("Role"))                           \
	X(MEMBERS, region, TEXT, N_("Region"))                       \
	X(MEMBERS, district, TEXT, N_("Federal district"))           \
	X(MEMBERS, okved, TEXT, N_("Activity (OKVED2)"))             \
	X(MEMBERS, joined, DATE, N_("Joined on"))                    \
	X(MEMBERS, left, DATE, N_("Left on"))                        \
	X(MEMBERS, producing, BOOL, N_("Produces already"))          \
	X(MEMBERS, agreement, BOOL, N_("Has signed the agreement"))  \
	X(MEMBERS, relief, BOOL, N_("In a territory with reliefs"))  \
	X(MEMBERS, contracts, NUMBER, N_("Contracts inside the cluster")) \
	X(MEMBERS, shipped, MONEY, N_("Shipped"))                    \
	X(MEMBERS, bought, MONEY, N_("Bought"))                      \
	X(MEMBERS, inside_shipped, MONEY, N_("Shipped inside the cluster")) \
	X(MEMBERS, inside_bought, MONEY, N_("Bought inside the cluster")) \
	X(MEMBERS, staff, NUMBER, N_("Staff"))                       \
	X(MEMBERS, productive_jobs, NUMBER, N_("Highly productive jobs"))

#define ZV_FACTS_CONTRACTS(X)                                        \
	X(CONTRACTS, seller, TEXT, N_("Seller"))                     \
	X(CONTRACTS, buyer, TEXT, N_("Buyer"))                       \
	X(CONTRACTS, number, TEXT, N_("Number"))                     \
	X(CONTRACTS, kind, TEXT, N_("Kind"))                         \
	X(CONTRACTS, signed, DATE, N_("Signed on"))                  \
	X(CONTRACTS, until, DATE, N_("Valid until"))                 \
	X(CONTRACTS, inside, BOOL, N_("Inside the cluster"))         \
	X(CONTRACTS, sum, MONEY, N_("Sum"))

#define ZV_FACTS_DELIVERIES(X)                                       \
	X(DELIVERIES, seller, TEXT, N_("Seller"))                    \
	X(DELIVERIES, buyer, TEXT, N_("Buyer"))                      \
	X(DELIVERIES, year, NUMBER, N_("Year"))                      \
	X(DELIVERIES, inside, BOOL, N_("Inside the cluster"))        \
	X(DELIVERIES, sum, MONEY, N_("Sum"))

#define ZV_FACTS_YEARS(X)                                            \
	X(YEARS, org, TEXT, N_("Organisation"))                      \
	X(YEARS, year, NUMBER, N_("Year"))                           \
	X(YEARS, shipped, MONEY, N_("Shipped"))                      \
	X(YEARS, bought, MONEY, N_("Bought"))                        \
	X(YEARS, staff, NUMBER, N_("Staff"))                         \
	X(YEARS, productive_jobs, NUMBER, N_("Highly productive jobs"))

#define ZV_FACTS_OBJECTS(X)                                          \
	X(OBJECTS, name, TEXT, N_("Name"))                           \
	X(OBJECTS, kind, TEXT, N_("Kind"))                           \
	X(OBJECTS, region, TEXT, N_("Region"))                       \
	X(OBJECTS, technological, BOOL, N_("Technological infrastructure")) \
	X(OBJECTS, acting, BOOL, N_("Acting"))

#define ZV_FACTS_PROJECTS(X)                                         \
	X(PROJECTS, name, TEXT, N_("Name"))                          \
	X(PROJECTS, kind, TEXT, N_("Kind"))                          \
	X(PROJECTS, state, TEXT, N_("State"))                        \
	X(PROJECTS, okpd2, TEXT, N_("OKPD2 code"))                   \
	X(PROJECTS, members, NUMBER, N_("Participants"))             \
	X(PROJECTS, joint, BOOL, N_("Joint project"))                \
	X(PROJECTS, active, BOOL, N_("Under way"))                   \
	X(PROJECTS, passport, BOOL, N_("Has a passport"))            \
	X(PROJECTS, import_substitution, BOOL, N_("Replaces imports")) \
	X(PROJECTS, budget, MONEY, N_("Budget"))

#define ZV_FACTS_COSTS(X)                                            \
	X(COSTS, org, TEXT, N_("Organisation"))                      \
	X(COSTS, supplier, TEXT, N_("Supplier"))                     \
	X(COSTS, category, TEXT, N_("Category"))                     \
	X(COSTS, title, TEXT, N_("Title"))                           \
	X(COSTS, sum, MONEY, N_("Sum"))                              \
	X(COSTS, paid, DATE, N_("Paid on"))                          \
	X(COSTS, same_cluster, BOOL, N_("Both in one cluster"))      \
	X(COSTS, same_registered_cluster, BOOL, N_("Both in one cluster of the register"))

#define ZV_FACTS_DOCUMENTS(X)                                        \
	X(DOCUMENTS, kind, TEXT, N_("Kind"))                         \
	X(DOCUMENTS, attached, BOOL, N_("Attached"))                 \
	X(DOCUMENTS, signed, BOOL, N_("Signed"))

#define ZV_FACTS_RECEIVED(X)                                         \
	X(RECEIVED, measure, TEXT, N_("Measure"))                    \
	X(RECEIVED, sum, MONEY, N_("Sum"))                           \
	X(RECEIVED, on, DATE, N_("Received on"))                     \
	X(RECEIVED, year, NUMBER, N_("Year"))

enum zv_facts_table {
	ZV_FACTS_T_CLUSTER, ZV_FACTS_T_ORG, ZV_FACTS_T_PROJECT, ZV_FACTS_T_MEMBERS, ZV_FACTS_T_CONTRACTS, ZV_FACTS_T_DELIVERIES,
	ZV_FACTS_T_YEARS, ZV_FACTS_T_OBJECTS, ZV_FACTS_T_PROJECTS, ZV_FACTS_T_COSTS, ZV_FACTS_T_DOCUMENTS, ZV_FACTS_T_RECEIVED,
	ZV_FACTS_TABLES
};

#define ZV_FACTS_PLACE(table, field, ...) ZV_F_##table##_##field,
enum { ZV_FACTS_CLUSTER(ZV_FACTS_PLACE) ZV_F_CLUSTER_N };
enum { ZV_FACTS_ORG(ZV_FACTS_PLACE) ZV_F_ORG_N };
enum { ZV_FACTS_PROJECT(ZV_FACTS_PLACE) ZV_F_PROJECT_N };
enum { ZV_FACTS_MEMBERS(ZV_FACTS_PLACE) ZV_F_MEMBERS_N };
enum { ZV_FACTS_CONTRACTS(ZV_FACTS_PLACE) ZV_F_CONTRACTS_N };
enum { ZV_FACTS_DELIVERIES(ZV_FACTS_PLACE) ZV_F_DELIVERIES_N };
enum { ZV_FACTS_YEARS(ZV_FACTS_PLACE) ZV_F_YEARS_N };
enum { ZV_FACTS_OBJECTS(ZV_FACTS_PLACE) ZV_F_OBJECTS_N };
enum { ZV_FACTS_PROJECTS(ZV_FACTS_PLACE) ZV_F_PROJECTS_N };
enum { ZV_FACTS_COSTS(ZV_FACTS_PLACE) ZV_F_COSTS_N };
enum { ZV_FACTS_DOCUMENTS(ZV_FACTS_PLACE) ZV_F_DOCUMENTS_N };
enum { ZV_FACTS_RECEIVED(ZV_FACTS_PLACE) ZV_F_RECEIVED_N };

#endif
