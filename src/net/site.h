/* The pages: files under web/dist/ that the program carries inside itself, served by exact name from a table. */
#ifndef ZV_NET_SITE_H
#define ZV_NET_SITE_H

#include "net/server.h"

struct zv_site;

/* Makes the table, with the tags of all files. */
struct zv_site *zv_site_new(void);
void zv_site_free(struct zv_site *site);

/* False when the program was built without its pages. */
bool zv_site_has_pages(const struct zv_site *site);

/*
 * Answers with the file of the path, in the smallest coding that the client takes. A path that names no file gets the start
 * page, which finds its way by the address: with 200 when `is_page`, else with 404.
 */
void zv_site_answer(const struct zv_site *site, const struct zv_request *request, bool is_page, struct zv_answer *answer);

#endif
