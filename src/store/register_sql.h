/* Pastes the constant SQL of a register out of the list of its columns. Only the files of the registers include this. */
#ifndef ZV_STORE_REGISTER_SQL_H
#define ZV_STORE_REGISTER_SQL_H

/*
 * COLUMNS(X) is a list of X(name, .type = ..., .label = ...): it becomes the table of columns by ZV_COLUMN and the names in
 * SQL by ZV_COLUMN_SQL, so that both stand in one order.
 */
#define ZV_COLUMN(column, ...) {.name = #column, __VA_ARGS__},
#define ZV_COLUMN_SQL(column, ...) ", " #column

/* A column that refers to `parent`; its table and the number of its register are needed to find who uses what a batch made. */
#define ZV_REF(table, entity_text, column, parent)                                                                             \
	.type = ZV_COL_REF, .ref = parent,                                                                                      \
	.sql_users = "SELECT u FROM (SELECT COALESCE((SELECT f.batch_id FROM fact f WHERE f.entity = " entity_text              \
		     " AND f.row_id = c.id AND f.field = '" column "' AND f.state = 1), c.batch_id) AS u"                       \
		     " FROM " parent " p JOIN " table " c ON c." column " = p.id WHERE p.batch_id = $1) AS users"               \
		     " WHERE u <> $1 LIMIT $2"

#define ZV_FRAME_SQL "id, centre_id, uid, source_key, batch_id, line, said_on, status"

/* An update names `line` before the columns (with its own value) only because each of the columns begins with a comma. */
#define ZV_REGISTER_SQL(table, entity_text, columns_sql, n) ZV_REGISTER_LIVE_SQL(table, entity_text, columns_sql, n, "", "")

/* The same for a table of which some rows stand for nothing any more: `and_live`, `where_live` are the condition on those that do. */
#define ZV_REGISTER_LIVE_SQL(table, entity_text, columns_sql, n, and_live, where_live)                                                                         \
	.sql_insert = "INSERT INTO " table " (" ZV_FRAME_SQL columns_sql ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8" ZV_INSERT_##n ")", \
	.sql_update = "UPDATE " table " SET (line" columns_sql ") = ($2" ZV_UPDATE_##n ") WHERE id = $1",                       \
	.sql_by_key = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE centre_id = $1 AND source_key = $2",            \
	.sql_by_id = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE id = $1",                                        \
	.sql_by_uid = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE uid = $1",                                      \
	.sql_page = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE id > $1" and_live " ORDER BY id LIMIT $2",        \
	.sql_every = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE id > $1 ORDER BY id LIMIT $2",                   \
	.sql_count = "SELECT COUNT(*) FROM " table where_live,                                                                  \
	.sql_ids_of_batch = "SELECT id FROM " table " WHERE batch_id = $1 ORDER BY id",                                         \
	.sql_batch_page = "SELECT MAX(id) FROM (SELECT id FROM " table " WHERE batch_id = $1 AND id > $2 ORDER BY id LIMIT $3)"  \
			  " AS page",                                                                                          \
	.sql_batch_rows = "SELECT " ZV_FRAME_SQL columns_sql " FROM " table " WHERE batch_id = $1 AND id > $2 AND id <= $3",    \
	.sql_delete_batch = "DELETE FROM " table " WHERE batch_id = $1 AND id > $2 AND id <= $3",                               \
	.sql_changers = "SELECT f.batch_id FROM " table " r JOIN fact f ON f.entity = " entity_text " AND f.row_id = r.id"      \
			" WHERE r.batch_id = $1 AND f.batch_id <> $1 AND f.state <> 4 LIMIT $2"

