/* Columns that several own templates have, written once: who and what. */
#ifndef ZV_APP_KIND_COLUMNS_H
#define ZV_APP_KIND_COLUMNS_H

#define ZV_COLUMN_KEY(examples)                                                                                            \
	{ "key", "Key", "Ключ", "код|id|source_key|номер", false, ZV_LIST_NONE,                                           \
	  N_("Your own key of the row; it finds the row again in the next file."), examples, NULL }

#define ZV_COLUMN_ORG_INN(examples)                                                                                        \
	{ "org_inn", "INN", "ИНН", "инн организации|инн предприятия|inn of the organisation", false, ZV_LIST_NONE,        \
	  N_("Whose row it is: INN, or key, or exact name."), examples, NULL }

#define ZV_COLUMN_ORG(examples, examples_en)                                                                               \
	{ "org", "Organisation", "Организация", "предприятие|изготовитель|поставщик|maker|enterprise", false, ZV_LIST_NONE, \
	  N_("Name; with an INN that is not in the register yet, the organisation is added."), examples, examples_en }

#define ZV_COLUMN_ORG_KEY                                                                                                  \
	{ "org_key", "Key of the organisation", "Ключ организации", NULL, false, ZV_LIST_NONE,                            \
	  N_("Key or public id of the organisation."), NULL, NULL }

#define ZV_COLUMN_ITEM(examples, examples_en)                                                                              \
	{ "item", "Item", "Наименование", "товар|продукция|name|название", false, ZV_LIST_NONE,                           \
	  N_("Name, synonym or CAS number. A name that is not in the register yet adds the item."), examples, examples_en }

#define ZV_COLUMN_CAS(examples)                                                                                            \
	{ "cas", "CAS number", "CAS", "номер cas", false, ZV_LIST_NONE, N_("CAS registry number; it beats the name."), examples, NULL }

#define ZV_COLUMN_OKPD2(examples)                                                                                          \
	{ "okpd2", "OKPD2", "ОКПД2", "окпд 2|код окпд2", false, ZV_LIST_NONE, N_("Code of OKPD2."), examples, NULL }

#define ZV_COLUMN_ITEM_KEY                                                                                                 \
	{ "item_key", "Key of the item", "Ключ продукции", "артикул", false, ZV_LIST_NONE,                                \
	  N_("Own code or public id of the item."), NULL, NULL }

#define ZV_COLUMN_UNIT(examples, examples_en)                                                                              \
	{ "unit", "Unit", "Единица", "ед. изм.|ед.изм.|единица измерения|ед", false, ZV_LIST_UNITS,                       \
	  N_("Unit of the amounts that come without one."), examples, examples_en }

#endif
