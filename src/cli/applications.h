/* Inside cli/: an application as its commands print it. */
#ifndef ZV_CLI_APPLICATIONS_H
#define ZV_CLI_APPLICATIONS_H

#include "cli/work.h"

/* State, checklist, what is missing, history, and the criteria as a table. */
ZV_MUST_CHECK enum zv_code zv_applications_show(struct zv_work *work, struct zv_str uid, struct zv_err *err);

#endif
