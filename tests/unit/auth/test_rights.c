/* The table of rights against a matrix written by hand, for every action, role and place of the object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/rights.h"

enum { OWN_CENTRE = 3, OTHER_CENTRE = 4, OWN_ORG = 70, OTHER_ORG = 71 };

/* One letter a role, in the order public admin operator buyer maker institute cluster analyst investor local: - s o c a. */
static const struct {
	const char *action;
	const char *cells;
} written[] = {
	{"public.read", "aaaaaaaaaa"},	   {"session", "aaaaaaaaaa"},	      {"account.own", "-aaaaaaaaa"},	 {"reference.read", "-aaaaaaaaa"},
	{"reference.write", "-a-------a"}, {"org.read", "-scooooasa"},	      {"org.write", "--coooo--a"},	 {"org.merge", "--c------a"},
	{"need.read", "--cooooasa"},	   {"need.write", "--coooo--a"},      {"need.publish", "--coooo--a"},	 {"need.confirm", "--coooo--a"},
	{"offer.read", "--aooooa-a"},	   {"offer.write", "--c-ooo--a"},     {"match.read", "--cooooa-a"},	 {"lot.read", "--cooooa-a"},
	{"lot.run", "--a------a"},	   {"import", "-ocoooo--a"},	      {"export", "-ocooooa-a"},		 {"duplicate", "--c------a"},
	{"scouting.start", "--c------a"},  {"scouting.answer", "--c------a"}, {"scouting.read", "--cooooa-a"},	 {"contact.ask", "----ooo--a"},
	{"contact.decide", "---oooo--a"},  {"disclosure.read", "--cooooa-a"}, {"task", "-ocooooooa"},		 {"approve", "-ac------a"},
	{"account.read", "-ac------a"},	   {"account.write", "-ac------a"},   {"audit.read", "-acoooo--a"},	 {"setting.write", "-a-------a"},
	{"cluster.read", "-aaaaaaaaa"}, {"cluster.write", "--c---o--a"}, {"contract.read", "--cooooa-a"}, {"contract.write", "--coooo--a"},
	{"rules.read", "-aaaaaaaaa"}, {"rules.write", "-ac---o--a"}, {"check", "--c---oa-a"}, {"support.read", "--cooooa-a"},
	{"invite", "--c---o--a"}, {"application.read", "--c---oa-a"}, {"application.write", "------o--a"}, {"application.review", "-------a-a"},
	{"plan.read", "--a----a-a"}, {"plan.run", "-------a-a"}, {"scenario", "--oooooo-a"},
};

static const char *cells_of(enum zv_action action)
{
	for (size_t i = 0; i < ZV_LEN(written); i++)
		if (strcmp(written[i].action, zv_action_name(action)) == 0)
			return written[i].cells;
	fail_msg("the action %s is in no line of the matrix of this test", zv_action_name(action));
	return NULL;
}

static struct zv_who person(enum zv_role role)
{
	struct zv_who who;

	zv_who_public(&who, ZV_STR("127.0.0.1"));
	if (role == ZV_ROLE_PUBLIC)
		return who;
	who.n_grants = 1;
	who.grants[0] = (struct zv_grant){role, OWN_CENTRE, OWN_ORG};
	return who;
}

static void every_action_reaches_for_every_role_as_far_as_is_written(void **state)
{
	static const char letters[] = {[ZV_REACH_NONE] = '-', [ZV_REACH_SHAPE] = 's', [ZV_REACH_ORG] = 'o', [ZV_REACH_CENTRE] = 'c', [ZV_REACH_ALL] = 'a'};

	(void)state;
	assert_int_equal(ZV_LEN(written), ZV_ACTION_COUNT);
	for (int action = 0; action < ZV_ACTION_COUNT; action++)
		for (int role = 0; role < ZV_ROLES; role++)
			if (letters[zv_rights_reach((enum zv_role)role, (enum zv_action)action)] != cells_of((enum zv_action)action)[role])
				fail_msg("%s for %s is not '%c'", zv_action_name((enum zv_action)action), zv_role_name((enum zv_role)role),
					 cells_of((enum zv_action)action)[role]);
}

static bool expected(char cell, struct zv_object object)
{
	bool own_org = object.org_id == OWN_ORG, own_centre = object.centre_id == OWN_CENTRE;

	return cell == 'a' || (cell == 'c' && (own_centre || own_org)) || (cell == 'o' && own_org);
}

static void objects_are_reached_by_centre_and_organisation_and_no_further(void **state)
{
	static const struct zv_object objects[] = {{OWN_CENTRE, OWN_ORG},     {OWN_CENTRE, OTHER_ORG}, {OTHER_CENTRE, OWN_ORG}, {OTHER_CENTRE, OTHER_ORG},
						   {OWN_CENTRE, 0},	      {OTHER_CENTRE, 0},       {-1, OWN_ORG},		{-1, OTHER_ORG},
						   {-1, 0},		      {0, 0}};

	(void)state;
	for (int action = 0; action < ZV_ACTION_COUNT; action++)
		for (int role = 0; role < ZV_ROLES; role++)
			for (size_t i = 0; i < ZV_LEN(objects); i++) {
				struct zv_who who = person((enum zv_role)role);
				char cell = cells_of((enum zv_action)action)[role];
				struct zv_err err;

				assert_int_equal(zv_may(&who, (enum zv_action)action, objects[i]), expected(cell, objects[i]));
				assert_int_equal(zv_may_some(&who, (enum zv_action)action), cell != '-');
				assert_int_equal(zv_rights_need(&who, (enum zv_action)action, objects[i], &err),
						 expected(cell, objects[i]) ? ZV_OK : ZV_E_DENIED);
			}
}

