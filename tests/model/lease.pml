/*
 * Denials, leases and the self-fence bound (DESIGN §6), for one boot of one node and the guests on it.
 *
 * The border. Below: the log is right (log.pml), so what a voter holds is a part of one chain, and an election with its no-op is one step that
 * keeps all that is committed. A voter that has not promised the acting CRM's epoch may hold whatever its old leader could write: a re-admission
 * in such a tail lets it grant to a denied boot. Above: may-run and commands (mayrun.pml) rely on one word of this model:
 *   - while the log holds a proof for the boot, no guest of it is alive (S1), until a later admission is committed.
 * and commands on another:
 *   - an order is not carried out if a higher epoch was won before it arrived (S5).
 *
 * Time. A lease request has a number; numbers are sent in order. `gone` says up to which number (node-ttl + 2 watchdog-timeout) have passed since
 * it was first sent: the boot must have killed its guests by then, unless a later number was granted. A voter remembers in `since` how many
 * numbers were sent by the last of: its last grant, its start, its append of the newest configuration. All those have passed once `gone` has
 * come so far, and no sooner can B have passed on the voter's clock. Messages take any time: a request may be granted, and a grant arrive,
 * long after it was sent, twice, or never.
 *
 * An order for the session that runs first is on its way from the start, from every epoch; the order for a second one follows its admission.
 *
 * Not in it: drift (it is inside B), a paused or sleeping host, an unarmed watchdog (no bound counts there), devices (they end the boot itself).
 *
 * Features:  -DV=2|3 voters  -DE epochs  -DR request numbers  -DMAX entries of the chain
 *            -DCONFIG   voters leave, one at a time, the highest first: {0 1 2} -> {0 1} -> {0}
 *            -DRESTARTS voters restart
 *            -DNO_RETURN the boot is not admitted again, which leaves room for other things
 * Bad ones:  -DDENIED_FROM_COMMIT -DGRANT_BEFORE_RECOVERY -DAMNESIAC_VOTER -DSTART_FORGOTTEN -DSTALE_CONFIGURATION -DCONFIGURATION_FORGOTTEN
 *            -DNO_FRESH_ROUND -DGATE_OPENED_BY_ORDER -DGRANTS_POOLED -DANSWER_WITHOUT_EPOCH -DPROOF_OF_ANY_DENIAL -DDENIAL_PER_SESSION
 *            -DSAME_SESSION_READMITTED
 * Not bad:   -DADMITTED_WHILE_IT_RUNS
 * Witness:   -DWITNESS=1 proven  2 admitted again after a proof  3 the denial lifted and the guest still alive  4 started in the second session
 *            5 proven under the last configuration
 */
#ifndef V
#define V 3
#endif
#ifndef E
#define E 2
#endif
#ifndef R
#define R 3
#endif
#ifndef MAX
#define MAX 3
#endif

#define DENY 1     /* the boot is lost */
#define HEARD 2    /* it never went: the denial is lifted, nothing else changes */
#define ADMIT 3    /* admitted again, in a new session */
#define CFG 4      /* the highest voter leaves */

byte chain[MAX];           /* what the acting CRM's log holds of these */
byte size;
byte done;                 /* so many of them are committed */
byte cur = 1;              /* the acting CRM's epoch */

byte held[V];               /* how much of the chain a voter holds */
byte promised[V];
byte since[V];

byte sent;                 /* the boot's newest request number */
byte gone;
byte lease;                /* the newest number that it knows a majority granted */
byte granted[R + 1];       /* bit per voter */
byte under[R + 1];         /* the configuration that a number is counted under */

bit runs = 1;              /* a guest is alive */
bit session;               /* 0 the daemon that ran first, 1 a later one */
bit openSession;           /* the newest one committed */

byte proven;               /* the committed proof names the denial at this position of the chain, from 1; 0 none in force */
bit fenced;                /* a fence attempt is committed */
bit mayHear[E + 1];        /* the deposed CRM of that epoch could still lift the denial */
byte answers;              /* voters that told the acting CRM that the denial stands and B has passed */

byte asking;               /* the number of the fresh round before an order is carried out; 0 none */
byte orderEpoch;
byte wonBefore;            /* the newest epoch won when the order came */
byte fresh;                /* voters whose grant of that number does not name a higher epoch than the order's */

