/* The scan: values of mentees with tiles of 64 mentors, and four ways to keep little of them.
 *
 * This file is compiled once for each instruction set; NAME gives every build its own names. It is plain C: loops over
 * the 64 places of a tile, which the compiler turns into vector instructions. All points are whole numbers. Where a
 * product is rounded down, `half` keeps the exact result clear of the next whole number by more than any rounding
 * error, so every build gives the same points.
 */
#include <stdlib.h>
#include <string.h>

#include "core.h"

#ifndef NAME
#define NAME(name) name##_base
#endif

#define EACH(j) for (int j = 0; j < TILE; j++)

/* ---- one mentee, one tile ---- */

#ifdef __AVX512VPOPCNTDQ__
static inline void shared_bits(const uint64_t *restrict mine, const uint64_t *restrict theirs, int words,
                               int32_t *restrict shared)
{
    int64_t sum[TILE];
    EACH(j) sum[j] = 0;
    for (int w = 0; w < words; w++, theirs += TILE) EACH(j) sum[j] += __builtin_popcountll(mine[w] & theirs[j]);
    EACH(j) shared[j] = (int32_t)sum[j];
}
#else
/* Without an instruction that counts bits: counts in the eight bytes of a word, added up over at most 31 words. */
static inline void shared_bits(const uint64_t *restrict mine, const uint64_t *restrict theirs, int words,
                               int32_t *restrict shared)
{
    EACH(j) shared[j] = 0;
    for (int done = 0; done < words; done += 31) {
        uint64_t sum[TILE];
        EACH(j) sum[j] = 0;
        for (int w = done; w < words && w < done + 31; w++, theirs += TILE) EACH(j) {
            uint64_t x = mine[w] & theirs[j];
            x -= (x >> 1) & 0x5555555555555555u;
            x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
            sum[j] += (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
        }
        EACH(j) {
            uint64_t x = (sum[j] & 0x00ff00ff00ff00ffu) + ((sum[j] >> 8) & 0x00ff00ff00ff00ffu);
            x += x >> 16;
            shared[j] += (int32_t)((x + (x >> 32)) & 0xffff);
        }
    }
}
#endif

static inline void count_bits(const struct operation *op, int i, int tile, int32_t *restrict count)
{
    int words = op->size;
    const uint64_t *mine = (const uint64_t *)op->left + (size_t)i * op->regimes * words;
    const uint64_t *theirs = (const uint64_t *)op->right + (size_t)tile * op->regimes * words * TILE;
    shared_bits(mine, theirs, words, count);
    for (int regime = 1; regime < op->regimes; regime++) { /* the poorest regime counts */
        int32_t other[TILE];
        shared_bits(mine + regime * words, theirs + (size_t)regime * words * TILE, words, other);
        EACH(j) count[j] = other[j] < count[j] ? other[j] : count[j];
    }
}

static inline void count_weights(const struct operation *op, int i, int tile, int32_t *restrict count)
{
    const float *mine = (const float *)op->left + (size_t)i * op->size;
    const float *theirs = (const float *)op->right + (size_t)tile * op->size * TILE;
    float sum[TILE];
    EACH(j) sum[j] = 0;
    for (int option = 0; option < op->size; option++, theirs += TILE) {
        float weight = mine[option];
        if (weight != 0) EACH(j) sum[j] += weight * theirs[j];
    }
    EACH(j) count[j] = sum[j] > 0 ? (int32_t)sum[j] : 0; /* vectors that point away from each other have nothing in common */
}

/* What an operation says is read before the loops: points may not be thought to overlap with it. */
static inline void rate_points(const struct rate *rate, int i, const int32_t *restrict count, int32_t *restrict points)
{
    const int32_t cap = rate->cap;
    if (rate->single) {
        const float slope = (float)rate->rate[i], half = (float)rate->half[i];
        EACH(j) points[j] += (int32_t)((float)(count[j] < cap ? count[j] : cap) * slope + half);
    } else {
        const double slope = rate->rate[i], half = rate->half[i];
        EACH(j) points[j] += (int32_t)((double)(count[j] < cap ? count[j] : cap) * slope + half);
    }
}

static inline void counted(const struct operation *op, int i, int tile, int32_t *restrict points, int32_t *restrict barred)
{
    int32_t count[TILE];
    if (op->kind == BITS) count_bits(op, i, tile, count);
    else count_weights(op, i, tile, count);
    for (int k = 0; k < op->rates; k++) rate_points(&op->rate[k], i, count, points);
    for (int k = 0; k < op->limits; k++) {
        const struct limit limit = op->limit[k];
        if (limit.bars) EACH(j) barred[j] |= count[j] >= limit.least ? limit.reached : limit.missed;
        else EACH(j) points[j] += count[j] >= limit.least ? limit.reached : limit.missed;
    }
}

static inline void lines(const struct operation *op, int i, int tile, int32_t *restrict points, int32_t *restrict barred)
{
    int code = ((const int32_t *)op->left)[i];
    const int32_t *restrict line = (const int32_t *)op->right + ((size_t)tile * op->size + code) * TILE;
    if (op->bars) EACH(j) barred[j] |= line[j];
    else EACH(j) points[j] += line[j];
}

static inline void equal(const struct operation *op, int i, int tile, int32_t *restrict points, int32_t *restrict barred)
{
    const int32_t mine = ((const int32_t *)op->left)[i], none = op->none;
    const int32_t hit = mine < 0 ? none : op->hit, miss = mine < 0 ? none : op->miss; /* nothing given on the left */
    const int32_t *restrict theirs = (const int32_t *)op->right + (size_t)tile * TILE;
    int32_t *restrict to = op->bars ? barred : points;
    EACH(j) to[j] += theirs[j] == mine ? hit : theirs[j] < 0 ? none : miss;
}

static void listing(const struct operation *op, int i, int tile, int32_t *points, int32_t *barred)
{
    int64_t low = op->start[i], end = op->start[i + 1], high = end;
    int32_t first = tile * TILE;
    if (low == end && op->effect != ONLY) return;
    while (low < high) { /* the first entry in this tile */
        int64_t middle = low + (high - low) / 2;
        if (op->column[middle] < first) low = middle + 1;
        else high = middle;
    }
    if (op->effect == ONLY) {
        int32_t others[TILE];
        EACH(j) others[j] = 1;
        for (; low < end && op->column[low] < first + TILE; low++) others[op->column[low] - first] = 0;
        EACH(j) barred[j] |= others[j];
        return;
    }
    for (; low < end && op->column[low] < first + TILE; low++) {
        if (op->effect == ADD) points[op->column[low] - first] += op->points[low];
        else barred[op->column[low] - first] = 1;
    }
}

/* What mentee i is worth with each of the tile's mentors; BARRED also beyond the last mentor. */
static void tile_values(const struct sheet *sheet, int i, int tile, int32_t *restrict points)
{
    int32_t barred[TILE], first = tile * TILE;
    EACH(j) points[j] = 0;
    EACH(j) barred[j] = 0;
    for (int k = 0; k < sheet->operations; k++) {
        const struct operation *op = &sheet->operation[k];
        switch (op->kind) {
        case LINES: lines(op, i, tile, points, barred); break;
        case EQUAL: equal(op, i, tile, points, barred); break;
        case LISTING: listing(op, i, tile, points, barred); break;
        default: counted(op, i, tile, points, barred);
        }
    }
    if (sheet->factor > 1) {
        int32_t target = sheet->target, more = sheet->factor - 1;
        EACH(j) points[j] -= points[j] < target ? more * (target - points[j]) : 0;
    }
    int32_t present = sheet->present[i] - first, own = sheet->own[i] - first;
    if (present >= 0 && present < TILE) points[present] += sheet->keep;
    if (own >= 0 && own < TILE) barred[own] = 1;
    EACH(j) points[j] = barred[j] ? BARRED : points[j];
    for (int j = sheet->columns - first; j < TILE; j++) points[j] = BARRED;
}

static inline int tiles(int columns)
{
    return (columns + TILE - 1) / TILE;
}

/* ---- whole rows, and maxima ---- */

void NAME(values)(const struct sheet *sheet, const int32_t *rows, int32_t count, int32_t *values)
{
    int32_t worth[TILE];
    for (int r = 0; r < count; r++, values += sheet->columns)
        for (int tile = 0; tile < tiles(sheet->columns); tile++) {
            int rest = sheet->columns - tile * TILE;
            tile_values(sheet, rows[r], tile, worth);
            memcpy(values + tile * TILE, worth, sizeof *worth * (rest < TILE ? rest : TILE));
        }
}

/* best[r]: the highest value - price of a row. Prices reach to the end of the last tile, here and below. */
void NAME(row_best)(const struct sheet *sheet, const int32_t *rows, int32_t count, const int32_t *price, int32_t *best)
{
    int32_t worth[TILE];
    for (int r = 0; r < count; r++) best[r] = NEVER;
    for (int tile = 0; tile < tiles(sheet->columns); tile++)
        for (int r = 0; r < count; r++) {
            const int32_t *asked = price + tile * TILE;
            int32_t most = best[r];
            tile_values(sheet, rows[r], tile, worth);
            EACH(j) most = worth[j] - asked[j] > most ? worth[j] - asked[j] : most;
            best[r] = most;
        }
}

/* best[j]: the highest value - profit of a column over the rows, or what it was before if that is more. */
void NAME(column_best)(const struct sheet *sheet, const int32_t *rows, int32_t count, const int32_t *profit, int32_t *best)
{
    int32_t worth[TILE];
    for (int tile = 0; tile < tiles(sheet->columns); tile++, best += TILE)
        for (int r = 0; r < count; r++) {
            tile_values(sheet, rows[r], tile, worth);
            EACH(j) best[j] = worth[j] - profit[r] > best[j] ? worth[j] - profit[r] : best[j];
        }
}

/* ---- the best few pairs of every row ---- */

/* A candidate as one number: margin, eight hashed bits, and the earlier place first. */
static inline int64_t candidate(int32_t margin, int row, int32_t place)
{
    uint32_t mixed = (uint32_t)(row + 1) * 0x85EBCA6Bu ^ (uint32_t)place * 0x9E3779B1u;
    mixed *= 0xC2B2AE35u;
    mixed ^= mixed >> 15;
    mixed *= 0x27D4EB2Fu;
    return ((int64_t)margin * 256 + (mixed >> 24)) * ((int64_t)1 << 32) + (INT32_MAX - place);
}

static inline int32_t margin_of(int64_t candidate)
{
    return (int32_t)(candidate >> 40);
}

/* Moves the `most` largest to the front, in no order (quickselect). */
static void select_largest(int64_t *a, int count, int most)
{
    int low = 0, high = count - 1;
    while (low < high) {
        int64_t pivot = a[low + (high - low) / 2];
        int left = low, right = high;
        while (left <= right) {
            while (a[left] > pivot) left++;
            while (a[right] < pivot) right--;
            if (left <= right) {
                int64_t swap = a[left];
                a[left++] = a[right];
                a[right--] = swap;
            }
        }
        if (most - 1 <= right) high = right;
        else if (most - 1 >= left) low = left;
        else return;
    }
}

static int larger_first(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a < b) - (a > b);
}

