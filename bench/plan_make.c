/* plan_make SEED NEEDS DIR: writes a synthetic national instance as a plan folder. */
#include <stdio.h>
#include <stdlib.h>

#include "app/plan_folder.h"
#include "plan_instance.h"

enum { NEEDS_MAX = 10000000, BASE = 10 };

int main(int argc, char **argv)
{
	struct plan_instance instance;
	struct zv_err err = {0};
	long needs = argc == 4 ? strtol(argv[2], NULL, BASE) : 0;

	if (needs < 1 || needs > NEEDS_MAX) {
		(void)fprintf(stderr, "usage: plan_make SEED NEEDS DIR\n");
		return 2;
	}
	plan_instance_make(&instance, strtoull(argv[1], NULL, BASE), (uint32_t)needs);
	if (zv_plan_problem_check(&instance.problem, &err) != ZV_OK || zv_plan_folder_write(argv[3], &instance.problem, instance.bonus, &err) != ZV_OK) {
		(void)fprintf(stderr, "plan_make: %s\n", err.text);
		return 2;
	}
	plan_instance_done(&instance);
	return 0;
}
