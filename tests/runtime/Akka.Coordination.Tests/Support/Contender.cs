using Akka.Configuration;
using Akka.Coordination.Stores;
using AkkaHa.TestSupport;

namespace Akka.Coordination.Tests.Support;

/// <summary>A lease over some store, all of it on the thread of the test: what may block is run at once, or when the test lets it go on.</summary>
internal sealed class Contender : StoredLease
{
    private readonly Hanging _hanging;

    private Contender(string owner, ILeaseStore store, ManualTime time, Hanging hanging)
        : base(SettingsFor(owner), store, new LeasePlace(time, hanging.Run, work => work(), hanging.NextToken, IsDeterministic: true)) => _hanging = hanging;

    /// <summary>Ten seconds, renewed every three, two for one operation.</summary>
    public static TimeoutSettings Timeouts { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));

    public static Contender Of(string owner, ILeaseStore store, ManualTime time) => new(owner, store, time, new Hanging());

    public static LeaseSettings SettingsFor(string owner) => new("crm", owner, Timeouts, Config.Empty);

    public void HangStore() => _hanging.Begin();

    public void LetStoreGoOn() => _hanging.End();

    private sealed class Hanging
    {
        private static long _tokens;
        private readonly List<Action> _waiting = [];
        private bool _hangs;

        public long NextToken() => Interlocked.Increment(ref _tokens);

        public void Begin() => _hangs = true;

        public void End()
        {
            _hangs = false;
            foreach (var work in _waiting.ToList()) work();
            _waiting.Clear();
        }

        public void Run(string name, Action work)
        {
            if (_hangs) _waiting.Add(work);
            else work();
        }
    }
}
