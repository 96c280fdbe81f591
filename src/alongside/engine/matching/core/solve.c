/* The exact assignment on a sparse graph of candidate pairs: ../sparse.py in C, step for step.
 *
 * Mentees are rows i, mentors columns j. Kept true by repair: value - price <= profit on every arc, with equality for a
 * pair; profit >= way out, with equality for those left out; a used seat's price covers its cost, a free one's does not
 * exceed it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define OPEN (-1) /* not decided yet */
#define OUT (-2)  /* goes without a mentor */
#define FAR ((int64_t)1 << 60)

struct entry {
    int64_t at;
    int32_t node;
};

/* What a column has to give: seats first .. capacity - 1. Seat k costs slope * k, and `low` more below `lower`, `high` more
 * from `upper`, `middle` more between the two. */
struct seats {
    int64_t first, capacity, slope, lower, upper, low, middle, high;
};

/* Everything a search remembers of a row or column; `stamp` tells whether it is of this search. */
struct mark {
    int64_t distance;
    int32_t seen, settled, through;
};

struct net {
    int32_t rows, columns;
    const int64_t *start; /* arcs by row */
    const int32_t *column, *value;
    int64_t *column_start; /* and by column */
    int32_t *row_of, *value_of;
    const struct seats *seats;
    const int64_t *way_out;
    int32_t *mentor_of; /* the state, shared with Python */
    int64_t *price, *profit;
    int64_t *load;
    int32_t *head, *next, *previous; /* holders of each column, the last to come first */
    struct mark *row, *mentor;
    int32_t *rows_met, *columns_met;
    struct entry *heap;
    int64_t heaped, heap_room;
    int32_t stamp, settled, next_row, next_column;
    int64_t searched;
};

static int64_t higher_of(int64_t a, int64_t b) { return a > b ? a : b; }

/* ---- holders: who has a seat with whom ---- */

static void empty(struct net *net)
{
    for (int32_t j = 0; j < net->columns; j++) {
        net->head[j] = -1;
        net->load[j] = net->seats[j].first;
    }
}

static void join(struct net *net, int32_t i, int32_t j)
{
    net->mentor_of[i] = j;
    net->previous[i] = -1;
    net->next[i] = net->head[j];
    if (net->head[j] >= 0) net->previous[net->head[j]] = i;
    net->head[j] = i;
    net->load[j]++;
}

static void leave(struct net *net, int32_t i, int32_t mark)
{
    int32_t j = net->mentor_of[i];
    net->mentor_of[i] = mark;
    if (j < 0) return;
    if (net->previous[i] >= 0) net->next[net->previous[i]] = net->next[i];
    else net->head[j] = net->next[i];
    if (net->next[i] >= 0) net->previous[net->next[i]] = net->previous[i];
    net->load[j]--;
}

static int has_room(const struct net *net, int32_t j) { return net->load[j] < net->seats[j].capacity; }

static int64_t cost(const struct net *net, int32_t j, int64_t k)
{
    const struct seats *of = &net->seats[j];
    return of->slope * k + (k < of->lower ? of->low : k < of->upper ? of->middle : of->high);
}

static int64_t next_cost(const struct net *net, int32_t j) { return cost(net, j, net->load[j]); }

/* ---- a heap: nearest first, equal distances by node ---- */

static int before(struct entry a, struct entry b) { return a.at < b.at || (a.at == b.at && a.node < b.node); }

static int push(struct net *net, int64_t at, int32_t node)
{
    if (net->heaped == net->heap_room) {
        int64_t room = net->heap_room * 2;
        struct entry *larger = realloc(net->heap, sizeof *larger * room);
        if (!larger) return 0;
        net->heap = larger;
        net->heap_room = room;
    }
    struct entry entry = {at, node};
    int64_t place = net->heaped++;
    for (int64_t parent; place > 0 && before(entry, net->heap[parent = (place - 1) / 2]); place = parent)
        net->heap[place] = net->heap[parent];
    net->heap[place] = entry;
    return 1;
}

