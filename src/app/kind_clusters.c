/* Clusters, what happened to them, who is in them, and how many of them there are. */
#include "app/kind_rows.h"
#include "app/kinds.h"

#define CLUSTERS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), "МХК", "MHK", ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("name", "Name", "Название", NULL, NONE, \
	  N_("Name of the cluster."), "Межрегиональный химический кластер", "Interregional chemical cluster", ZV_CELL_TEXT, "name", ZV_MUST, 0, 500, NULL) \
	X("name_en", "English name", "Английское название", NULL, NONE, \
	  N_("Name in English."), NULL, NULL, ZV_CELL_TEXT, "name_en", ZV_MAY, 0, 500, NULL) \
	X("region", "Region", "Регион", NULL, REGIONS, \
	  N_("Where it is: name or code of the region."), "Омская область", "Omsk Region", ZV_CELL_REGION, "region", ZV_MAY, 0, 0, NULL) \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Who runs the cluster: INN, or key, or exact name."), "5599000050", NULL, ZV_CELL_INN, "org_id", ZV_OWN_MAY, 0, 0, NULL) \
	X("org", "Specialised organisation", "Специализированная организация", NULL, NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "АНО «Центр химического кластера»", "ANO Centre of the Chemical Cluster", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("state", "State", "Состояние", "статус", CLUSTER_STATES, \
	  N_("Empty: planned."), "в реестре", "in the register", ZV_CELL_WORD, "state", ZV_MAY, ZV_LIST_CLUSTER_STATES, 0, NULL) \
	X("state_on", "State since", "Состояние с", NULL, NONE, \
	  N_("First day of this state."), "2024-04-15", NULL, ZV_CELL_DATE, "state_on", ZV_MAY, 0, 0, NULL) \
	X("number", "Number in the register", "Номер в реестре", NULL, NONE, \
	  N_("Number of the entry."), NULL, NULL, ZV_CELL_TEXT, "number", ZV_MAY, 0, 200, NULL) \
	X("order_no", "Order", "Приказ", "номер приказа", NONE, \
	  N_("Number of the order by which it was entered."), NULL, NULL, ZV_CELL_TEXT, "order_no", ZV_MAY, 0, 200, NULL) \
	X("order_on", "Order of", "Приказ от", "дата приказа", NONE, \
	  N_("Date of the order."), NULL, NULL, ZV_CELL_DATE, "order_on", ZV_MAY, 0, 0, NULL) \
	X("edition", "Edition of the requirements", "Редакция требований", NULL, NONE, \
	  N_("Under which edition it was confirmed: 2023."), NULL, NULL, ZV_CELL_TEXT, "edition", ZV_MAY, 0, 200, NULL) \
	X("valid_until", "Valid until", "Действует до", NULL, NONE, \
	  N_("Last day of the entry."), NULL, NULL, ZV_CELL_DATE, "valid_until", ZV_MAY, 0, 0, NULL) \
	X("products", "Products", "Продукция", NULL, NONE, \
	  N_("What the cluster makes."), NULL, NULL, ZV_CELL_TEXT, "products", ZV_MAY, 0, 4000, NULL) \
	X("okpd2", "OKPD2", "ОКПД2", NULL, NONE, \
	  N_("Codes of its products, parted by semicolons."), NULL, NULL, ZV_CELL_TEXT, "okpd2", ZV_MAY, 0, 1000, NULL) \
	X("members_stated", "Members as stated", "Участников, по источнику", NULL, NONE, \
	  N_("A figure of a source that names no members."), NULL, NULL, ZV_CELL_INT, "members_stated", ZV_MAY, 0, 100000, NULL) \
	X("projects_stated", "Projects as stated", "Проектов, по источнику", NULL, NONE, \
	  N_("A figure of a source that names no projects."), NULL, NULL, ZV_CELL_INT, "projects_stated", ZV_MAY, 0, 100000, NULL) \
	X("site", "Web site", "Сайт", NULL, NONE, N_("Address in the web."), NULL, NULL, ZV_CELL_TEXT, "site", ZV_MAY, 0, 500, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column clusters_columns[] = {CLUSTERS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell clusters_cells[] = {CLUSTERS(ZV_KIND_CELL)};

