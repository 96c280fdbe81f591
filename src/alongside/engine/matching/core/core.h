/* What Python hands over: a sheet (see ../sheet.py) whose right parts are cut into tiles of 64 mentors, so that one
 * mentee meets 64 mentors with values that lie side by side in memory. */
#ifndef ALONGSIDE_CORE_H
#define ALONGSIDE_CORE_H

#include <stdint.h>

#define TILE 64
#define BARRED (-(1 << 30)) /* the value of a pair that a hard rule forbids */
#define NEVER (-(1 << 29))  /* below every value minus price, above BARRED minus any price */

enum kind { LINES, EQUAL, BITS, WEIGHTS, LISTING };
enum effect { ADD, BAR, ONLY };

/* floor(rate * min(count, cap)) points; one rate and one half for each mentee */
struct rate {
    int32_t cap, single; /* single: single precision is exact */
    const double *rate, *half;
};

/* one figure when a count reaches `least`, another when it falls short */
struct limit {
    int32_t least, reached, missed, bars;
};

struct operation {
    int32_t kind, bars;
    int32_t size;              /* lines, words of one regime, or options */
    int32_t regimes;           /* of bits */
    int32_t hit, miss, none;   /* of labels that are compared */
    int32_t effect;            /* of being listed */
    int32_t rates, limits;     /* how many of each */
    const void *left;          /* one row for each mentee */
    const void *right;         /* tile after tile; in each, one row of 64 for each line, word or option */
    const int64_t *start;      /* listings: entries of mentee i are start[i] .. start[i + 1] */
    const int32_t *column, *points;
    const struct rate *rate;
    const struct limit *limit;
};

struct sheet {
    int32_t rows, columns, operations;
    int32_t target, factor, keep;
    const struct operation *operation;
    const int32_t *present, *own; /* each mentee's mentor of the last run, and own self among the mentors */
};

#endif