static struct entry pop(struct net *net)
{
    struct entry top = net->heap[0], last = net->heap[--net->heaped];
    int64_t place = 0;
    for (int64_t child; (child = 2 * place + 1) < net->heaped; place = child) {
        if (child + 1 < net->heaped && before(net->heap[child + 1], net->heap[child])) child++;
        if (!before(net->heap[child], last)) break;
        net->heap[place] = net->heap[child];
    }
    net->heap[place] = last;
    return top;
}

/* ---- a net from arcs by row; the arcs by column keep their rows in order ---- */

void net_free(struct net *net)
{
    if (!net) return;
    void *owned[] = {net->column_start, net->row_of, net->value_of, net->load,        net->head,        net->next,
                     net->previous,     net->row,    net->mentor,   net->rows_met,    net->columns_met, net->heap};
    for (size_t k = 0; k < sizeof owned / sizeof *owned; k++) free(owned[k]);
    free(net);
}

struct net *net_new(int32_t rows, int32_t columns, const int64_t *start, const int32_t *column, const int32_t *value,
                    const struct seats *seats, const int64_t *way_out, int32_t *mentor_of, int64_t *price,
                    int64_t *profit)
{
    struct net *net = calloc(1, sizeof *net);
    if (!net) return NULL;
    *net = (struct net){.rows = rows, .columns = columns, .start = start, .column = column, .value = value,
                        .seats = seats, .way_out = way_out, .mentor_of = mentor_of, .price = price, .profit = profit,
                        .heap_room = 1024};
    size_t n = rows + 1, m = columns + 1, arcs = start[rows] + 1;
    net->column_start = calloc(m + 1, sizeof *net->column_start);
    net->row_of = malloc(sizeof *net->row_of * arcs);
    net->value_of = malloc(sizeof *net->value_of * arcs);
    net->load = malloc(sizeof *net->load * m);
    net->head = malloc(sizeof *net->head * m);
    net->next = malloc(sizeof *net->next * n);
    net->previous = malloc(sizeof *net->previous * n);
    net->row = calloc(n, sizeof *net->row);
    net->mentor = calloc(m, sizeof *net->mentor);
    net->rows_met = malloc(sizeof *net->rows_met * n);
    net->columns_met = malloc(sizeof *net->columns_met * m);
    net->heap = malloc(sizeof *net->heap * net->heap_room);
    if (!net->column_start || !net->row_of || !net->value_of || !net->load || !net->head || !net->next || !net->previous
        || !net->row || !net->mentor || !net->rows_met || !net->columns_met || !net->heap) {
        net_free(net);
        return NULL;
    }
    int64_t *fill = net->column_start;
    for (int64_t x = 0; x < start[rows]; x++) fill[column[x] + 2]++; /* counting sort; ends as the starts */
    for (int32_t j = 0; j < columns; j++) fill[j + 2] += fill[j + 1];
    for (int32_t i = 0; i < rows; i++)
        for (int64_t x = start[i]; x < start[i + 1]; x++) {
            int64_t place = fill[column[x] + 1]++;
            net->row_of[place] = i;
            net->value_of[place] = value[x];
        }
    return net;
}

int64_t net_searched(const struct net *net) { return net->searched; }

/* ---- auction: only looks for good prices ---- */

/* The lowest price at which a newcomer gets a seat, and whose seat that would be. */
static int64_t ask_of(const struct net *net, int32_t j, int64_t floor, const int64_t *label, int32_t *weakest)
{
    int64_t best = has_room(net, j) ? higher_of(next_cost(net, j), floor) : FAR;
    *weakest = OPEN;
    for (int32_t i = net->head[j]; i >= 0; i = net->next[i])
        if (label[i] < best) {
            best = label[i];
            *weakest = i;
        }
    return best;
}

struct desk { /* what an auction writes on */
    int64_t *label, *floor, *ask;
    int32_t *weakest, *queue;
};

