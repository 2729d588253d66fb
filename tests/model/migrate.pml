/*
 * A live migration (src/AkkaHa.Core/Moves; DESIGN §10), from node 0 to node 1, and what becomes of the guest after it.
 *
 * The border: as in mayrun.pml a commit is one step, an order may arrive at any later time in the session it was given to, and of the reports of a
 * session any may be believed as late as one likes; a proof means that the node is off. Checked is:
 *   - no two copies of the guest run at once (S1);
 *   - a destination that runs has all of the guest, and its source never runs again by itself.
 *
 * The devices. A destination waits (INCOMING) until it is let go. A source copies, stands still at the switch-over (STILL), and once it was told to
 * hand over (OUT) it either has done so or runs on, by itself and whatever becomes of the daemon beside it. It may also run on before that,
 * when the connection breaks. Either node's daemon may restart once (where nodes are lost: one of them), and one node may be
 * lost, heard again, or be off and be proven so.
 *
 * The rules are those of MoveTransitions, MigrationSteps and MigrationOrders, and of Possession for what comes after.
 *
 * Not in it: a third node (a copy that may be alive there forbids the hand-over), the copying itself, requests to stop, `error`.
 *
 * Sizes:     -DT tokens
 * Features:  -DRESTARTS daemons restart  -DLOSSES a node is lost
 * Bad ones:  -DCONTINUED_AT_ONCE -DLOST_IS_GONE -DTOKEN_IGNORED -DSESSION_IGNORED -DANSWER_OF_OLDER_ORDER
 * Witness:   -DWITNESS=1 arrives  2 runs on at the source after an abort  3 arrives after the source is proven dead  4 started again elsewhere
 */
#ifndef T
#define T 5
#endif
#define S 2

#define NONE 0
#define RUN 1
#define INCOMING 2
#define STILL 3
#define OUT 4
#define BUSY 5

#define START 1
#define STOP 2
#define RECEIVE 4
#define SEND 8
#define COMPLETE 16
#define CONTINUE 32
#define RESUME 64
#define ATTEST 128

#define PREPARING 1
#define HANDING 2
#define ARRIVING 3
#define ABORTING 4

#define MIGRATING 0
#define STARTED 1
#define STARTING 2
#define STOPPING 3
#define FENCE 4
#define RECOVERY 5

#define NOBODY 2

/* the machines */
bit off[2];
byte session[2] = 1;
byte st[2];
bit whole[2];          /* a destination has all of the guest */
bit departed[2];       /* a source has handed it over */
byte top[2];
byte pending[2];       /* an order that is to be carried out */

/* reports, one a session */
#define AT(n, s) ((n) * S + (s) - 1)
bit reported[2 * S];
byte said[2 * S];
bit saidDeparted[2 * S];
byte saidTop[2 * S];

/* orders given: kinds by node, session and token */
byte given[2 * S * (T + 1)];
#define GIVEN(n, s, i) given[AT(n, s) * (T + 1) + (i)]

/* the log */
byte token;
byte phase;
byte actual = STARTED;
byte owner;
byte mayrun = 1;
byte open[2] = 1;
bit lost[2];
bit dead[2];
byte losses;

hidden byte k, kinds;

#define BIT(n) (1 << (n))
#define LOSTIN(m) ((lost[0] && ((m) & 1)) || (lost[1] && ((m) & 2)))

inline check() {
    assert(!(st[0] == RUN && st[1] == RUN));
    assert(!(st[0] == RUN && departed[0]))
}

inline settle() {
    if
    :: phase == 0 && owner == NOBODY -> actual = (LOSTIN(mayrun) -> FENCE : RECOVERY)
    :: phase == 0 && owner != NOBODY && actual == FENCE && !LOSTIN(mayrun) -> actual = STARTED
    :: else
    fi
}

#define LAND phase = 0; actual = (LOSTIN(mayrun) -> FENCE : actual)

/* MoveTransitions.Released; a new token where one is taken */
inline released(n, isWhole) {
    mayrun = mayrun & ~BIT(n);
    if
    :: phase == 0 ->
        owner = (owner == n -> NOBODY : owner);
        settle()
    :: phase != 0 && mayrun == 0 -> phase = 0; owner = NOBODY; settle()
    :: phase != 0 && mayrun == 1 -> owner = 0; token++; actual = STARTED; LAND
    :: phase != 0 && mayrun == 2 && phase == HANDING && n == 0 && isWhole -> owner = 1; token++; phase = ARRIVING
    :: phase != 0 && mayrun == 2 && !(phase == HANDING && n == 0 && isWhole) -> owner = 1; token++; actual = STOPPING; LAND
    :: else
    fi
}

inline abort() { token++; phase = ABORTING }