/* What a row has found so far: the list may grow to `room` before it is cut to the best `most`. */
struct list {
    int64_t *entry, least; /* only candidates above `least` can still matter */
    int32_t count, floor;
};

static void cut(struct list *list, int most)
{
    if (list->count <= most) return;
    select_largest(list->entry, list->count, most);
    list->count = most;
    list->least = list->entry[0];
    for (int k = 1; k < most; k++)
        if (list->entry[k] < list->least) list->least = list->entry[k];
    list->floor = margin_of(list->least);
}

/* For every row the `most` best pairs by value - price > floor[r] among the first `width` columns, best first; bound[r]:
 * what no pair exceeds that is not listed. Returns 0 when there was no memory. */
int NAME(best_pairs)(const struct sheet *sheet, const int32_t *rows, int32_t count, const int32_t *price,
                     const int32_t *floor, int32_t most, int32_t width, int32_t *column, int32_t *value, int32_t *listed,
                     int32_t *bound)
{
    int room = 3 * most + TILE;
    int64_t *entries = malloc(sizeof *entries * (size_t)count * room);
    struct list *lists = malloc(sizeof *lists * count);
    if (!entries || !lists) {
        free(entries);
        free(lists);
        return 0;
    }
    for (int r = 0; r < count; r++)
        lists[r] = (struct list){entries + (size_t)r * room, INT64_MIN, 0, floor[r] + 1};
    for (int tile = 0; tile < tiles(width); tile++) {
        int places = width - tile * TILE < TILE ? width - tile * TILE : TILE;
        const int32_t *asked = price + tile * TILE;
        for (int r = 0; r < count; r++) {
            struct list *list = &lists[r];
            int32_t margin[TILE], best = NEVER;
            tile_values(sheet, rows[r], tile, margin);
            EACH(j) margin[j] -= asked[j];
            EACH(j) best = margin[j] > best ? margin[j] : best;
            if (best < list->floor) continue; /* nothing here can enter the list */
            for (int j = 0; j < places; j++) {
                if (margin[j] < list->floor) continue;
                int64_t entry = candidate(margin[j], rows[r], tile * TILE + j);
                if (entry > list->least) list->entry[list->count++] = entry;
            }
            if (list->count >= 3 * most) cut(list, most);
        }
    }
    for (int r = 0; r < count; r++, column += most, value += most) {
        struct list *list = &lists[r];
        cut(list, most);
        qsort(list->entry, list->count, sizeof *list->entry, larger_first);
        listed[r] = list->count;
        bound[r] = list->count == most && most < width ? margin_of(list->entry[most - 1]) : floor[r];
        for (int k = 0; k < list->count; k++) {
            column[k] = INT32_MAX - (int32_t)(list->entry[k] & INT32_MAX);
            value[k] = margin_of(list->entry[k]) + price[column[k]];
        }
    }
    free(entries);
    free(lists);
    return 1;
}
