using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// Keeps the downing actor alive. A cluster whose resolver died would never remove anybody again and nobody would notice,
/// so one that fails, in its constructor too, is started again after a pause that grows to a limit.
/// </summary>
internal sealed class DowningSupervisor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Cluster _cluster;
    private readonly Props _props;
    private TimeSpan _pause = ShortestPause;
    private long _starts;

    public DowningSupervisor(Cluster cluster, Props props)
    {
        _cluster = cluster;
        _props = props;
        Receive<Terminated>(_ => ScheduleStart());
        Receive<StartAgain>(_ => Start());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Start();

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
    {
        _cluster.LogError(failure, "The downing actor failed: [{0}]. It is started again; until then no unreachable member is downed.", failure.Message);
        return Directive.Stop;
    });

    private void Start()
    {
        try
        {
            // A name of its own for each start: the last one may not be free yet.
            Context.Watch(Context.ActorOf(_props, $"provider-{++_starts}"));
        }
        catch (Exception failure)
        {
            _cluster.LogError(failure, "The downing actor could not be made: [{0}]. It is tried again.", failure.Message);
            ScheduleStart();
        }
    }

    private void ScheduleStart()
    {
        Timers.StartSingleTimer(StartAgain.Instance, StartAgain.Instance, _pause);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
    }

    private sealed record StartAgain : INoSerializationVerificationNeeded
    {
        public static readonly StartAgain Instance = new();
    }
}
