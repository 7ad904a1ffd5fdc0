/* The annealing of starters.py, compiled: swaps of two points between rooms of base rounds.
 *
 *     starters rooms size base-rounds seconds seed steps < table
 *
 * The table says, for every two points, which orbit their pair is in, or -1 where it may not meet. Prints the
 * number of surplus hits, and then the points of the base rounds, room by room.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static uint64_t state[2];

static uint64_t next(void) {
    uint64_t a = state[0], b = state[1];
    state[0] = b;
    a ^= a << 23;
    state[1] = a ^ b ^ (a >> 17) ^ (b >> 26);
    return state[1] + b;
}

static int below(int limit) { return (int)(((next() >> 32) * (uint64_t)limit) >> 32); }
static double unit(void) { return (double)(next() >> 11) / 9007199254740992.0; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static int orbits, *hits;

/* What one more hit, or one less, of an orbit costs; orbit number `orbits` holds the pairs that may not meet. */
static int more(int orbit) { return orbit == orbits ? (hits[orbit]++, 1) : hits[orbit]++; }
static int less(int orbit) { return orbit == orbits ? (hits[orbit]--, -1) : -(--hits[orbit]); }

int main(int count, char **words) {
    if (count != 7) return 2;
    int rooms = atoi(words[1]), size = atoi(words[2]), turns = atoi(words[3]), points = rooms * size;
    double seconds = atof(words[4]);
    uint64_t seed = strtoull(words[5], NULL, 10);
    long steps = atol(words[6]);
    state[0] = seed * 0x9E3779B97F4A7C15ULL + 1;
    state[1] = seed ^ 0xD1B54A32D192ED03ULL;
    for (int i = 0; i < 20; i++) next();
    int *table = malloc(sizeof(int) * points * points);
    for (int i = 0; i < points * points; i++) {
        if (scanf("%d", &table[i]) != 1) return 2;
        if (table[i] + 1 > orbits) orbits = table[i] + 1;
    }
    for (int i = 0; i < points * points; i++)
        if (table[i] < 0) table[i] = orbits;
    hits = malloc(sizeof(int) * (orbits + 1));
    int all = turns * points, *seats = malloc(sizeof(int) * all), *kept = malloc(sizeof(int) * all);
    int best = 1 << 30;
    double end = now() + seconds, hot = 0.5, cold = 0.12;
    while (best && now() < end) {
        for (int turn = 0; turn < turns; turn++) {
            int *at = seats + turn * points;
            for (int i = 0; i < points; i++) at[i] = i;
            for (int i = points - 1; i > 0; i--) {
                int j = below(i + 1), swap = at[i];
                at[i] = at[j];
                at[j] = swap;
            }
        }
        memset(hits, 0, sizeof(int) * (orbits + 1));
        int cost = 0;
        for (int room = 0; room < turns * rooms; room++)
            for (int i = 0; i < size; i++)
                for (int j = i + 1; j < size; j++)
                    cost += more(table[seats[room * size + i] * points + seats[room * size + j]]);
        double heat = hot;
        for (long step = 0; step < steps && best; step++) {
            if (step % 4096 == 0) {
                heat = hot * pow(cold / hot, (double)step / (double)steps);
                if (step % (1 << 20) == 0 && now() > end) break;
            }
            int *at = seats + (turns > 1 ? below(turns) : 0) * points;
            int x = below(points), y = below(points), one = x / size * size, other = y / size * size;
            if (one == other) continue;
            int *p = table + at[x] * points, *q = table + at[y] * points, change = 0;
            for (int i = one; i < one + size; i++)
                if (i != x) change += less(p[at[i]]);
            for (int i = other; i < other + size; i++)
                if (i != y) change += less(q[at[i]]);
            for (int i = one; i < one + size; i++)
                if (i != x) change += more(q[at[i]]);
            for (int i = other; i < other + size; i++)
                if (i != y) change += more(p[at[i]]);
            if (change <= 0 || unit() < exp(-change / heat)) {
                int swap = at[x];
                at[x] = at[y];
                at[y] = swap;
                cost += change;
                if (cost < best) {
                    best = cost;
                    memcpy(kept, seats, sizeof(int) * all);
                }
            } else {
                for (int i = one; i < one + size; i++)
                    if (i != x) less(q[at[i]]), more(p[at[i]]);
                for (int i = other; i < other + size; i++)
                    if (i != y) less(p[at[i]]), more(q[at[i]]);
            }
        }
    }
    printf("%d", best);
    for (int i = 0; i < all; i++) printf(" %d", kept[i]);
    printf("\n");
    return 0;
}
