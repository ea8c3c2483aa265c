/* The large demo world: as many clusters and projects as it says, the same ones every time, and each kind of fault among them. */
#include "fixture.h"

#include "app/demo.h"
#include "app/demo_large.h"
#include "base/date.h"

static void fill(void)
{
	OK(zv_demo_fill(fx.db, &fx.err));
	OK(zv_demo_large(fx.db, zv_date_from_civil(2026, 3, 2), &fx.err));
}

#define OF_LARGE "c.state = 2 AND c.source_key LIKE 'LC%'"
#define MEMBERS "(SELECT COUNT(*) FROM cluster_member m WHERE m.cluster_id = c.id"

static void it_has_48_clusters_with_138_joint_projects(void **state)
{
	(void)state;
	fill();
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE), ZV_DEMO_LARGE_CLUSTERS);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM project p JOIN cluster c ON c.id = p.cluster_id WHERE p.kind = 1 AND " OF_LARGE), ZV_DEMO_LARGE_PROJECTS);
	assert_int_equal(fixture_number("SELECT COUNT(DISTINCT c.centre_id) FROM cluster c WHERE " OF_LARGE), 12);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM dup_pair WHERE verdict = 0 AND row_text LIKE '%(демо)%'"), 0);
}

static void every_kind_of_fault_is_among_them(void **state)
{
	(void)state;
	fill();
	assert_true(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE " AND " MEMBERS ") < 10") >= 4);
	assert_true(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE " AND " MEMBERS " AND m.role = 4) = 0") >= 4);
	assert_true(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE " AND " MEMBERS
				   " AND NOT EXISTS (SELECT 1 FROM contract d WHERE d.seller_id = m.org_id OR d.buyer_id = m.org_id)) = 1") >= 4);
	assert_true(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE
				   " AND (SELECT COUNT(*) FROM resident r WHERE r.cluster_id = c.id) = 1") >= 4);
	assert_int_equal(fixture_number("SELECT COUNT(*) FROM cluster c WHERE " OF_LARGE
					" AND EXISTS (SELECT 1 FROM cluster_member m WHERE m.cluster_id = c.id"
					" AND NOT EXISTS (SELECT 1 FROM org_year y WHERE y.org_id = m.org_id))"), 4);
}

static void it_is_the_same_every_time(void **state)
{
	int64_t sums[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		if (i > 0) {
			assert_int_equal(fixture_close(state), 0);
			assert_int_equal(fixture_open(state), 0);
		}
		fill();
		sums[i] = fixture_number("SELECT CAST(SUM(sum_kop) AS BIGINT) FROM delivery") + fixture_number("SELECT CAST(SUM(shipped_kop) AS BIGINT) FROM org_year");
	}
	assert_int_equal(sums[0], sums[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(it_has_48_clusters_with_138_joint_projects),
		FIXTURE_TEST(every_kind_of_fault_is_among_them),
		FIXTURE_TEST(it_is_the_same_every_time),
	};

	return fixture_run("contract/demo_large", tests, sizeof(tests) / sizeof(*tests));
}
