using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Tests.Event;

public sealed class LoggingSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A sink as a user of the runtime would write one; the lines are found again by the name of the system.</summary>
    private sealed class Sink : ReceiveActor, Akka.Dispatch.IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        public static readonly System.Collections.Concurrent.ConcurrentDictionary<string, System.Collections.Concurrent.BlockingCollection<LogEvent>> Lines = new();

        public Sink()
        {
            var lines = Lines.GetOrAdd(Context.System.Name, _ => []);
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(lines.Add);
        }
    }

    private static ActorSystem Start(string name, string hocon = "") => ActorSystem.Create(name, ConfigurationFactory.ParseString(hocon)
        .WithFallback($"akka.stdout-loglevel = OFF\nakka.loggers = [\"{typeof(Sink).AssemblyQualifiedName}\"]"));

    private static LogEvent Next(string name, Predicate<LogEvent> which)
    {
        while (Sink.Lines[name].TryTake(out var line, Patience))
        {
            if (which(line))
                return line;
        }

        throw new TimeoutException("The line did not come.");
    }

    [Fact]
    public async Task A_line_reaches_the_configured_sink_with_its_source_level_cause_and_arguments()
    {
        var system = Start("sink");
        var cause = new InvalidOperationException("oops");
        Logging.GetLogger(system, "me").Warning(cause, "Node {Node} is {1:0.0} s late", "pve1", 1.25);
        var line = Next("sink", line => line.LogSource.StartsWith("me", StringComparison.Ordinal));
        Assert.IsType<Warning>(line);
        Assert.Same(cause, line.Cause);
        Assert.Equal("me(sink)", line.LogSource);
        Assert.Equal("Node {Node} is {1:0.0} s late", Assert.IsAssignableFrom<LogMessage>(line.Message).Format);
        await system.Terminate();
    }

    private sealed class Talkative : ReceiveActor
    {
        public Talkative()
        {
            var log = Context.GetLogger();
            ReceiveAny(message => log.Info("got {0}", message));
        }
    }

    [Fact]
    public async Task An_actors_lines_have_its_path_and_type()
    {
        var system = Start("paths");
        system.ActorOf<Talkative>("talker").Tell(7);
        var line = Next("paths", line => line.LogClass == typeof(Talkative));
        Assert.Equal(("akka://paths/user/talker", "got 7"), (line.LogSource, line.Message.ToString()));
        await system.Terminate();
    }

    [Theory]
    [InlineData("DEBUG", 4)]
    [InlineData("INFO", 3)]
    [InlineData("WARNING", 2)]
    [InlineData("ERROR", 1)]
    [InlineData("OFF", 0)]
    public async Task Lines_below_the_level_are_not_written(string level, int written)
    {
        var name = "level-" + level;
        var system = Start(name, $"akka.loglevel = {level}");
        var log = Logging.GetLogger(system, "levels");
        log.Debug("1");
        log.Info("2");
        log.Warning("3");
        log.Error("4");
        Assert.Equal(written, ((bool[])[log.IsDebugEnabled, log.IsInfoEnabled, log.IsWarningEnabled, log.IsErrorEnabled]).Count(on => on));
        system.EventStream.SetLogLevel(LogLevel.InfoLevel);
        log.Info("end");
        var lines = new List<string>();
        for (var text = ""; text != "end"; lines.Add(text))
            text = Next(name, line => line.LogSource.StartsWith("levels", StringComparison.Ordinal)).Message.ToString()!;
        Assert.Equal(written + 1, lines.Count);
        await system.Terminate();
    }

    [Theory]
    [InlineData("{0} and {1}", "a and b")]
    [InlineData("{First} and {Second}", "a and b")]
    [InlineData("{First,3}|{Second}", "  a|b")]
    [InlineData("{{literal}} {0}", "{literal} a")]
    [InlineData("no place", "no place")]
    [InlineData("{0} {1} {2}", "{0} {1} {2} [a, b]")]
    [InlineData("broken {", "broken { [a, b]")]
    public void Templates_take_positions_and_names_and_a_wrong_one_loses_nothing(string template, string text)
        => Assert.Equal(text, DefaultLogMessageFormatter.Instance.Format(template, "a", "b"));

    [Fact]
    public void A_line_is_written_with_level_time_thread_and_source()
    {
        var text = new Error(new InvalidOperationException("oops"), "source", typeof(LoggingSpec), "message").ToString();
        Assert.Matches(@"^\[ERROR\]\[\d{4}-\d\d-\d\dT[\d:.]+Z\]\[Thread \d+\]\[source\] message", text);
        Assert.Contains("Cause: System.InvalidOperationException: oops", text);
    }

    [Theory]
    [InlineData("debug", LogLevel.DebugLevel)]
    [InlineData("INFO", LogLevel.InfoLevel)]
    [InlineData("Warning", LogLevel.WarningLevel)]
    [InlineData("ERROR", LogLevel.ErrorLevel)]
    public void Levels_have_names(string name, LogLevel level)
    {
        Assert.Equal(level, Logging.LogLevelFor(name));
        Assert.Equal(name.ToUpperInvariant(), level.StringFor());
    }

    [Fact]
    public void An_unknown_level_is_an_error() => Assert.Throws<ArgumentException>(() => Logging.LogLevelFor("LOUD"));
}
