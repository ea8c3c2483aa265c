/* Reads data/demo/ out of the program and puts it through the import, one file and one centre at a time. */
#include "app/demo.h"

#include <stdio.h>

#include "app/demo_people.h"
#include "app/packs.h"
#include "app/seed.h"
#include "base/buf.h"
#include "store/setting.h"

static const char as_of[] = "2026-03-02";
static const char actor[] = "demo";

/* The rows of one centre without the column `centre`, which is the second of the file: "E1,RU-RYA,..." gives "E1,...". */
static int64_t rows_of_centre(struct zv_buf *out, struct zv_str file, struct zv_str centre)
{
	struct zv_str line;
	int64_t rows = -1; /* the header does not count */

	while (zv_str_split(&line, &file, '\n')) {
		struct zv_str rest = line;
		struct zv_str key;
		struct zv_str of;

		if (line.n == 0 || !zv_str_split(&key, &rest, ',') || !zv_str_split(&of, &rest, ','))
			continue;
		if (rows >= 0 && !zv_str_eq(of, centre))
			continue;
		zv_buf_add_str(out, key);
		zv_buf_add_char(out, ',');
		zv_buf_add_str(out, rest);
		zv_buf_add_char(out, '\n');
		rows++;
	}
	return rows;
}

static enum zv_code add_centres(struct zv_db *db, struct zv_str file, struct zv_err *err)
{
	static const char sql[] = "INSERT INTO centre (id, code, name_ru, name_en, region) VALUES ($1, $2, $3, $4, $5)";
	struct zv_stmt *stmt;
	struct zv_str line;
	int64_t id = 0;
	enum zv_code code = zv_db_begin(db, err);

	(void)zv_str_split(&line, &file, '\n'); /* header */
	while (code == ZV_OK && zv_str_split(&line, &file, '\n')) {
		struct zv_str cell;

		if (line.n == 0)
			continue;
		code = zv_db_stmt(&stmt, db, sql, err);
		if (code != ZV_OK)
			break;
		zv_bind_int(stmt, 1, ++id);
		for (int at = 2; zv_str_split(&cell, &line, ','); at++)
			zv_bind_text(stmt, at, cell);
		code = zv_stmt_run(stmt, err);
	}
	if (code == ZV_OK)
		code = zv_setting_put(db, "as_of", zv_str_c(as_of), err);
	if (code == ZV_OK)
		code = zv_setting_put(db, "demo", ZV_STR("1"), err);
	if (code == ZV_OK)
		code = zv_db_commit(db, err);
	if (code != ZV_OK)
		zv_db_rollback(db);
	return code;
}

/* Every centre of the file `centres` imports its rows of `name`. */
static enum zv_code import_by_centres(struct zv_db *db, const char *kind, const char *name, struct zv_str centres, zv_date said_on,
				      struct zv_err *err)
{
	struct zv_str file;
	struct zv_str line;
	struct zv_buf rows;
	enum zv_code code = zv_embedded_file(&file, name, err);

	zv_buf_init(&rows, 0);
	(void)zv_str_split(&line, &centres, '\n');
	while (code == ZV_OK && zv_str_split(&line, &centres, '\n')) {
		char centre[16];
		struct zv_str of;

		if (line.n == 0 || !zv_str_split(&of, &line, ','))
			continue;
		zv_buf_reset(&rows);
		if (rows_of_centre(&rows, file, of) <= 0)
			continue;
		(void)snprintf(centre, sizeof(centre), "%.*s", ZV_STR_FMT(of));
		code = zv_embedded_import(db, kind, centre, actor, name, said_on, zv_buf_str(&rows), err);
	}
	zv_buf_done(&rows);
	return code;
}

static enum zv_code is_empty(struct zv_db *db, struct zv_err *err)
{
	static const char sql[] = "SELECT COUNT(*) FROM org";
	struct zv_stmt *stmt;
	bool row;
	int64_t n = 0;
	enum zv_code code = zv_db_stmt(&stmt, db, sql, err);