static int64_t bidding(struct net *net, struct desk *desk, int64_t step, int64_t back, int64_t most_bids)
{
    int64_t bids = 0;
    int32_t size = net->rows + 1, first = 0, waiting = net->rows;
    empty(net);
    for (int32_t i = 0; i < net->rows; i++) {
        net->mentor_of[i] = OPEN;
        desk->label[i] = 0;
        desk->queue[i] = i;
    }
    for (int32_t j = 0; j < net->columns; j++) {
        desk->floor[j] = net->price[j] - back;
        desk->ask[j] = ask_of(net, j, desk->floor[j], desk->label, &desk->weakest[j]);
    }
    for (; waiting && bids < most_bids; bids++) {
        int32_t i = desk->queue[first], wanted = OPEN;
        int64_t best = -FAR, second = net->way_out[i], worth = 0;
        first = first + 1 == size ? 0 : first + 1;
        waiting--;
        for (int64_t x = net->start[i]; x < net->start[i + 1]; x++) {
            int64_t margin = net->value[x] - desk->ask[net->column[x]];
            if (margin > best) {
                second = higher_of(best, second);
                best = margin;
                wanted = net->column[x];
                worth = net->value[x];
            } else if (margin > second) second = margin;
        }
        if (best < net->way_out[i]) continue;
        int32_t weakest = desk->weakest[wanted];
        if (weakest >= 0) {
            int32_t last = first + waiting;
            desk->queue[last < size ? last : last - size] = weakest;
            waiting++;
            leave(net, weakest, OPEN);
        }
        join(net, i, wanted);
        desk->label[i] = worth - second + step;
        desk->ask[wanted] = ask_of(net, wanted, desk->floor[wanted], desk->label, &desk->weakest[wanted]);
    }
    for (int32_t j = 0; j < net->columns; j++)
        if (desk->ask[j] < FAR) net->price[j] = desk->ask[j];
    return bids;
}

/* Rounds of ever smaller raises, each starting `back` raises below the prices of the last. -1: no memory. */
int64_t net_auction(struct net *net, int64_t step, int64_t last_step, int64_t factor, int64_t back, int64_t most_bids)
{
    size_t n = net->rows + 1, m = net->columns + 1;
    struct desk desk = {malloc(8 * n), malloc(8 * m), malloc(8 * m), malloc(4 * m), malloc(4 * n)};
    int64_t bids = -1;
    if (desk.label && desk.floor && desk.ask && desk.weakest && desk.queue)
        for (bids = 0;; step = higher_of(last_step, step / factor)) {
            bids += bidding(net, &desk, step, step * back, most_bids - bids);
            if (step <= last_step || bids >= most_bids) break;
        }
    free(desk.label);
    free(desk.floor);
    free(desk.ask);
    free(desk.weakest);
    free(desk.queue);
    return bids;
}

/* ---- repair: from any prices and pairs to exact ones ---- */

static int fits(const struct net *net, int32_t i, int32_t j)
{
    for (int64_t x = net->start[i]; x < net->start[i + 1]; x++)
        if (net->column[x] == j) return net->value[x] - net->price[j] == net->profit[i];
    return 0;
}

/* Keeps the pairs that fit the prices, fills seats that fit, and says who is out. */
static void settle(struct net *net)
{
    int32_t *had = net->rows_met;
    memcpy(had, net->mentor_of, sizeof *had * net->rows);
    for (int32_t j = 0; j < net->columns; j++) net->price[j] = higher_of(net->price[j], cost(net, j, net->seats[j].first));
    empty(net);
    for (int32_t i = 0; i < net->rows; i++) {
        net->mentor_of[i] = OPEN;
        net->profit[i] = net->way_out[i];
        for (int64_t x = net->start[i]; x < net->start[i + 1]; x++)
            net->profit[i] = higher_of(net->profit[i], net->value[x] - net->price[net->column[x]]);
    }
    for (int32_t i = 0; i < net->rows; i++)
        if (had[i] >= 0 && has_room(net, had[i]) && fits(net, i, had[i])) join(net, i, had[i]);
    for (int32_t j = 0; j < net->columns; j++)
        while (net->load[j] > net->seats[j].first && net->price[j] < cost(net, j, net->load[j] - 1))
            leave(net, net->head[j], OPEN);
    for (int32_t i = 0; i < net->rows; i++) {
        if (net->mentor_of[i] >= 0) continue;
        for (int64_t x = net->start[i]; x < net->start[i + 1]; x++) {
            int32_t j = net->column[x];
            if (net->value[x] - net->price[j] == net->profit[i] && has_room(net, j) && net->price[j] >= next_cost(net, j)) {
                join(net, i, j);
                break;
            }
        }
        if (net->mentor_of[i] < 0 && net->profit[i] == net->way_out[i]) net->mentor_of[i] = OUT;
    }
    net->settled = 1;
}