/* Possession.TakeReport of a new session */
inline take(n, s) {
    open[n] = s;
    if
    :: said[AT(n, s)] == NONE -> if :: mayrun & BIT(n) -> released(n, saidDeparted[AT(n, s)]) :: else fi
    :: said[AT(n, s)] != NONE && phase != 0 && (mayrun & BIT(n)) -> skip
    :: else ->
        mayrun = mayrun | BIT(n);
        if
        :: mayrun != BIT(n) ->
            if
            :: owner == n && said[AT(n, s)] == RUN && actual != STOPPING -> token = token
            :: owner == n && !(said[AT(n, s)] == RUN && actual != STOPPING) -> token++
            :: else
            fi;
            settle()
        :: else ->
            owner = n;
            if
            :: actual == STOPPING -> token++
            :: actual != STOPPING && said[AT(n, s)] == INCOMING -> actual = STOPPING; token++
            :: actual != STOPPING && said[AT(n, s)] == STILL -> actual = STARTED; token++
            :: else -> actual = STARTED
            fi
        fi
    fi
}

/* what the committed state asks of node n now */
inline asked(n) {
    kinds = 0;
    if
    :: phase == PREPARING && n == 1 -> kinds = RECEIVE
    :: phase == PREPARING && n == 0 && reported[AT(1, open[1])] && said[AT(1, open[1])] == INCOMING && saidTop[AT(1, open[1])] >= token -> kinds = SEND
    :: phase == HANDING -> kinds = (n == 0 -> COMPLETE : ATTEST)
    :: phase == ARRIVING && n == 1 && mayrun == 2 -> kinds = CONTINUE
    :: phase == ABORTING -> kinds = (n == 0 -> RESUME : STOP)
    :: phase == 0 && owner == n && (actual == STARTED || actual == STARTING) && mayrun == BIT(n) -> kinds = START
    :: phase == 0 && owner == n && actual == STOPPING -> kinds = STOP
    :: else
    fi
}

inline carryOut(n) {
    k = pending[n];
    pending[n] = 0;
    if
    :: k == START && (st[n] == NONE || st[n] == INCOMING || st[n] == STILL) -> whole[n] = 0; departed[n] = 0; st[n] = RUN
    :: k == STOP && st[n] != OUT -> st[n] = NONE; whole[n] = 0
    :: k == RECEIVE && (st[n] == NONE || st[n] == INCOMING) -> st[n] = INCOMING; whole[n] = 0; departed[n] = 0
    :: k == SEND && st[n] == RUN && st[1] == INCOMING -> st[n] = STILL
    :: k == COMPLETE && st[n] == STILL -> st[n] = OUT
    :: k == CONTINUE && st[n] == INCOMING -> st[n] = (whole[n] -> RUN : NONE); whole[n] = 0
    :: k == RESUME && st[n] == STILL -> st[n] = RUN
    :: else
    fi;
    check()
#ifdef WITNESS
    ; assert(WITNESS != 1 || !(k == CONTINUE && st[1] == RUN));
    assert(WITNESS != 2 || !(k == RESUME && st[0] == RUN && phase == ABORTING));
    assert(WITNESS != 3 || !(k == CONTINUE && st[1] == RUN && dead[0]));
    assert(WITNESS != 4 || !(k == START && st[1] == RUN))
#endif
}

#ifdef TOKEN_IGNORED
#define ABOVE(i, n) pending[n] == 0
#else
#define ABOVE(i, n) (i) > top[n]
#endif
#ifdef SESSION_IGNORED
#define TOLD(n, i) (GIVEN(n, 1, i) | GIVEN(n, 2, i))
#else
#define TOLD(n, i) GIVEN(n, session[n], i)
#endif
#ifdef ANSWER_OF_OLDER_ORDER
#define ANSWERED(n) (reported[AT(n, open[n])])
#else
#define ANSWERED(n) (reported[AT(n, open[n])] && saidTop[AT(n, open[n])] >= token)
#endif
#define SAYS(n) said[AT(n, open[n])]
#define STATE(n) ((pending[n] != 0 || (st[n] == OUT)) -> BUSY : st[n])

#define DELIVER(n, i, kind) :: d_step { !off[n] && ABOVE(i, n) && (TOLD(n, i) & (kind)) -> top[n] = i; pending[n] = kind }
#define ORDERS(n, i) \
    DELIVER(n, i, START) DELIVER(n, i, STOP) DELIVER(n, i, RECEIVE) DELIVER(n, i, SEND) \
    DELIVER(n, i, COMPLETE) DELIVER(n, i, CONTINUE) DELIVER(n, i, RESUME) DELIVER(n, i, ATTEST)

