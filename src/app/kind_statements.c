/* What is stated for the rules, and the support that was received. */
#include "app/kind_rows.h"
#include "app/kinds.h"

#define STATEMENTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Of whom it is said: INN, or key, or exact name; empty where it is said of a project or a cluster."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_MAY, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("project", "Project", "Проект", NULL, NONE, \
	  N_("Name, key or public id of the project."), NULL, NULL, ZV_CELL_ROW, "project_id", ZV_MAY, 0, 0, "project") \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), NULL, NULL, ZV_CELL_ROW, "cluster_id", ZV_MAY, 0, 0, "cluster") \
	X("name", "Fact", "Показатель", NULL, NONE, \
	  N_("Short name of the fact, as the pack of rules asks for it."), "org.atr_qualified", NULL, ZV_CELL_TEXT, "name", ZV_MUST, 0, 100, NULL) \
	X("value", "Value", "Значение", NULL, NONE, \
	  N_("yes, no, a number, a sum with ₽, a date or a text."), "yes", NULL, ZV_CELL_TEXT, "value", ZV_MUST, 0, 2000, NULL) \
	X("document", "Document", "Документ", NULL, NONE, \
	  N_("What proves it: number and date."), NULL, NULL, ZV_CELL_TEXT, "document", ZV_MAY, 0, 1000, NULL)

static const struct zv_import_column statements_columns[] = {STATEMENTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell statements_cells[] = {STATEMENTS(ZV_KIND_CELL)};

static const struct zv_kind_rows statements;

/* "org.atr_qualified": what packs of rules can ask for. */
static bool is_fact(struct zv_str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '_' || name.p[i] == '.'))
			return false;
	return name.n > 0;
}

static enum zv_code more_statement(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	struct zv_str name = zv_kind_cell_of(&statements, cells, "name");
	int of = zv_kind_cell_of(&statements, cells, "project").n > 0;

	(void)im;
	(void)record;
	of += zv_kind_cell_of(&statements, cells, "cluster").n > 0;
	of += zv_kind_cell_of(&statements, cells, "org_inn").n + zv_kind_cell_of(&statements, cells, "org").n +
		      zv_kind_cell_of(&statements, cells, "org_key").n > 0;
	if (of != 1)
		return zv_fail(err, ZV_E_INVALID, "org_inn", N_("Say of one thing what it is about: an organisation, a project or a cluster."));
	if (!is_fact(name))
		return zv_fail(err, ZV_E_INVALID, "name", N_("“%.*s” is not the short name of a fact: small Latin letters, digits, points and _."),
			       ZV_STR_FMT(zv_str_first(name, 60)));
	return ZV_OK;
}

static const struct zv_kind_rows statements = {
	.reg = "statement",
	.columns = statements_columns,
	.cells = statements_cells,
	.n = ZV_LEN(statements_cells),
	.identity = {"org_inn", "project", "cluster", "name"},
	.more = more_statement,
};

ZV_KIND_ROWS(statements, statements)

#define RECEIVED(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_OWN, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("measure", "Measure", "Мера", NULL, NONE, \
	  N_("Short name of the measure of support."), "CL_START_BATCH", NULL, ZV_CELL_TEXT, "measure", ZV_MUST, 0, 100, NULL) \
	X("project", "Project", "Проект", NULL, NONE, \
	  N_("Name, key or public id of the project."), NULL, NULL, ZV_CELL_ROW, "project_id", ZV_MAY, 0, 0, "project") \
	X("sum", "Sum, ₽", "Сумма, ₽", NULL, NONE, \
	  N_("How much was received."), "5 000 000", NULL, ZV_CELL_MONEY, "sum_kop", ZV_MUST, 0, 0, NULL) \
	X("received_on", "Received on", "Дата получения", NULL, NONE, \
	  N_("The day."), "2025-11-20", NULL, ZV_CELL_DATE, "received_on", ZV_MAY, 0, 0, NULL) \
	X("document", "Document", "Документ", NULL, NONE, \
	  N_("Number and date of the agreement."), NULL, NULL, ZV_CELL_TEXT, "document", ZV_MAY, 0, 1000, NULL)

static const struct zv_import_column received_columns[] = {RECEIVED(ZV_KIND_COLUMN)};
static const struct zv_kind_cell received_cells[] = {RECEIVED(ZV_KIND_CELL)};

static const struct zv_kind_rows received = {
	.reg = "received",
	.columns = received_columns,
	.cells = received_cells,
	.n = ZV_LEN(received_cells),
	.identity = {"org_inn", "measure", "project", "received_on", "sum"},
};

ZV_KIND_ROWS(received, received)