/* The cheapest way to make room for an open mentee: a free seat, or somebody who goes without. 0: no memory. */
static int forward(struct net *net, int32_t root)
{
    int32_t stamp = ++net->stamp, end_row = OPEN, end_seat = OPEN, met = 0, settled = 0;
    int64_t best = FAR, at = 0;
    net->heaped = 0;
    for (int32_t j = OPEN, i = root;;) { /* walks over the root, then over the holders of column after column */
        net->rows_met[met++] = i;
        net->row[i].distance = at;
        int64_t base = at + net->profit[i];
        if (base - net->way_out[i] < best) {
            best = base - net->way_out[i];
            end_row = i;
            end_seat = OPEN;
        }
        for (int64_t x = net->start[i]; x < net->start[i + 1]; x++) {
            int32_t k = net->column[x];
            int64_t near = base - net->value[x] + net->price[k];
            struct mark *mark = &net->mentor[k];
            if (near >= best || (mark->seen == stamp && near >= mark->distance)) continue;
            mark->seen = stamp;
            mark->distance = near;
            mark->through = i;
            if (!push(net, near, k)) return 0;
            if (has_room(net, k)) {
                int64_t end = near + higher_of(0, next_cost(net, k) - net->price[k]);
                if (end < best) {
                    best = end;
                    end_row = OPEN;
                    end_seat = k;
                }
            }
        }
        i = j >= 0 ? net->next[i] : OPEN;
        while (i < 0 && net->heaped) { /* the next column somebody holds */
            struct entry nearest = pop(net);
            if (nearest.at >= best) break;
            struct mark *mark = &net->mentor[nearest.node];
            if (mark->settled == stamp) continue;
            mark->settled = stamp;
            net->columns_met[settled++] = j = nearest.node;
            at = nearest.at;
            i = net->head[j];
        }
        if (i < 0) break;
    }
    for (int32_t k = 0; k < met; k++)
        net->profit[net->rows_met[k]] -= higher_of(0, best - net->row[net->rows_met[k]].distance);
    for (int32_t k = 0; k < settled; k++)
        net->price[net->columns_met[k]] += higher_of(0, best - net->mentor[net->columns_met[k]].distance);
    net->searched += met;
    int32_t j = end_seat;
    if (end_row >= 0) {
        j = net->mentor_of[end_row];
        leave(net, end_row, OUT);
        if (end_row == root) return 1;
    }
    for (;;) { /* everybody on the path moves one mentor further */
        int32_t i = net->mentor[j].through, from = net->mentor_of[i];
        leave(net, i, OPEN);
        join(net, i, j);
        if (i == root) return 1;
        j = from;
    }
}

/* The cheapest way to fill (or to cheapen) a free seat whose price is above its cost. 0: no memory. */
static int reverse(struct net *net, int32_t root)
{
    int32_t stamp = ++net->stamp, end = OPEN, met = 0, settled = 0;
    int64_t best = net->price[root] - next_cost(net, root), at = 0; /* nobody comes: the price falls to the cost */
    net->heaped = 0;
    for (int32_t j = root; j >= 0;) {
        net->columns_met[met++] = j;
        net->mentor[j].seen = stamp;
        net->mentor[j].distance = at;
        int64_t base = at + net->price[j];
        for (int64_t x = net->column_start[j]; x < net->column_start[j + 1]; x++) {
            int32_t i = net->row_of[x], held = net->mentor_of[i];
            int64_t near = base + net->profit[i] - net->value_of[x];
            struct mark *mark = &net->row[i];
            if (near >= best || (mark->seen == stamp && near >= mark->distance)) continue;
            mark->seen = stamp;
            mark->distance = near;
            mark->through = j;
            if (held < 0) {
                best = near;
                end = i;
            } else if (net->mentor[held].seen != stamp) {
                int64_t last = cost(net, held, net->load[held] - 1);
                int64_t close = near + higher_of(0, net->price[held] - last);
                if (close < best) {
                    best = close;
                    end = i;
                }
            }
            if (!push(net, near, i)) return 0;
        }
        j = OPEN;
        while (j < 0 && net->heaped) { /* the next mentor whose mentee would come */
            struct entry nearest = pop(net);
            if (nearest.at >= best) break;
            struct mark *mark = &net->row[nearest.node];
            if (mark->settled == stamp) continue;
            mark->settled = stamp;
            net->rows_met[settled++] = nearest.node;
            int32_t held = net->mentor_of[nearest.node];
            if (held < 0 || net->mentor[held].seen == stamp) continue;
            net->mentor[held].through = nearest.node;
            at = nearest.at;
            j = held;
        }
    }
    for (int32_t k = 0; k < settled; k++)
        net->profit[net->rows_met[k]] += higher_of(0, best - net->row[net->rows_met[k]].distance);
    for (int32_t k = 0; k < met; k++)
        net->price[net->columns_met[k]] -= higher_of(0, best - net->mentor[net->columns_met[k]].distance);
    net->searched += settled;
    for (int32_t i = end; i >= 0;) { /* everybody on the path moves towards the free seat */
        int32_t to = net->row[i].through;
        leave(net, i, OPEN);
        join(net, i, to);
        i = to == root ? OPEN : net->mentor[to].through;
    }
    return 1;
}