#define NODE(n) \
    :: d_step { !off[n] && st[n] != OUT && pending[n] != 0 -> carryOut(n) } \
    :: d_step { !off[n] && pending[n] != 0 && pending[n] != RESUME && pending[n] != ATTEST && pending[n] != COMPLETE && pending[n] != STOP && st[n] != OUT -> pending[n] = 0 } \
    :: d_step { st[n] == OUT && !off[n] -> st[n] = RUN; check() } \
    :: d_step { st[n] == STILL && !off[n] -> st[n] = RUN; check() } \
    :: d_step { st[n] == RUN -> st[n] = NONE } \
    :: d_step { !off[n] && (!reported[AT(n, session[n])] || said[AT(n, session[n])] != STATE(n) || saidTop[AT(n, session[n])] != top[n] \
            || saidDeparted[AT(n, session[n])] != departed[n]) -> \
        reported[AT(n, session[n])] = 1; said[AT(n, session[n])] = STATE(n); saidTop[AT(n, session[n])] = top[n]; \
        saidDeparted[AT(n, session[n])] = departed[n] } \
    /* an order is sent */ \
    :: d_step { !lost[n] && !dead[n] && token > 0 && token <= T -> \
        asked(n); \
        GIVEN(n, open[n], token) = GIVEN(n, open[n], token) | kinds } \
    /* it answers that the guest is gone */ \
    :: d_step { !lost[n] && !dead[n] && token < T && (mayrun & BIT(n)) && ANSWERED(n) && SAYS(n) == NONE && actual != RECOVERY -> \
        released(n, saidDeparted[AT(n, open[n])]) } \
    :: d_step { actual == RECOVERY && token < T && !lost[n] && !dead[n] && (mayrun & ~BIT(n)) == 0 -> \
        token++; mayrun = mayrun | BIT(n); owner = n; actual = STARTING } \
    RESTART(n) LOSE(n)

#ifdef RESTARTS
#ifdef LOSSES
#define MAY_RESTART(n) session[0] + session[1] == 2
#else
#define MAY_RESTART(n) session[n] == 1
#endif
#define RESTART(n) \
    :: d_step { !off[n] && MAY_RESTART(n) -> session[n] = 2; top[n] = 0; pending[n] = 0 } \
    :: d_step { !lost[n] && !dead[n] && token < T && open[n] == 1 && reported[AT(n, 2)] && said[AT(n, 2)] != BUSY -> take(n, 2) }
#else
#define RESTART(n)
#endif

#ifdef LOST_IS_GONE
#define IS_OFF(n) true
#else
#define IS_OFF(n) off[n]
#endif
#ifdef LOSSES
#define LOSE(n) \
    :: d_step { losses < 1 && !off[n] -> off[n] = 1; st[n] = NONE; whole[n] = 0; pending[n] = 0; losses = 1 } \
    :: d_step { !lost[n] && !dead[n] && token < T && !lost[1 - (n)] && !dead[1 - (n)] -> \
        lost[n] = 1; \
        if \
        :: (mayrun & BIT(n)) && phase == PREPARING -> abort() \
        :: (mayrun & BIT(n)) && phase == ARRIVING -> LAND \
        :: (mayrun & BIT(n)) && phase == 0 -> actual = FENCE \
        :: else \
        fi } \
    /* heard again in its session */ \
    :: d_step { lost[n] && session[n] == open[n] && !off[n] -> lost[n] = 0; if :: actual == FENCE -> settle() :: else fi } \
    :: d_step { lost[n] && IS_OFF(n) && token < T -> \
        lost[n] = 0; dead[n] = 1; \
        if \
        :: mayrun & BIT(n) -> released(n, true) \
        :: else \
        fi }
#else
#define LOSE(n)
#endif

active proctype world() {
    d_step { st[0] = RUN; k = 0 };
end:
    do
    :: d_step { phase == 0 && actual == STARTED && owner == 0 && mayrun == 1 && token == 0 && !lost[1] && !dead[1] ->
        token++; phase = PREPARING; actual = MIGRATING;
        mayrun = 3
       }
    :: d_step { phase == PREPARING && token < T && ANSWERED(0) && SAYS(0) == STILL && ANSWERED(1) && SAYS(1) == INCOMING && mayrun == 3 && !lost[0] && !lost[1] ->
        owner = 1; token++; phase = HANDING;
#ifdef CONTINUED_AT_ONCE
        mayrun = 2; phase = ARRIVING
#endif
       }
    :: d_step { phase == PREPARING && token < T -> abort() }
    :: d_step { phase == HANDING && token < T && !lost[0] && ANSWERED(0) && SAYS(0) == RUN -> abort() }
    :: d_step { phase == ARRIVING && !lost[1] && ANSWERED(1) && SAYS(1) == RUN -> phase = 0; actual = STARTED }
    :: d_step { phase == 0 && actual == STARTING && owner < 2 && !lost[owner] && ANSWERED(owner) && SAYS(owner) == RUN -> actual = STARTED }
    /* the hand-over is done, whoever watches */
    :: d_step { st[0] == OUT && !off[0] && st[1] == INCOMING && !off[1] -> st[0] = NONE; departed[0] = 1; whole[1] = 1 }
    NODE(0)
    NODE(1)
    ORDERS(0, 1) ORDERS(1, 1)
    ORDERS(0, 2) ORDERS(1, 2)
    ORDERS(0, 3) ORDERS(1, 3)
    ORDERS(0, 4) ORDERS(1, 4)
#if T > 4
    ORDERS(0, 5) ORDERS(1, 5)
#endif
#if T > 5
    ORDERS(0, 6) ORDERS(1, 6)
#endif
    od
}
