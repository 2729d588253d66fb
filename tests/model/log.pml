/*
 * The state log (src/README.md, AkkaHa.Core/StateLog): voters, candidates, epochs, the log itself.
 *
 * N voters keep a log each. Every epoch 1..E has one candidate; candidates run beside each other, stop anywhere and are slow. A
 * conversation with one voter (ask and answer) is one step: the voter acts and the candidate learns of it, or (-DLOSSES) the answer is lost.
 * Between any two steps anything else may happen. What is checked after every commit and every election:
 *   - what is committed at an index is never another entry later (S4);
 *   - a later leader's log has everything that an earlier epoch committed.
 *
 * An entry is its epoch, its kind and the epoch that first wrote its command: leader e writes one entry at each index, so (e, index) names
 * a command. Entries travel one by one (a tail longer than one message is what makes epochs hard).
 *
 * Features:  -DCONFIG   voters leave, one at a time, the highest first: {0 1 2} -> {0 1} -> {0}
 *            -DREPLACE  one voter loses its disk and a new replica of it may get its vote by an entry
 * Bad ones:  -DOLD_EPOCH_COUNTED -DPROMISE_FORGOTTEN -DACK_BEFORE_WRITE -DAMNESIAC_VOTES -DSTALE_CONFIGURATION
 *            -DREPLACED_BY_NEW_MAJORITY -DELECTED_BY_NEW_MAJORITY -DLONGEST_LOG -DRESTAMPED_IN_PLACE
 * Witness:   -DWITNESS=n is violated as soon as n entries are committed: the model does get there.
 */
#ifndef N
#define N 3
#endif
#ifndef E
#define E 3
#endif
#ifndef MAX
#define MAX 3
#endif

#define CFG 8
#define REPL 16
#define ENTRY(epoch, kind) ((epoch) | (kind) | ((epoch) << 5))
#define EPOCH(entry) ((entry) & 7)
#define KIND(entry) ((entry) & 24)
#define COMMAND(entry) ((entry) & 248)
#define NOBODY N
#ifdef REPLACE
#define IS_HEARD(c) heard[c]
#else
#define IS_HEARD(c) false
#endif
#define IDLE 0
#define PREPARING 1
#define LEADING 2

typedef Log { byte size; byte at[MAX] };

Log voter[N];
byte promised[N];

byte phase[E + 1];
Log own[E + 1];               /* while preparing: the most recent log among the promises */
byte promises[E + 1];         /* bit per voter */
byte stalePromises[E + 1];    /* those of a replica that is gone since */
byte match[(E + 1) * N];
byte commit[E + 1];

byte committed[MAX];          /* what the world was told; 0 for nothing */
byte committedBy[MAX];
byte wiped = NOBODY;
bit hasRepl[E + 1];
#ifdef REPLACE
bit told[N];                  /* whether a voter knows the replacement as committed */
bit heard[E + 1];             /* whether a promise said so */
#endif

hidden byte i, j, k, votes, expected, holders, cfg;
hidden byte newer, ok, both;

/* the voters of a log with so many CFG entries */
#define VOTERS(c) ((1 << (N - (c))) - 1)
#define LASTEPOCH(log) (log.size == 0 -> 0 : EPOCH(log.at[log.size - 1]))

inline configurationOf(log) {
    cfg = 0;
    k = 0;
    do
    :: k < log.size -> cfg = cfg + (KIND(log.at[k]) == CFG); k++
    :: else -> break
    od
}

/* ok = whether the voters in holders are a majority of those in cfg */
inline majority(m) {
    votes = 0;
    expected = 0;
    k = 0;
    do
    :: k < N ->
        if
        :: VOTERS(cfg) & (1 << k) -> expected++; votes = votes + (((m) >> k) & 1)
        :: else
        fi;
        k++
    :: else -> break
    od;
    ok = (votes * 2 > expected)
}

inline copy(from, to) {
    to.size = from.size;
    k = 0;
    do
    :: k < MAX -> to.at[k] = from.at[k]; k++
    :: else -> break
    od
}

/* does voter x listen to candidate c at all? */
#ifdef AMNESIAC_VOTES
#define LISTENS(c, x) true
#else
#define LISTENS(c, x) ((x) != wiped || hasRepl[c])
#endif

inline noteRepl(c) {
    hasRepl[c] = 0;
    k = 0;
    do
    :: k < own[c].size -> hasRepl[c] = hasRepl[c] || KIND(own[c].at[k]) == REPL; k++
    :: else -> break
    od
}