/* The parameters of n columns, after those of the frame. */
#define ZV_INSERT_1 ", $9"
#define ZV_INSERT_2 ZV_INSERT_1 ", $10"
#define ZV_INSERT_3 ZV_INSERT_2 ", $11"
#define ZV_INSERT_4 ZV_INSERT_3 ", $12"
#define ZV_INSERT_5 ZV_INSERT_4 ", $13"
#define ZV_INSERT_6 ZV_INSERT_5 ", $14"
#define ZV_INSERT_7 ZV_INSERT_6 ", $15"
#define ZV_INSERT_8 ZV_INSERT_7 ", $16"
#define ZV_INSERT_9 ZV_INSERT_8 ", $17"
#define ZV_INSERT_10 ZV_INSERT_9 ", $18"
#define ZV_INSERT_11 ZV_INSERT_10 ", $19"
#define ZV_INSERT_12 ZV_INSERT_11 ", $20"
#define ZV_INSERT_13 ZV_INSERT_12 ", $21"
#define ZV_INSERT_14 ZV_INSERT_13 ", $22"
#define ZV_INSERT_15 ZV_INSERT_14 ", $23"
#define ZV_INSERT_16 ZV_INSERT_15 ", $24"
#define ZV_INSERT_17 ZV_INSERT_16 ", $25"
#define ZV_INSERT_18 ZV_INSERT_17 ", $26"
#define ZV_INSERT_19 ZV_INSERT_18 ", $27"
#define ZV_INSERT_20 ZV_INSERT_19 ", $28"
#define ZV_INSERT_21 ZV_INSERT_20 ", $29"
#define ZV_INSERT_22 ZV_INSERT_21 ", $30"
#define ZV_INSERT_23 ZV_INSERT_22 ", $31"
#define ZV_INSERT_24 ZV_INSERT_23 ", $32"
#define ZV_INSERT_25 ZV_INSERT_24 ", $33"
#define ZV_INSERT_26 ZV_INSERT_25 ", $34"
#define ZV_INSERT_27 ZV_INSERT_26 ", $35"
#define ZV_INSERT_28 ZV_INSERT_27 ", $36"
#define ZV_INSERT_29 ZV_INSERT_28 ", $37"
#define ZV_INSERT_30 ZV_INSERT_29 ", $38"
#define ZV_INSERT_31 ZV_INSERT_30 ", $39"
#define ZV_INSERT_32 ZV_INSERT_31 ", $40"

#define ZV_UPDATE_1 ", $3"
#define ZV_UPDATE_2 ZV_UPDATE_1 ", $4"
#define ZV_UPDATE_3 ZV_UPDATE_2 ", $5"
#define ZV_UPDATE_4 ZV_UPDATE_3 ", $6"
#define ZV_UPDATE_5 ZV_UPDATE_4 ", $7"
#define ZV_UPDATE_6 ZV_UPDATE_5 ", $8"
#define ZV_UPDATE_7 ZV_UPDATE_6 ", $9"
#define ZV_UPDATE_8 ZV_UPDATE_7 ", $10"
#define ZV_UPDATE_9 ZV_UPDATE_8 ", $11"
#define ZV_UPDATE_10 ZV_UPDATE_9 ", $12"
#define ZV_UPDATE_11 ZV_UPDATE_10 ", $13"
#define ZV_UPDATE_12 ZV_UPDATE_11 ", $14"
#define ZV_UPDATE_13 ZV_UPDATE_12 ", $15"
#define ZV_UPDATE_14 ZV_UPDATE_13 ", $16"
#define ZV_UPDATE_15 ZV_UPDATE_14 ", $17"
#define ZV_UPDATE_16 ZV_UPDATE_15 ", $18"
#define ZV_UPDATE_17 ZV_UPDATE_16 ", $19"
#define ZV_UPDATE_18 ZV_UPDATE_17 ", $20"
#define ZV_UPDATE_19 ZV_UPDATE_18 ", $21"
#define ZV_UPDATE_20 ZV_UPDATE_19 ", $22"
#define ZV_UPDATE_21 ZV_UPDATE_20 ", $23"
#define ZV_UPDATE_22 ZV_UPDATE_21 ", $24"
#define ZV_UPDATE_23 ZV_UPDATE_22 ", $25"
#define ZV_UPDATE_24 ZV_UPDATE_23 ", $26"
#define ZV_UPDATE_25 ZV_UPDATE_24 ", $27"
#define ZV_UPDATE_26 ZV_UPDATE_25 ", $28"
#define ZV_UPDATE_27 ZV_UPDATE_26 ", $29"
#define ZV_UPDATE_28 ZV_UPDATE_27 ", $30"
#define ZV_UPDATE_29 ZV_UPDATE_28 ", $31"
#define ZV_UPDATE_30 ZV_UPDATE_29 ", $32"
#define ZV_UPDATE_31 ZV_UPDATE_30 ", $33"
#define ZV_UPDATE_32 ZV_UPDATE_31 ", $34"

#endif