#ifdef DENIED_FROM_COMMIT
byte told[V];              /* what a voter knows as committed */
#define KNOWN(x) told[x]
#else
#define KNOWN(x) held[x]
#endif
#ifdef GRANT_BEFORE_RECOVERY
bit recovering[V];
#define FORGETS(x) recovering[x]
#else
#define FORGETS(x) false
#endif
#ifdef AMNESIAC_VOTER
byte wiped = V;
#undef FORGETS
#define FORGETS(x) (wiped == (x))
#endif

/* what asks to be admitted again */
#ifdef SAME_SESSION_READMITTED
#define IS_NEW (proven > 0)
#else
#define IS_NEW (session > openSession)
#endif

hidden byte k, cfg, known, votes, best;
hidden byte denied, ok, readmitted;

#define IN(mask, x) (((mask) >> (x)) & 1)
#define COUNT(mask) (IN(mask, 0) + IN(mask, 1) + IN(mask, 2))
/* so many voters are left after c changes, and these */
#define LEFT(c) (V - (c))
#define OF(c) ((1 << LEFT(c)) - 1)
#define MAJORITY(mask, c) (COUNT((mask) & OF(c)) * 2 > LEFT(c))

/* what so much of the chain says */
inline read(upTo) {
    cfg = 0;
    denied = 0;
    readmitted = 0;
    k = 0;
    do
    :: k < upTo ->
        if
        :: chain[k] == DENY -> denied = 1
        :: chain[k] == HEARD -> denied = 0
        :: chain[k] == ADMIT -> denied = 0; readmitted = 1
        :: chain[k] == CFG -> cfg++
        fi;
        k++
    :: else -> break
    od
}

/* ok = whether voter x grants request n */
inline mayGrant(x, n) {
    read(KNOWN(x));
    known = cfg;
#ifdef DENIED_FROM_COMMIT
    read(held[x]);
    known = cfg;
    read(KNOWN(x));
#endif
    ok = !denied || FORGETS(x);
    /* the tail of an older leader, which nobody has cut yet */
    ok = ok || (promised[x] < cur && (mayHear[promised[x]] || IS_NEW));
#ifdef DENIAL_PER_SESSION
    ok = ok || session == 1;
#endif
#ifndef STALE_CONFIGURATION
    ok = ok && known <= under[n];
#endif
    ok = ok && IN(OF(under[n]), x)
}

inline check() {
    assert(!(proven > 0 && runs));
#ifdef WITNESS
    assert(WITNESS != 1 || proven == 0);
    assert(WITNESS != 3 || !(size > 1 && done == size && chain[size - 1] == HEARD && runs));
#endif
}

/* entries reach voter x, or a question does: either binds it to the acting CRM's epoch */
inline append(x) {
    promised[x] = cur;
    if
    :: held[x] < size ->
        if
#ifndef CONFIGURATION_FORGOTTEN
        :: chain[held[x]] == CFG -> since[x] = sent
#endif
        :: else
        fi;
        held[x]++
    :: else
    fi
}

inline commit() {
    read(size);
    votes = 0;
    k = 0;
    do
    :: k < V -> votes = votes | ((held[k] > done && promised[k] == cur) << k); k++
    :: else -> break
    od;
    if
    :: MAJORITY(votes, cfg) ->
        if
        :: chain[done] == ADMIT ->
#ifdef WITNESS
            assert(WITNESS != 2 || proven == 0);
#endif
            proven = 0; fenced = 0; openSession = 1
        :: chain[done] == DENY -> fenced = 0
        :: else
        fi;
        done++;
        check()
    :: else
    fi
}

