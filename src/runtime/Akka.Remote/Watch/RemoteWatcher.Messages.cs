using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Remote;

public partial class RemoteWatcher
{
    /// <summary>A watch command of an actor of this system.</summary>
    public abstract class WatchCommand
    {
        /// <summary>Makes the command.</summary>
        protected WatchCommand(IInternalActorRef watchee, IInternalActorRef watcher)
        {
            Watchee = watchee;
            Watcher = watcher;
        }

        /// <summary>The actor in another system.</summary>
        public IInternalActorRef Watchee { get; }

        /// <summary>The actor in this system.</summary>
        public IInternalActorRef Watcher { get; }
    }

    /// <summary>Watch the actor on behalf of the watcher.</summary>
    public sealed class WatchRemote : WatchCommand
    {
        /// <summary>Makes the command.</summary>
        public WatchRemote(IInternalActorRef watchee, IInternalActorRef watcher)
            : base(watchee, watcher)
        {
        }
    }

    /// <summary>Watch it no more on behalf of the watcher.</summary>
    public sealed class UnwatchRemote : WatchCommand
    {
        /// <summary>Makes the command.</summary>
        public UnwatchRemote(IInternalActorRef watchee, IInternalActorRef watcher)
            : base(watchee, watcher)
        {
        }
    }

    /// <summary>Asks the remote watcher of another system whether it is there.</summary>
    public sealed class Heartbeat
    {
        private Heartbeat()
        {
        }

        /// <summary>The only instance.</summary>
        public static Heartbeat Instance { get; } = new();
    }

    /// <summary>The answer to <see cref="Heartbeat"/>.</summary>
    public class HeartbeatRsp
    {
        /// <summary>Makes the answer.</summary>
        public HeartbeatRsp(int addressUid) => AddressUid = addressUid;

        /// <summary>The uid of the incarnation that answers.</summary>
        public int AddressUid { get; }
    }

    /// <summary>It is time to send heartbeats.</summary>
    public class HeartbeatTick
    {
        private HeartbeatTick()
        {
        }

        /// <summary>The only instance.</summary>
        public static HeartbeatTick Instance { get; } = new();
    }

    /// <summary>It is time to look who no longer answers.</summary>
    public class ReapUnreachableTick
    {
        private ReapUnreachableTick()
        {
        }

        /// <summary>The only instance.</summary>
        public static ReapUnreachableTick Instance { get; } = new();
    }

    /// <summary>By now the first answer of a system should be there; from here on its silence counts.</summary>
    public sealed class ExpectedFirstHeartbeat
    {
        /// <summary>Makes the message.</summary>
        public ExpectedFirstHeartbeat(Address from) => From = from;

        /// <summary>The system.</summary>
        public Address From { get; }
    }

    /// <summary>How much is watched. Sent to a remote watcher, it is answered with the present numbers.</summary>
    public sealed class Stats
    {
        /// <summary>Nothing watched; the question.</summary>
        public static Stats Empty = Counts(0, 0);

        /// <summary>Makes numbers without the references behind them.</summary>
        public Stats(int watching, int watchingNodes)
            : this(watching, watchingNodes, ImmutableHashSet<(IActorRef, IActorRef)>.Empty, ImmutableHashSet<Address>.Empty)
        {
        }

        /// <summary>Makes numbers with the references behind them.</summary>
        public Stats(int watching, int watchingNodes, ImmutableHashSet<(IActorRef, IActorRef)> watchingRefs, ImmutableHashSet<Address> watchingAddresses)
        {
            Watching = watching;
            WatchingNodes = watchingNodes;
            WatchingRefs = watchingRefs;
            WatchingAddresses = watchingAddresses;
        }

        /// <summary>How many pairs of watchee and watcher there are.</summary>
        public int Watching { get; }

        /// <summary>How many systems are watched.</summary>
        public int WatchingNodes { get; }

        /// <summary>The pairs.</summary>
        public ImmutableHashSet<(IActorRef, IActorRef)> WatchingRefs { get; }

        /// <summary>The systems.</summary>
        public ImmutableHashSet<Address> WatchingAddresses { get; }

        /// <summary>Makes numbers without the references behind them.</summary>
        public static Stats Counts(int watching, int watchingNodes) => new(watching, watchingNodes);

        /// <summary>The same with other numbers, and other references if given.</summary>
        public Stats Copy(int watching, int watchingNodes, ImmutableHashSet<(IActorRef, IActorRef)>? watchingRefs = null, ImmutableHashSet<Address>? watchingAddresses = null) =>
            new(watching, watchingNodes, watchingRefs ?? WatchingRefs, watchingAddresses ?? WatchingAddresses);

        /// <inheritdoc/>
        public override string ToString() => $"Stats(watching={Watching}, watchingNodes={WatchingNodes}, addresses=[{string.Join(", ", WatchingAddresses)}])";
    }
}