	if (code == ZV_OK)
		code = zv_stmt_step(&row, stmt, err);
	if (code != ZV_OK)
		return code;
	n = zv_col_int(stmt, 0);
	zv_stmt_reset(stmt);
	return n == 0 ? ZV_OK : zv_fail(err, ZV_E_CONFLICT, "out", N_("The database holds organisations already; give the demo world a new file."));
}

/* The cluster with its members, contracts and projects, each file after those that it names. */
static enum zv_code add_cluster(struct zv_db *db, struct zv_str centres, zv_date said_on, struct zv_err *err)
{
	static const struct {
		const char *kind, *name;
	} files[] = {
		{"enterprises", "data/demo/cluster_orgs.csv"},
		{"clusters", "data/demo/clusters.csv"},
		{"cluster-events", "data/demo/cluster_events.csv"},
		{"cluster-members", "data/demo/cluster_members.csv"},
		{"contracts", "data/demo/contracts.csv"},
		{"deliveries", "data/demo/deliveries.csv"},
		{"org-years", "data/demo/org_years.csv"},
		{"projects", "data/demo/projects.csv"},
		{"project-members", "data/demo/project_members.csv"},
		{"project-costs", "data/demo/project_costs.csv"},
		{"infra", "data/demo/infra.csv"},
		{"residents", "data/demo/residents.csv"},
	};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(files) && code == ZV_OK; i++)
		code = import_by_centres(db, files[i].kind, files[i].name, centres, said_on, err);
	return code;
}

/* What the plants of one firm make of what. */
static enum zv_code add_chains(struct zv_db *db, struct zv_str centres, zv_date said_on, struct zv_err *err)
{
	enum zv_code code = import_by_centres(db, "products", "data/demo/products.csv", centres, said_on, err);

	if (code == ZV_OK)
		code = import_by_centres(db, "recipes", "data/demo/recipes.csv", centres, said_on, err);
	return code == ZV_OK ? import_by_centres(db, "recipe-sources", "data/demo/recipe_sources.csv", centres, said_on, err) : code;
}

enum zv_code zv_demo_fill(struct zv_db *db, struct zv_err *err)
{
	struct zv_str centres;
	struct zv_str items;
	zv_date said_on = ZV_DATE_NONE;
	enum zv_code code = is_empty(db, err);

	if (code == ZV_OK)
		code = zv_embedded_file(&centres, "data/demo/centres.csv", err);
	if (code == ZV_OK)
		code = zv_embedded_file(&items, "data/demo/items.csv", err);
	if (code == ZV_OK)
		code = add_centres(db, centres, err);
	if (code != ZV_OK)
		return code;
	(void)zv_date_parse(&said_on, zv_str_c(as_of));
	code = zv_seed(db, err);
	if (code == ZV_OK)
		code = zv_packs_seed(db, true, err);
	if (code == ZV_OK)
		code = zv_embedded_import(db, "items", NULL, actor, "data/demo/items.csv", said_on, items, err);
	if (code == ZV_OK)
		code = import_by_centres(db, "enterprises", "data/demo/enterprises.csv", centres, said_on, err);
	if (code == ZV_OK)
		code = add_cluster(db, centres, said_on, err);
	if (code == ZV_OK)
		code = import_by_centres(db, "offers", "data/demo/offers.csv", centres, said_on, err);
	if (code == ZV_OK)
		code = import_by_centres(db, "capacity", "data/demo/capacity.csv", centres, said_on, err);
	if (code == ZV_OK)
		code = add_chains(db, centres, said_on, err);
	if (code == ZV_OK)
		code = import_by_centres(db, "needs", "data/demo/needs.csv", centres, said_on, err);
	if (code == ZV_OK)
		code = zv_demo_people(db, err);
	return code == ZV_OK ? zv_demo_begin(db, said_on, err) : code;
}
