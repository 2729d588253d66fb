/*
 * May-run, admission, sessions and commands (src/AkkaHa.Core: MayRun, Failures, Lifecycle; DESIGN §5, §7), for one resource on two nodes.
 *
 * The border. Below: the log is one chain of commits (log.pml), so a commit is one step, and a proof of a boot means what lease.pml says: nothing
 * of it is alive, and nothing starts in the sessions it had, until a later admission of that boot is committed (`shut`). Checked is:
 *   - no two copies of the guest are alive at once (S1).
 *
 * Node A reboots, loses power, restarts its daemon, is lost and comes back; node B is always well, since what each does to the other is the
 * same. Orders are never lost for good: each may arrive at any time, also from a CRM that was deposed long since. Of each session's reports any may
 * be believed as late as one likes. The lives of the CRMs need no more than that: they decide nothing but by the log and by reports.
 *
 * The rules are those of NodeTransitions, ResourceTransitions and Possession, named beside them.
 *
 * Not in it: guests that somebody started by hand, migration, the states error, ignored and disabled (they only keep may-run as it is).
 *
 * Sizes:     -DT orders  -DS sessions of A  -DD denials
 * Features:  -DMOVES     the operator stops the guest, to run it elsewhere
 *            -DREBOOTS   A may have a second boot
 *            -DLEAVES    A's daemon may leave cleanly, running nothing
 * Bad ones:  -DMAYRUN_IGNORED -DADMISSION_PER_DAEMON -DSESSION_IGNORED -DTOKEN_IGNORED -DOLD_RELEASE -DSAME_SESSION_READMITTED
 *            -DLATE_REPORT -DPROOF_OF_ANY_DENIAL -DLEAVES_OBEYING
 * Not bad:   -DRETURNS_RUNNING -DEARLIER_BOOT_FORGOTTEN break nothing here: what they guard against another rule keeps away as well
 * Witness:   -DWITNESS=1 runs on both nodes one after the other  2 proven and started elsewhere  3 adopted by a later session  4 the second boot runs it
 */
#ifndef T
#define T 3
#endif
#ifndef S
#define S 2
#endif
#ifndef D
#define D 1
#endif

#define ON 0
#define LOST 1
#define OFF 2

#define RECOVERY 0
#define STARTING 1
#define STARTED 2
#define STOPPING 3
#define FENCE 4

/* a guest as reported, or an operation of an LRM */
#define RELEASED 0
#define RUNNING 1
#define BUSY 2
#define START 1
#define STOP 2

#define AT_B 4         /* may-run: bit 0 and 1 are A's boots, bit 2 is B */
#define BIT(boot) ((1 << (boot)) >> 1)
#define NOBODY 0
#define AT_NODE_B 9    /* owners and receivers of orders are sessions of A, from 1, or B */

/* the machines */
bit up = 1;
byte boot = 1;
byte session = 1;
bit runs[2];
byte op[2];            /* under way, and the next */
byte next[2];
byte top[2];           /* the highest token known in this session */
bit shut;              /* A's gate is closed until its boot is admitted again */
bit leaving;           /* A's session ends, running nothing: every order is refused */

/* reports on their way, one a session of A, and of B */
byte said[S + 1];
byte saidTop[S + 1];
byte asOf[S + 1];
byte bootOf[S + 1];
bit reported[S + 1];
bit saidLeaving[S + 1];
byte saidB;
byte saidTopB;

/* the log: orders by token, the node, the resource */
byte orders;
byte kind[T + 1];
byte to[T + 1];
byte admitted;         /* 0 none yet */
byte admissions;       /* of another boot; a report says how many it was asked after */
byte open;
byte condition = OFF;
byte denial;
byte fence;            /* 0 none, 1 open, 2 ended */
bit proofStands;
bit earlier;           /* boot 1 was replaced */
byte mayrun;
byte owner;
byte token;
byte actual;
byte evidence;         /* somebody has a proof for this denial */

hidden byte k;
hidden byte same, refused;

#define ISLOST (condition == LOST && (mayrun & BIT(admitted)))

inline check() {
    assert(!(runs[0] && runs[1]))
}

inline settle() {
    if
    :: owner == NOBODY -> actual = (ISLOST -> FENCE : RECOVERY)
    :: owner != NOBODY && actual == FENCE && !ISLOST -> actual = STARTED
    :: else
    fi
}

/* Possession.Release of these boots */
inline release(bits) {
    if
    :: mayrun & (bits) ->
        mayrun = mayrun & ~(bits);
        if
        :: (owner == AT_NODE_B && ((bits) & AT_B)) || (owner != NOBODY && owner != AT_NODE_B && ((bits) & BIT(bootOf[owner]))) -> owner = NOBODY
        :: else
        fi;
        settle()
    :: else
    fi
}

