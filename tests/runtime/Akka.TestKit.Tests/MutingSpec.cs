using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit.Tests;

public sealed class MutingSpec : TestKitSpec
{
    public MutingSpec() : base(Akka.Configuration.ConfigurationFactory.ParseString(
        $"akka.loggers = [\"{typeof(RecordingListener).FullName}, {typeof(RecordingListener).Assembly.GetName().Name}\"]"))
    {
    }

    [Fact]
    public async Task Muted_events_are_not_printed_until_the_filter_is_taken_away()
    {
        Sys.EventStream.Publish(new RecordingListener.PrintTo(TestActor));
        using (EventFilter.Warning("noise").Mute())
        {
            Log.Warning("noise");
            Log.Warning("signal");
            await ExpectMsgAsync("signal", Plenty);
        }

        Log.Warning("noise");
        await ExpectMsgAsync("noise", Plenty);
    }

    [Fact]
    public async Task Events_are_muted_while_a_block_runs()
    {
        Sys.EventStream.Publish(new RecordingListener.PrintTo(TestActor));
        EventFilter.Warning("noise").Mute(() => Log.Warning("noise"));
        await EventFilter.Warning("noise").MuteAsync(() =>
        {
            Log.Warning("noise");
            return Task.CompletedTask;
        });
        Log.Warning("signal");
        await ExpectMsgAsync("signal", Plenty);
    }

    public sealed class RecordingListener : TestEventListener
    {
        private IActorRef _to = ActorRefs.Nobody;

        public sealed record PrintTo(IActorRef To);

        protected override bool Receive(object message)
        {
            if (message is InitializeLogger initialize)
                initialize.LoggingBus.Subscribe(Self, typeof(PrintTo));
            if (message is not PrintTo to)
                return base.Receive(message);
            _to = to.To;
            return true;
        }

        protected override void Print(LogEvent logEvent) => _to.Tell(logEvent.Message.ToString()!);
    }
}