static void an_operator_of_every_centre_reaches_every_centre(void **state)
{
	struct zv_who who = person(ZV_ROLE_OPERATOR);

	(void)state;
	who.grants[0].centre_id = -1;
	who.grants[0].org_id = 0;
	assert_true(zv_may(&who, ZV_DO_NEED_WRITE, (struct zv_object){OTHER_CENTRE, OTHER_ORG}));
	assert_true(zv_may(&who, ZV_DO_NEED_READ, (struct zv_object){-1, 0}));
	assert_true(zv_who_is_operator_of(&who, OTHER_CENTRE));
	who.grants[0].centre_id = OWN_CENTRE;
	assert_false(zv_who_is_operator_of(&who, OTHER_CENTRE));
}

static void somebody_without_an_organisation_owns_nothing_of_no_organisation(void **state)
{
	struct zv_who who = person(ZV_ROLE_BUYER);

	(void)state;
	who.grants[0].org_id = 0;
	assert_false(zv_may(&who, ZV_DO_NEED_WRITE, (struct zv_object){OWN_CENTRE, 0}));
	assert_false(zv_who_is_of_org(&who, 0));
}

static void two_grants_add_up(void **state)
{
	struct zv_who who = person(ZV_ROLE_BUYER);

	(void)state;
	who.n_grants = 2;
	who.grants[1] = (struct zv_grant){ZV_ROLE_MAKER, -1, OTHER_ORG};
	assert_true(zv_may(&who, ZV_DO_OFFER_WRITE, (struct zv_object){-1, OTHER_ORG}));
	assert_false(zv_may(&who, ZV_DO_OFFER_WRITE, (struct zv_object){-1, OWN_ORG})); /* a buyer there */
	assert_int_equal(zv_who_role(&who), ZV_ROLE_BUYER);
	assert_int_equal(zv_who_org(&who), OWN_ORG);
}

static void a_token_does_no_more_than_its_scopes(void **state)
{
	struct zv_who who = person(ZV_ROLE_OPERATOR);
	struct zv_err err;

	(void)state;
	who.by_token = true;
	who.scopes[0] = who.scopes[1] = 0;
	who.scopes[ZV_DO_NEED_READ / 64] |= (uint64_t)1 << (ZV_DO_NEED_READ % 64);
	for (int action = 0; action < ZV_ACTION_COUNT; action++)
		assert_int_equal(zv_may_some(&who, (enum zv_action)action), action == ZV_DO_NEED_READ);
	assert_true(zv_may(&who, ZV_DO_NEED_READ, (struct zv_object){OWN_CENTRE, 0}));
	assert_int_equal(zv_rights_need_some(&who, ZV_DO_NEED_WRITE, &err), ZV_E_DENIED);
	assert_non_null(strstr(err.text, "need.write"));
}

static void names_of_actions_and_roles_are_read_back(void **state)
{
	enum zv_action action;
	enum zv_role role;

	(void)state;
	for (int i = 0; i < ZV_ACTION_COUNT; i++) {
		assert_true(zv_action_parse(&action, zv_str_c(zv_action_name((enum zv_action)i))));
		assert_int_equal(action, i);
	}
	for (int i = 0; i < ZV_ROLES; i++) {
		assert_true(zv_role_parse(&role, zv_str_c(zv_role_name((enum zv_role)i))));
		assert_int_equal(role, i);
	}
	assert_false(zv_action_parse(&action, ZV_STR("need.reads")));
	assert_false(zv_role_parse(&role, ZV_STR("Operator")));
}

static void a_second_person_is_for_things_of_others(void **state)
{
	struct zv_who operator= person(ZV_ROLE_OPERATOR), buyer = person(ZV_ROLE_BUYER), admin = person(ZV_ROLE_ADMIN);

	(void)state;
	operator.grants[0].org_id = admin.grants[0].org_id = 0;
	assert_true(zv_rights_second(&operator, ZV_DO_NEED_PUBLISH, (struct zv_object){OWN_CENTRE, OTHER_ORG}));
	assert_true(zv_rights_second(&operator, ZV_DO_ORG_MERGE, (struct zv_object){OWN_CENTRE, OTHER_ORG}));
	assert_false(zv_rights_second(&operator, ZV_DO_NEED_WRITE, (struct zv_object){OWN_CENTRE, OTHER_ORG}));
	assert_false(zv_rights_second(&buyer, ZV_DO_NEED_PUBLISH, (struct zv_object){OWN_CENTRE, OWN_ORG}));
	assert_false(zv_rights_second(&admin, ZV_DO_SETTING_WRITE, (struct zv_object){-1, 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_action_reaches_for_every_role_as_far_as_is_written),
		cmocka_unit_test(objects_are_reached_by_centre_and_organisation_and_no_further),
		cmocka_unit_test(an_operator_of_every_centre_reaches_every_centre),
		cmocka_unit_test(somebody_without_an_organisation_owns_nothing_of_no_organisation),
		cmocka_unit_test(two_grants_add_up),
		cmocka_unit_test(a_token_does_no_more_than_its_scopes),
		cmocka_unit_test(names_of_actions_and_roles_are_read_back),
		cmocka_unit_test(a_second_person_is_for_things_of_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