/* Possession.TakeReport of session s */
inline take(s) {
    open = s;
    if
    :: said[s] == RELEASED -> release(BIT(bootOf[s]))
    :: else ->
#ifdef ADMISSION_PER_DAEMON
        /* a new daemon proves the earlier one dead, and what that one ran with it */
        release(BIT(bootOf[s]))
#else
        mayrun = mayrun | BIT(bootOf[s]);
        if
        :: mayrun != BIT(bootOf[s]) ->
            if
            :: owner != NOBODY && owner != AT_NODE_B && bootOf[owner] == bootOf[s] -> owner = s; token = 0
            :: else
            fi;
            settle()
        :: else ->
            owner = s;
            if
            :: actual == STOPPING && orders < T -> orders++; kind[orders] = STOP; to[orders] = s; token = orders
            :: else -> actual = STARTED; token = 0
            fi
        fi
#endif
    fi
#ifdef WITNESS
    ; assert(WITNESS != 3 || owner != 2)
#endif
}

/* NodeTransitions.Apply(AdmitBoot) */
inline admit(s) {
    same = (bootOf[s] == admitted);
    refused = 0;
#ifndef EARLIER_BOOT_FORGOTTEN
    refused = refused || (earlier && bootOf[s] == 1);
#endif
#ifndef LATE_REPORT
    refused = refused || (!same && asOf[s] < admissions);
#endif
    if
    :: !refused && same && condition == LOST && fence == 0 && open == s ->
        condition = ON;
        shut = 0;
        if
        :: actual == FENCE -> settle()
        :: else
        fi
    :: else ->
#ifdef SAME_SESSION_READMITTED
        refused = refused || (same && s < open) || (same && s == open && condition != OFF);
#else
        refused = refused || (same && s <= open);
#endif
        refused = refused || (same && fence == 1);
#ifndef RETURNS_RUNNING
        refused = refused || (same && condition != ON && (fence != 0 || proofStands) && said[s] != RELEASED);
#endif
        if
        :: !refused ->
            if
            :: !same ->
                earlier = earlier || admitted == 1;
                admissions++;
                admitted = bootOf[s];
                proofStands = 0;
                condition = ON;
                release(3 & ~BIT(bootOf[s]))
            :: else
            fi;
            condition = ON;
            fence = (fence > 0 -> 2 : 0);
            shut = (boot == bootOf[s] -> 0 : shut);
            take(s)
        :: else
        fi
    fi
}

#ifdef LEAVES_OBEYING
#define OBEYS true
#else
#define OBEYS !leaving
#endif

/* an order of the log, at any time */
#define DELIVER(i) \
    :: d_step { i <= orders && up && i > TOP(0) && TO_A(i) -> top[0] = i; carryOut(0, kind[i]) } \
    :: d_step { i <= orders && to[i] == AT_NODE_B && i > TOP(1) -> top[1] = i; carryOut(1, kind[i]) }
#ifdef TOKEN_IGNORED
#define TOP(n) 0
#else
#define TOP(n) top[n]
#endif
#ifdef SESSION_IGNORED
#define TO_A(i) to[i] != AT_NODE_B
#else
#define TO_A(i) to[i] == session && OBEYS
#endif

inline carryOut(n, what) {
    if
    :: op[n] != 0 -> next[n] = what
    :: op[n] == 0 && !(what == START && runs[n]) -> op[n] = what
    :: else
    fi
}

/* the operation ends: as ordered or not; a guest is let go only with the gate open */
inline ended(n, well) {
    if
    :: op[n] == STOP && well -> runs[n] = 0
    :: op[n] == START && well && !(n == 0 && shut) -> runs[n] = 1
    :: else
    fi;
    op[n] = (next[n] == START && runs[n] -> 0 : next[n]);
    next[n] = 0;
    check()
#ifdef WITNESS
    ; assert(WITNESS != 1 || !(runs[1] && orders > 1 && kind[1] == START && to[1] == 1));
    assert(WITNESS != 2 || !(runs[1] && proofStands));
    assert(WITNESS != 4 || !(runs[0] && boot == 2))
#endif
}

#define STATE(n) (op[n] != 0 -> BUSY : (runs[n] -> RUNNING : RELEASED))

/* a new daemon waits until no start of the earlier one is under way */
inline daemon() {
    session++;
    leaving = 0;
    bootOf[session] = boot;
    top[0] = 0;
    op[0] = 0;
    next[0] = 0
}

#define PLACE(bits, receiver) \
    orders++; kind[orders] = START; to[orders] = receiver; token = orders; owner = receiver; actual = STARTING; mayrun = mayrun | (bits)

#ifdef MAYRUN_IGNORED
#define MAY_START(bits) true
#else
#define MAY_START(bits) (mayrun & ~(bits)) == 0
#endif
#ifdef OLD_RELEASE
#define ANSWERED(t) true
#else
#define ANSWERED(t) (t) >= token
#endif
#ifdef PROOF_OF_ANY_DENIAL
#define NAMED evidence > 0
#else
#define NAMED evidence == denial
#endif