/* a majority promises the next epoch; the longest of their logs is adopted, and with the no-op committed */
inline elect(q) {
    best = 0;
    k = 0;
    do
    :: k < V -> best = (IN(q, k) && held[k] > best -> held[k] : best); k++
    :: else -> break
    od;
    read(best);
    if
    :: MAJORITY(q, cfg) && best >= done ->
        do
        :: size > best -> size--; chain[size] = 0
        :: else -> break
        od;
        mayHear[cur] = (proven == 0 && !fenced);
        cur++;
        k = 0;
        do
        :: k < V ->
            if
            :: IN(q, k) ->
                promised[k] = cur;
#if defined(CONFIG) && !defined(CONFIGURATION_FORGOTTEN)
                if
                :: held[k] < best -> since[k] = sent
                :: else
                fi;
#endif
                held[k] = best
            :: else -> held[k] = (held[k] > best -> best : held[k])
            fi;
            k++
        :: else -> break
        od;
        do
        :: done < best ->
            if
            :: chain[done] == ADMIT -> proven = 0; fenced = 0; openSession = 1
            :: chain[done] == DENY -> fenced = 0
            :: else
            fi;
            done++
        :: else -> break
        od;
        answers = 0;
        check()
    :: else
    fi
}

inline propose(kind) {
    chain[size] = kind;
    size++;
    if
#ifndef PROOF_OF_ANY_DENIAL
    :: kind == DENY -> answers = 0
#endif
    :: else
    fi
}

#ifdef ANSWER_WITHOUT_EPOCH
#define BINDS(x) true
#else
#define BINDS(x) promised[x] == cur
#endif

#ifdef GATE_OPENED_BY_ORDER
#define GATE_OPEN true
#else
#define GATE_OPEN (lease > gone)
#endif

/* a start: the gate is checked in the same instant as the guest is let go */
inline begin() {
    if
    :: GATE_OPEN ->
        assert(orderEpoch >= wonBefore);
        runs = 1;
        check()
#ifdef WITNESS
        ; assert(WITNESS != 4 || session == 0)
#endif
    :: else
    fi
}

/* the order for the second session is given once its admission is committed */
#define ORDERED (session == 0 || openSession == 1)

#define NUMBER(n) \
    :: d_step { lease < n && n > gone && n <= sent && MAJORITY(granted[n], under[n]) -> lease = n }

#define VOTER(x) \
    :: d_step { held[x] < size || promised[x] < cur -> append(x) } \
    GRANT(x, 1) GRANT(x, 2) THIRD_GRANT(x) FOURTH_GRANT(x) \
    :: d_step { proven == 0 && done == size && !IN(answers, x) && BINDS(x) && gone >= since[x] -> \
        read(held[x]); \
        if \
        :: denied && held[x] == size -> answers = answers | (1 << x) \
        :: else \
        fi \
       } \
    RESTART(x) TELL(x) RECOVER(x)

#if R > 2
#define THIRD_GRANT(x) GRANT(x, 3)
#else
#define THIRD_GRANT(x)
#endif
#if R > 3
#define FOURTH_GRANT(x) GRANT(x, 4)
#else
#define FOURTH_GRANT(x)
#endif

#define GRANT(x, n) \
    :: d_step { n > gone && n <= sent && !IN(granted[n], x) -> \
        mayGrant(x, n); \
        if \
        :: ok -> \
            granted[n] = granted[n] | (1 << x); \
            since[x] = sent; \
            fresh = (asking == n && promised[x] <= orderEpoch -> fresh | (1 << x) : fresh) \
        :: else \
        fi \
       }

#ifdef RESTARTS
#ifdef START_FORGOTTEN
#define AFTER_START(x) 0
#else
#define AFTER_START(x) sent
#endif
#ifdef GRANT_BEFORE_RECOVERY
#define RESTART(x) :: d_step { since[x] < sent || held[x] > 0 -> since[x] = AFTER_START(x); recovering[x] = 1 }
#define RECOVER(x) :: d_step { recovering[x] -> recovering[x] = 0 }
#else
#define RESTART(x) :: d_step { since[x] != AFTER_START(x) -> since[x] = AFTER_START(x) }
#define RECOVER(x)
#endif
#else
#define RESTART(x)
#define RECOVER(x)
#endif
#ifdef DENIED_FROM_COMMIT
#define TELL(x) :: d_step { told[x] < held[x] && told[x] < done && promised[x] == cur -> told[x]++ }
#else
#define TELL(x)
#endif

