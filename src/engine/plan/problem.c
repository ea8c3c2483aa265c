/* What every part of the plan engine asks of a problem: is it sound, what does an arc cost, may it exist. */
#include "engine/plan/problem.h"

const char *zv_plan_why_name(enum zv_plan_why why)
{
	static const char *const names[ZV_PLAN_WHY_COUNT] = {"FITS", "NOMAKER", "CONTROLLED", "VALIDITY", "LEAD", "PRICE", "MOQ", "LAUNCH",
							     "CAPACITY", "PARCEL", "PRIORITY", "INPUT", "SHARE", "SEARCH"};

	return names[why];
}