/* Goes on for at most `searches`; 1: the state is exact, 0: there is more to do, -1: no memory. */
int net_repair(struct net *net, int64_t searches)
{
    if (!net->settled) settle(net);
    for (; net->next_row < net->rows; net->next_row++) {
        if (net->mentor_of[net->next_row] != OPEN) continue;
        if (!searches--) return 0;
        if (!forward(net, net->next_row)) return -1;
    }
    for (; net->next_column < net->columns; net->next_column++) {
        int32_t j = net->next_column;
        while (has_room(net, j) && net->price[j] > next_cost(net, j)) {
            if (!searches--) return 0;
            if (!reverse(net, j)) return -1;
        }
    }
    return 1;
}

/* ---- lower: from exact prices to the lowest exact prices ---- */

/* Mentors whose price can fall less than thought because of somebody whose profit rises by `rise`. */
static int hold(struct net *net, int32_t i, int64_t rise, int64_t *fall, int heaping)
{
    int64_t base = rise + net->profit[i];
    for (int64_t x = net->start[i]; x < net->start[i + 1]; x++) {
        int32_t j = net->column[x];
        int64_t most = base - net->value[x] + net->price[j];
        if (most >= fall[j]) continue;
        fall[j] = most;
        if (heaping && !push(net, most, j)) return 0;
    }
    return 1;
}

int net_lower(struct net *net)
{
    int64_t *fall = malloc(sizeof *fall * (net->columns + 1));
    int whole = fall != NULL;
    if (!whole) return 0;
    empty(net);
    net->heaped = 0;
    for (int32_t i = 0; i < net->rows; i++)
        if (net->mentor_of[i] >= 0) join(net, i, net->mentor_of[i]);
    for (int32_t j = 0; j < net->columns; j++)
        fall[j] = net->price[j] - cost(net, j, higher_of(net->load[j] - 1, net->seats[j].first));
    for (int32_t i = 0; i < net->rows; i++)
        if (net->mentor_of[i] < 0) hold(net, i, 0, fall, 0);
    for (int32_t j = 0; whole && j < net->columns; j++) whole = push(net, fall[j], j);
    while (whole && net->heaped) {
        struct entry least = pop(net);
        if (least.at != fall[least.node]) continue;
        for (int32_t i = net->head[least.node]; whole && i >= 0; i = net->next[i]) whole = hold(net, i, least.at, fall, 1);
    }
    for (int32_t j = 0; whole && j < net->columns; j++) {
        net->price[j] -= fall[j];
        for (int32_t i = net->head[j]; i >= 0; i = net->next[i]) net->profit[i] += fall[j];
    }
    free(fall);
    return whole;
}

/* ---- which build of the scan this processor can run: 2 AVX-512, 1 AVX2, 0 any ---- */

int core_level(void)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi2")) return 0;
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
               && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vpopcntdq") ? 2 : 1;
#else
    return 0;
#endif
}
