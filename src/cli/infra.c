/* zveno infra find. */
#include "app/infra_search.h"

#include "base/tr.h"
#include "cli/say.h"
#include "cli/table.h"
#include "cli/work.h"

static const struct zv_table_column columns[] = {
	{"infra", N_("Object"), ZV_TABLE_TEXT},	     {"region", N_("Region"), ZV_TABLE_TEXT}, {"fits", N_("Fits"), ZV_TABLE_TEXT},
	{"distance_km", N_("km"), ZV_TABLE_NUMBER}, {"why", N_("Why"), ZV_TABLE_TEXT},
};

/* What does not fit, or must be asked: both values. */
static struct zv_str why(const struct zv_infra_place *place, struct zv_arena *arena)
{
	struct zv_str text = ZV_STR("");

	for (size_t i = 0; i < place->n_checks; i++) {
		const struct zv_infra_check *check = &place->checks[i];

		if (check->truth == ZV_INFRA_PASS)
			continue;
		text = zv_arena_strf(arena, zv_tr(N_("%.*s%s%s: needed %.*s, there is %.*s")), ZV_STR_FMT(text), text.n > 0 ? "; " : "",
				     zv_tr(zv_infra_check_label(check->kind)), ZV_STR_FMT(check->need),
				     ZV_STR_FMT(check->have.n > 0 ? check->have : zv_str_c(zv_tr(N_("not stated, ask")))));
	}
	return text;
}

static enum zv_code read_ask(struct zv_infra_ask *ask, const struct zv_cli *cli, struct zv_err *err)
{
	int64_t class = -1, limit = 0;
	const struct {
		const char *name;
		int64_t *to;
		int64_t min;
	} numbers[] = {{"land", &ask->land_m2, 0},	{"floor", &ask->floor_m2, 0}, {"power", &ask->power_kw, 0}, {"gas", &ask->gas_m3h, 0},
		       {"water", &ask->water_m3d, 0}, {"class", &class, 1},	       {"limit", &limit, 1}};
	enum zv_code code = ZV_OK;

	for (size_t i = 0; i < ZV_LEN(numbers) && code == ZV_OK; i++)
		code = zv_cli_option_int(numbers[i].to, cli, numbers[i].name, numbers[i].min, err);
	if (code == ZV_OK && class > 5)
		code = zv_fail(err, ZV_E_INVALID, "class", N_("Sanitary classes are 1 to 5, 1 the most dangerous."));
	ask->hazard_class = (int)class;
	ask->limit = (size_t)limit;
	ask->project = zv_str_c(zv_cli_option(cli, "project"));
	ask->region = zv_str_c(zv_cli_option(cli, "region"));
	ask->near = zv_str_c(zv_cli_option(cli, "near"));
	ask->services = zv_str_c(zv_cli_option(cli, "services"));
	if (zv_cli_flag(cli, "rail"))
		ask->rail = 1;
	if (zv_cli_flag(cli, "technological"))
		ask->technological = 1;
	return code;
}

static enum zv_code find(struct zv_work *work, struct zv_err *err)
{
	static const char *const words[] = {"no", "ask", "yes"};
	static const char *const labels[] = {N_("no"), N_("ask"), N_("yes")};
	struct zv_infra_ask ask = ZV_INFRA_ASK_NONE;
	struct zv_infra_found found;
	struct zv_table table;
	enum zv_code code = read_ask(&ask, work->cli, err);

	if (code == ZV_OK)
		code = zv_infra_search(&found, work->db, work->who, &ask, work->arena, err);
	if (code != ZV_OK)
		return code;
	if (!work->cli->json)
		zv_say(work->cli->out, N_("Fit: %lld, to be asked: %lld, do not fit: %lld"), (long long)found.n_fits, (long long)found.n_unknown,
		       (long long)found.n_unfit);
	zv_table_init(&table, work->cli, columns, ZV_LEN(columns));
	for (size_t i = 0; i < found.n; i++) {
		const struct zv_infra_place *place = &found.places[i];
		struct zv_cell cells[ZV_LEN(columns)];

		cells[0] = zv_table_text(place->name);
		cells[0].machine = place->uid;
		cells[1] = place->region.n > 0 ? zv_table_text(place->region) : zv_table_null();
		cells[2] = zv_table_c(zv_tr(labels[place->fits]));
		cells[2].machine = zv_str_c(words[place->fits]);
		cells[3] = place->km < 0 ? zv_table_null() : zv_table_int(place->km, &table.arena);
		cells[4] = zv_table_text(why(place, &table.arena));
		if (!zv_table_row(&table, cells))
			break;
	}
	return zv_table_done(&table, zv_tr(N_("The register of infrastructure is empty.")), err);
}

static enum zv_code run(struct zv_cli *cli, struct zv_err *err)
{
	return zv_work_read(cli, find, err);
}

static const struct zv_cli_option options[] = {
	{"project", "PROJECT", N_("whose needs are asked for: public id or key")},
	{"region", "REGION", N_("only there")},
	{"near", "REGION", N_("from where distances are counted")},
	{"land", "M2", N_("free land, m²")},
	{"floor", "M2", N_("free floor, m²")},
	{"power", "KW", N_("electric power, kW")},
	{"gas", "M3H", N_("gas, m³/h")},
	{"water", "M3D", N_("water, m³/day")},
	{"rail", NULL, N_("a railway siding")},
	{"class", "N", N_("sanitary class, 1 the most dangerous")},
	{"services", "WORDS", N_("services, parted by commas")},
	{"technological", NULL, N_("technological infrastructure only")},
	{"limit", "N", N_("how many objects are shown (50)")},
	{0},
};

const struct zv_cli_command zv_cmd_infra_find = {
	.name = "infra find",
	.args = "",
	.help = N_("Find where a project can stand: what is needed against what is free"),
	.options = options,
	.action = ZV_CLI_DO(CLUSTER_READ),
	.run = run,
};