inline promise(c, x, answered) {
    promised[x] = c;
    if
    :: answered ->
        promises[c] = promises[c] | (1 << x);
        stalePromises[c] = stalePromises[c] & ~(1 << x);
#ifdef REPLACE
        heard[c] = heard[c] || told[x];
#endif
#ifdef LONGEST_LOG
        newer = voter[x].size > own[c].size;
#else
        newer = (LASTEPOCH(voter[x]) > LASTEPOCH(own[c])) || (LASTEPOCH(voter[x]) == LASTEPOCH(own[c]) && voter[x].size > own[c].size);
#endif
        if
        :: newer -> copy(voter[x], own[c]); noteRepl(c)
        :: else
        fi
    :: else
    fi
}

inline write(c, kind) {
    own[c].at[own[c].size] = ENTRY(c, kind);
    own[c].size++
}

inline tell(c) {
    k = 0;
    do
    :: k < j ->
        assert(committed[k] == 0 || committed[k] == COMMAND(own[c].at[k]));
        if
        :: committed[k] == 0 -> committed[k] = COMMAND(own[c].at[k]); committedBy[k] = c
        :: else
        fi;
        k++
    :: else -> break
    od;
    commit[c] = j;
#ifdef WITNESS
    assert(j < WITNESS);
#endif
}

inline elect(c) {
    phase[c] = LEADING;
    /* leader completeness */
    k = 0;
    do
    :: k < MAX -> assert(committed[k] == 0 || committedBy[k] >= c || (k < own[c].size && COMMAND(own[c].at[k]) == committed[k])); k++
    :: else -> break
    od;
#ifdef RESTAMPED_IN_PLACE
    k = 0;
    do
    :: k < own[c].size -> own[c].at[k] = COMMAND(own[c].at[k]) | c; k++
    :: else -> break
    od;
#endif
    if
    :: own[c].size < MAX -> write(c, 0)
    :: else
    fi
}

/* the first entry that voter x lacks or has otherwise; everything from there on goes */
inline append(c, x, answered) {
    promised[x] = c;
    i = 0;
    do
    :: i < own[c].size && i < voter[x].size && own[c].at[i] == voter[x].at[i] -> i++
    :: else -> break
    od;
    if
    :: i < own[c].size ->
        voter[x].at[i] = own[c].at[i];
        voter[x].size = i + 1;
        k = i + 1;
        do
        :: k < MAX -> voter[x].at[k] = 0; k++
        :: else -> break
        od;
        i++
    :: else
    fi;
#ifdef REPLACE
    k = 0;
    do
    :: k < i && k < commit[c] -> told[x] = told[x] || KIND(own[c].at[k]) == REPL; k++
    :: else -> break
    od;
#endif
    if
    :: answered -> match[c * N + x] = i
    :: else
    fi
}

/* the highest index that candidate c may count as committed */
inline advance(c) {
    j = own[c].size;
    do
    :: j > commit[c] ->
        holders = 0;
        k = 0;
        do
        :: k < N -> holders = holders | ((match[c * N + k] >= j) << k); k++
        :: else -> break
        od;
        configurationOf(own[c]);
        majority(holders);
        both = ok;
#ifndef REPLACED_BY_NEW_MAJORITY
        if
        :: hasRepl[c] && both && !IS_HEARD(c) ->
            /* while the replacement is not committed, the others of the old voters must be a majority as well */
            k = 0;
            do
            :: k < commit[c] -> both = both && KIND(own[c].at[k]) != REPL; k++
            :: else -> break
            od;
            if
            :: both -> majority(holders & ~(1 << wiped)); both = ok
            :: else -> both = true
            fi
        :: else
        fi;
#endif
#ifndef OLD_EPOCH_COUNTED
        both = both && EPOCH(own[c].at[j - 1]) == c;
#endif
        if
        :: both -> break
        :: else -> j--
        fi
    :: else -> break
    od
}

/* a majority of promises, counted under the configuration of the log that is to be adopted */
inline countPromises(c) {
#ifdef STALE_CONFIGURATION
    cfg = 0;
#else
    configurationOf(own[c]);
#endif
    if
    :: hasRepl[c] ->
        majority(promises[c] & ~stalePromises[c]);
#if defined(REPLACE) && !defined(ELECTED_BY_NEW_MAJORITY)
        /* nor may it be relied on before it is known as committed, unless the others of the old voters are a majority as well */
        both = ok;
        if
        :: both && !heard[c] -> majority(promises[c] & ~(1 << wiped))
        :: else -> ok = both
        fi
#endif
    :: else -> majority(promises[c])
    fi
}