#ifdef LEAVES
/* NodeTransitions.Apply(LeaveNode) */
#define LEAVE(s) \
    :: d_step { reported[s] && saidLeaving[s] && s == open && condition == ON && said[s] == RELEASED -> \
        condition = OFF; proofStands = 1; fence = 0; release(BIT(admitted)) }
#else
#define LEAVE(s)
#endif

#define SESSION(s) \
    :: d_step { session == s && up && (!reported[s] || said[s] != STATE(0) || saidTop[s] != top[0] || asOf[s] != admissions || saidLeaving[s] != leaving) -> \
        reported[s] = 1; said[s] = STATE(0); saidTop[s] = top[0]; asOf[s] = admissions; saidLeaving[s] = leaving } \
    LEAVE(s) \
    :: d_step { reported[s] && !saidLeaving[s] && (bootOf[s] != admitted || condition != ON) -> admit(s) } \
    :: d_step { reported[s] && bootOf[s] == admitted && condition == ON && s > open -> take(s) } \
    :: d_step { reported[s] && s == open && condition == ON && said[s] == RELEASED && ANSWERED(saidTop[s]) && (mayrun & BIT(bootOf[s])) && actual != RECOVERY -> \
        release(BIT(bootOf[s])) } \
    :: d_step { reported[s] && s == open && condition == ON && owner == s && actual == STARTING && said[s] == RUNNING && saidTop[s] >= token -> actual = STARTED }

active proctype world() {
    d_step { bootOf[1] = 1; k = 0 };
end:
    do
    /* the CRM: places, stops */
    :: d_step { orders < T && actual == RECOVERY && condition == ON && MAY_START(BIT(admitted)) -> PLACE(BIT(admitted), open) }
    :: d_step { orders < T && actual == RECOVERY && MAY_START(AT_B) -> PLACE(AT_B, AT_NODE_B) }
#ifdef MOVES
    :: d_step { orders < T && (actual == STARTED || actual == STARTING) && owner != NOBODY ->
        orders++; kind[orders] = STOP; to[orders] = owner; token = orders; actual = STOPPING }
#endif
    /* takes A for lost, fences it, proves it */
    :: d_step { condition == ON && denial < D ->
        condition = LOST; denial++; fence = 0; proofStands = 0;
#ifdef MAYRUN_IGNORED
        if
        :: owner == admitted -> owner = NOBODY; settle()
        :: else
        fi;
#endif
        actual = (mayrun & BIT(admitted) -> FENCE : actual)
       }
    :: d_step { condition == LOST && fence == 0 -> fence = 1 }
    :: d_step { condition == LOST && evidence > 0 && NAMED ->
        condition = OFF; proofStands = 1; fence = (fence > 0 -> 2 : 0); release(BIT(admitted)) }
    /* the bound: whatever this boot ran was killed (lease.pml) */
    :: d_step { condition == LOST && evidence != denial && (!up || boot != admitted || !runs[0]) ->
        evidence = denial;
        shut = (up && boot == admitted -> 1 : shut)
       }
    /* the device */
    :: d_step { condition == LOST && fence == 1 -> evidence = denial; up = 0; runs[0] = 0; op[0] = 0; next[0] = 0 }
    SESSION(1)
#if S > 1
    SESSION(2)
#endif
#if S > 2
    SESSION(3)
#endif
    :: d_step { saidB != STATE(1) || saidTopB != top[1] -> saidB = STATE(1); saidTopB = top[1] }
    :: d_step { saidB == RELEASED && ANSWERED(saidTopB) && (mayrun & AT_B) && actual != RECOVERY -> release(AT_B) }
    :: d_step { saidB == RUNNING && saidTopB >= token && owner == AT_NODE_B && actual == STARTING -> actual = STARTED }
    /* the machines */
    DELIVER(1)
    DELIVER(2)
    DELIVER(3)
#if T > 3
    DELIVER(4)
#endif
    :: d_step { op[0] != 0 && up -> ended(0, true) }
    :: d_step { op[0] != 0 && up -> ended(0, false) }
    :: d_step { op[1] != 0 -> ended(1, true) }
    :: d_step { op[1] != 0 -> ended(1, false) }
    :: d_step { runs[0] -> runs[0] = 0 }
    :: d_step { runs[1] -> runs[1] = 0 }
    :: d_step { up && session < S && op[0] == 0 -> daemon() }
#ifdef LEAVES
    :: d_step { up && !leaving && op[0] == 0 && !runs[0] -> leaving = 1 }
#endif
#ifdef REBOOTS
    :: d_step { boot == 1 && session < S -> up = 1; boot = 2; runs[0] = 0; shut = 0; daemon() }
#endif
    od
}
