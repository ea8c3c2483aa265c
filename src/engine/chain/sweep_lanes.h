/*
 * Sweeps over rows for several causes at once, one in each lane; sweep.c includes this once for each width. A lane gets the same numbers whatever the others hold and
 * however wide the machine reckons. Wants LANES_NAME(x), LANES_WIDTH (lanes in a vector of the machine), LANES_PARTS (such vectors for each row) and LANES_TARGET.
 */

#if LANES_WIDTH == 1
typedef double LANES_NAME(vector);
typedef int64_t LANES_NAME(mask);
#define PICK(condition, a, b) ((condition) ? (a) : (b))
#else
typedef double LANES_NAME(vector) __attribute__((vector_size(LANES_WIDTH * sizeof(double))));
typedef int64_t LANES_NAME(mask) __attribute__((vector_size(LANES_WIDTH * sizeof(int64_t))));
#define PICK(condition, a, b) ((VECTOR)(((MASK)(a) & (condition)) | ((MASK)(b) & ~(condition))))
#endif

#define VECTOR LANES_NAME(vector)
#define MASK LANES_NAME(mask)
#define EACH_PART _Pragma("GCC unroll 4") for (int q = 0; q < LANES_PARTS; q++)

/* Sweeps rows list[from .. to) once. A row rises to its worst slot in lanes where `open` is set; `change` rises to the largest step. */
LANES_TARGET static void LANES_NAME(sweep_rows)(const struct chain_rows *rows, double *losses, const uint32_t *list, uint32_t from, uint32_t to, const int64_t *open,
						 double *change)
{
	VECTOR *all = (VECTOR *)losses, most[LANES_PARTS], one = (VECTOR){0} + 1;
	MASK lanes[LANES_PARTS];

	memcpy(lanes, open, sizeof(lanes));
	memcpy(most, change, sizeof(most));
	for (uint32_t i = from; i < to; i++) {
		uint32_t end = rows->slot_start[list[i] + 1];
		VECTOR *x = all + (size_t)list[i] * LANES_PARTS, worst[LANES_PARTS];

		EACH_PART worst[q] = x[q] * LEAST_RISE;
		for (uint32_t s = rows->slot_start[list[i]]; s < end; s++) {
			uint32_t last = rows->link_start[s + 1];
			VECTOR sum[LANES_PARTS] = {0};

			for (uint32_t l = rows->link_start[s]; l < last; l++) {
				const VECTOR *y = all + (size_t)rows->source[l] * LANES_PARTS;

				EACH_PART sum[q] += rows->part[l] * y[q];
			}
			EACH_PART worst[q] = PICK(sum[q] > worst[q], sum[q], worst[q]);
		}
		EACH_PART {
			VECTOR next = PICK(worst[q] > x[q] * LEAST_RISE, worst[q], x[q]), step;

			next = PICK(next < one, next, one);
			next = PICK(lanes[q], next, x[q]);
			step = next - x[q];
			x[q] = next;
			most[q] = PICK(step > most[q], step, most[q]);
		}
	}
	memcpy(change, most, sizeof(most));
}

#undef VECTOR
#undef MASK
#undef EACH_PART
#undef PICK
#undef LANES_NAME
#undef LANES_WIDTH
#undef LANES_PARTS
#undef LANES_TARGET