#define CONVERSE(c, x) \
    :: d_step { MAY_PROMISE(c, x) -> phase[c] = PREPARING; promise(c, x, true) } \
    :: d_step { MAY_APPEND(c, x) -> append(c, x, true) } \
    LOSE_ANSWER(c, x)
#ifdef LOSSES
#define LOSE_ANSWER(c, x) \
    :: d_step { MAY_PROMISE(c, x) -> phase[c] = PREPARING; promise(c, x, false) } \
    :: d_step { MAY_APPEND(c, x) -> append(c, x, false) }
#else
#define LOSE_ANSWER(c, x)
#endif
#define MAY_PROMISE(c, x) phase[c] <= PREPARING && promised[x] < c && LISTENS(c, x)
#define MAY_APPEND(c, x) phase[c] == LEADING && promised[x] <= c && LISTENS(c, x) && IS_VOTER(c, x) && match[(c) * N + (x)] < own[c].size

#ifdef CONFIG
#define IS_VOTER(c, x) inConfiguration[(c) * N + (x)]
bit inConfiguration[(E + 1) * N];
#else
#define IS_VOTER(c, x) true
#endif

inline noteVoters(c) {
#ifdef CONFIG
    configurationOf(own[c]);
    k = 0;
    do
    :: k < N -> inConfiguration[c * N + k] = (VOTERS(cfg) >> k) & 1; k++
    :: else -> break
    od
#else
    skip
#endif
}

proctype candidate(byte c) {
end:
    do
    CONVERSE(c, 0)
    CONVERSE(c, 1)
#if N > 2
    CONVERSE(c, 2)
#endif
    :: d_step {
        phase[c] == PREPARING ->
        countPromises(c);
        if
        :: ok -> elect(c); noteVoters(c)
        :: else
        fi
       }
    /* the caller proposes a command */
    :: d_step { phase[c] == LEADING && own[c].size < MAX -> write(c, 0) }
#ifdef CONFIG
    /* all before it is committed, so the earlier change is as well, and an own entry */
    :: d_step { phase[c] == LEADING && own[c].size < MAX && commit[c] == own[c].size && EPOCH(own[c].at[own[c].size - 1]) == c ->
        configurationOf(own[c]);
        if
        :: cfg < N - 1 -> write(c, CFG); noteVoters(c)
        :: else
        fi
       }
#endif
#ifdef REPLACE
    :: d_step { phase[c] == LEADING && own[c].size < MAX && wiped != NOBODY && !hasRepl[c] && commit[c] == own[c].size && EPOCH(own[c].at[own[c].size - 1]) == c ->
        write(c, REPL);
        hasRepl[c] = 1;
        match[c * N + wiped] = 0
       }
#endif
    :: d_step { phase[c] == LEADING && commit[c] < own[c].size ->
        advance(c);
        if
        :: j > commit[c] -> tell(c)
        :: else
        fi
       }
    od
}

inline wipe(x) {
    wiped = x;
    voter[x].size = 0;
    k = 0;
    do
    :: k < MAX -> voter[x].at[k] = 0; k++
    :: else -> break
    od;
    promised[x] = 0;
#ifdef REPLACE
    told[x] = 0;
#endif
    k = 1;
    do
    :: k <= E -> stalePromises[k] = stalePromises[k] | (promises[k] & (1 << x)); k++
    :: else -> break
    od
}

#define LOSE_POWER(x) \
    LOSE_PROMISE(x) \
    LOSE_ENTRY(x)
#ifdef PROMISE_FORGOTTEN
#define LOSE_PROMISE(x) :: promised[x] > LASTEPOCH(voter[x]) -> promised[x] = LASTEPOCH(voter[x])
#else
#define LOSE_PROMISE(x)
#endif
#ifdef ACK_BEFORE_WRITE
#define LOSE_ENTRY(x) :: d_step { voter[x].size > 0 -> voter[x].size--; voter[x].at[voter[x].size] = 0 }
#else
#define LOSE_ENTRY(x)
#endif

/* what happens to the machines: a power loss keeps all that was written before it was answered, so only bad voters notice it */
proctype machines() {
end:
    do
    LOSE_POWER(0)
    LOSE_POWER(1)
#if defined(REPLACE) || defined(AMNESIAC_VOTES)
    /* the voters are alike, so it may as well be this one */
    :: d_step { wiped == NOBODY -> wipe(0); skip }
#endif
    :: false
    od
}

init {
    atomic {
        run candidate(1);
        run candidate(2);
#if E > 2
        run candidate(3);
#endif
#if E > 3
        run candidate(4);
#endif
        run machines()
    }
}