static enum zv_code more_cluster(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	(void)cells;
	(void)err;
	zv_kind_check_days(im, record, "order_on", "valid_until", "valid_until");
	return ZV_OK;
}

static const struct zv_kind_rows clusters = {
	.reg = "cluster",
	.columns = clusters_columns,
	.cells = clusters_cells,
	.n = ZV_LEN(clusters_cells),
	.identity = {"name"},
	.defaults = {{"state", 1}},
	.more = more_cluster,
};

ZV_KIND_ROWS(clusters, clusters)

#define CLUSTER_EVENTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), "МХК", "MHK", ZV_CELL_ROW, "cluster_id", ZV_MUST, 0, 0, "cluster") \
	X("happened_on", "Date", "Дата", NULL, NONE, \
	  N_("The day on which it happened."), "2024-04-15", NULL, ZV_CELL_DATE, "happened_on", ZV_MUST, 0, 0, NULL) \
	X("state", "State from then on", "Состояние с этого дня", NULL, CLUSTER_STATES, \
	  N_("Empty: the state stayed."), "в реестре", "in the register", ZV_CELL_WORD, "state", ZV_MAY, ZV_LIST_CLUSTER_STATES, 0, NULL) \
	X("act", "Act", "Документ", NULL, NONE, \
	  N_("Order, letter, protocol."), "приказ", "order", ZV_CELL_TEXT, "act", ZV_MAY, 0, 500, NULL) \
	X("number", "Number", "Номер", NULL, NONE, N_("Number of the act."), NULL, NULL, ZV_CELL_TEXT, "number", ZV_MAY, 0, 200, NULL) \
	X("title", "What happened", "Что произошло", NULL, NONE, \
	  N_("In a few words."), "Включён в реестр", "Entered in the register", ZV_CELL_TEXT, "title", ZV_MUST, 0, 500, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column cluster_events_columns[] = {CLUSTER_EVENTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell cluster_events_cells[] = {CLUSTER_EVENTS(ZV_KIND_CELL)};

static const struct zv_kind_rows cluster_events = {
	.reg = "cluster_event",
	.columns = cluster_events_columns,
	.cells = cluster_events_cells,
	.n = ZV_LEN(cluster_events_cells),
	.identity = {"cluster", "happened_on", "title"},
};

ZV_KIND_ROWS(cluster_events, cluster_events)

#define CLUSTER_MEMBERS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("cluster", "Cluster", "Кластер", NULL, NONE, \
	  N_("Name, key or public id of the cluster."), "МХК", "MHK", ZV_CELL_ROW, "cluster_id", ZV_MUST, 0, 0, "cluster") \
	X("org_inn", "INN", "ИНН", "инн организации|инн участника", NONE, \
	  N_("Which organisation it is: INN, or key, or exact name."), "5599000011", NULL, ZV_CELL_INN, "org_id", ZV_MUST, 0, 0, NULL) \
	X("org", "Organisation", "Организация", "участник|предприятие", NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), "ООО «Иртыш-Синтез»", "LLC Irtysh-Sintez", ZV_CELL_NAME, NULL, ZV_MAY, 0, 0, NULL) \
	X("org_key", "Key of the organisation", "Ключ организации", NULL, NONE, \
	  N_("Key or public id of the organisation."), NULL, NULL, ZV_CELL_ORG_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("role", "Role", "Роль", NULL, MEMBER_ROLES, \
	  N_("What it is in the cluster."), "конечный производитель", "final producer", ZV_CELL_WORD, "role", ZV_MAY, ZV_LIST_MEMBER_ROLES, 0, NULL) \
	X("joined_on", "Joined on", "Вошла", "дата вступления", NONE, \
	  N_("First day as a member."), "2024-04-15", NULL, ZV_CELL_DATE, "joined_on", ZV_MAY, 0, 0, NULL) \
	X("left_on", "Left on", "Вышла", "дата выхода", NONE, \
	  N_("Last day as a member."), NULL, NULL, ZV_CELL_DATE, "left_on", ZV_MAY, 0, 0, NULL) \
	X("producing", "Produces already", "Уже производит", NULL, YES_NO, \
	  N_("Does it make the cluster's products, or parts of them, now?"), "да", "yes", ZV_CELL_WORD, "producing", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("agreement", "Has signed the agreement", "Подписала соглашение", NULL, YES_NO, \
	  N_("Has it signed the agreement on taking part?"), "да", "yes", ZV_CELL_WORD, "agreement", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("note", "Note", "Примечание", "комментарий", NONE, \
	  N_("Anything else."), NULL, NULL, ZV_CELL_TEXT, "note", ZV_MAY, 0, 4000, NULL)

static const struct zv_import_column cluster_members_columns[] = {CLUSTER_MEMBERS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell cluster_members_cells[] = {CLUSTER_MEMBERS(ZV_KIND_CELL)};

static enum zv_code more_member(struct zv_import *im, struct zv_record *record, const struct zv_str *cells, struct zv_err *err)
{
	(void)cells;
	(void)err;
	zv_kind_check_days(im, record, "joined_on", "left_on", "left_on");
	return ZV_OK;
}

static const struct zv_kind_rows cluster_members = {
	.reg = "cluster_member",
	.columns = cluster_members_columns,
	.cells = cluster_members_cells,
	.n = ZV_LEN(cluster_members_cells),
	.identity = {"cluster", "org_inn"},
	.more = more_member,
};

ZV_KIND_ROWS(cluster_members, cluster_members)

#define CLUSTER_COUNTS(X) \
	X("key", "Key", "Ключ", "код|id|source_key", NONE, \
	  N_("Your own key of the row; it finds the row again in the next file."), NULL, NULL, ZV_CELL_KEY, NULL, ZV_MAY, 0, 0, NULL) \
	X("counted_on", "Date", "Дата", NULL, NONE, \
	  N_("The day for which the number holds."), "2024-05-31", NULL, ZV_CELL_DATE, "counted_on", ZV_MUST, 0, 0, NULL) \
	X("number", "Number", "Число", NULL, NONE, N_("How many clusters."), "54", NULL, ZV_CELL_INT, "number", ZV_MUST, 0, 100000, NULL) \
	X("expected", "Expected", "Ожидается", NULL, YES_NO, \
	  N_("Yes: a plan or forecast, not a count."), "нет", "no", ZV_CELL_WORD, "expected", ZV_MAY, ZV_LIST_YES_NO, 0, NULL) \
	X("scope", "What is counted", "Что посчитано", NULL, NONE, \
	  N_("In the register, planned, in regions."), "в реестре", "in the register", ZV_CELL_TEXT, "scope", ZV_MAY, 0, 500, NULL) \
	X("source", "Source", "Источник", NULL, NONE, \
	  N_("Who said it, where and when."), NULL, NULL, ZV_CELL_TEXT, "source", ZV_MAY, 0, 1000, NULL)

static const struct zv_import_column cluster_counts_columns[] = {CLUSTER_COUNTS(ZV_KIND_COLUMN)};
static const struct zv_kind_cell cluster_counts_cells[] = {CLUSTER_COUNTS(ZV_KIND_CELL)};

static const struct zv_kind_rows cluster_counts = {
	.reg = "cluster_count",
	.columns = cluster_counts_columns,
	.cells = cluster_counts_cells,
	.n = ZV_LEN(cluster_counts_cells),
	.identity = {"counted_on", "expected", "scope"},
	.defaults = {{"expected", 0}},
};

ZV_KIND_ROWS(cluster_counts, cluster_counts)