active proctype world() {
    d_step {
        k = 0;
        do
        :: k < V -> promised[k] = 1; k++
        :: else -> break
        od;
        /* the boot has a lease, and a guest */
        sent = 1;
        granted[1] = OF(0);
        lease = 1;
        k = 0;
        do
        :: k < V -> since[k] = 1; k++
        :: else -> break
        od
    };
end:
    do
    /* the acting CRM */
    :: d_step { size < MAX && done == size -> read(size); if :: !denied -> propose(DENY) :: else fi }
#ifndef NO_RETURN
    :: d_step { size < MAX && done == size && !fenced && proven == 0 && session == openSession -> read(size); if :: denied -> propose(HEARD) :: else fi }
#ifdef ADMITTED_WHILE_IT_RUNS
#define MAY_RETURN true
#else
    /* given up, it returns only empty, and not while an attempt is open */
#define MAY_RETURN (proven > 0 && !runs) || (proven == 0 && !fenced)
#endif
    :: d_step { size < MAX && done == size && IS_NEW && (MAY_RETURN) -> read(size); if :: denied -> propose(ADMIT) :: else fi }
    :: d_step { session == 0 -> session = 1; asking = 0; orderEpoch = 0; wonBefore = 0; fresh = 0 }
#endif
    :: d_step { done == size && !fenced && proven == 0 -> read(size); if :: denied -> fenced = 1 :: else fi }
#ifdef CONFIG
    :: d_step { size < MAX && done == size -> read(size); if :: cfg < V - 1 -> propose(CFG); answers = 0 :: else fi }
#endif
    :: d_step { done == size && proven == 0 && answers > 0 ->
        read(size);
        if
        :: denied && MAJORITY(answers, cfg) -> proven = size; answers = 0; check()
#ifdef WITNESS
            ; assert(WITNESS != 5 || cfg < V - 1)
#endif
        :: else
        fi
       }
    :: d_step { done < size -> commit() }
    :: d_step { cur < E -> elect(3) }
#if V > 2
    :: d_step { cur < E -> elect(5) }
    :: d_step { cur < E -> elect(6) }
#ifdef CONFIG
    :: d_step { cur < E -> elect(1) }
#endif
#endif
    /* the voters */
    VOTER(0)
    VOTER(1)
#if V > 2
    VOTER(2)
#endif
#ifdef AMNESIAC_VOTER
    :: d_step { wiped == V -> wiped = 0 }
#endif
    /* the boot; it may know any configuration that there was */
    :: d_step { sent < R ->
        sent++;
        under[sent] = 0;
#ifdef GRANTS_POOLED
        granted[sent] = granted[sent - 1]
#endif
       }
#ifdef CONFIG
    :: d_step { sent > 0 && granted[sent] == 0 && under[sent] < V - 1 ->
        read(size);
        if
        :: under[sent] < cfg -> under[sent]++
        :: else
        fi
       }
#endif
    NUMBER(1)
    NUMBER(2)
#if R > 2
    NUMBER(3)
#endif
#if R > 3
    NUMBER(4)
#endif
    /* time passes; whoever has no later lease has killed its guests by then, or the watchdog has */
    :: d_step { gone < sent && (lease > gone + 1 || !runs) ->
        gone++;
        granted[gone] = 0;
        under[gone] = 0;
        if
        :: asking > 0 && asking <= gone -> asking = 0; orderEpoch = 0; wonBefore = 0; fresh = 0
        :: else
        fi
       }
    :: d_step { runs -> runs = 0 }
    /* an order of any epoch so far */
#ifdef NO_FRESH_ROUND
#define ORDER(e) :: d_step { e <= cur && !runs && ORDERED -> orderEpoch = e; wonBefore = cur; begin(); orderEpoch = 0; wonBefore = 0 }
#else
#define ORDER(e) :: d_step { e <= cur && !runs && ORDERED && asking == 0 && sent < R -> \
        orderEpoch = e; wonBefore = cur; sent++; under[sent] = 0; asking = sent; fresh = 0 }
    :: d_step { asking > 0 && MAJORITY(fresh, under[asking]) && !runs ->
        lease = (asking > lease -> asking : lease);
        begin();
        asking = 0; orderEpoch = 0; wonBefore = 0; fresh = 0
       }
#endif
    ORDER(1)
#if E > 1
    ORDER(2)
#endif
#if E > 2
    ORDER(3)
#endif
    od
}
