using Akka.Actor;
using Akka.Configuration;

namespace Akka.Tests.Actor;

public sealed class InjectedDefaultsSpec
{
    [Fact]
    public async Task Defaults_that_extensions_inject_from_many_threads_at_once_are_all_there()
    {
        for (var round = 0; round < 20; round++)
        {
            using var system = ActorSystem.Create("defaults");
            using var start = new Barrier(8);
            await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    system.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString($"part-{i}.key = here"));
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

            Assert.All(Enumerable.Range(0, 8), i => Assert.Equal("here", system.Settings.Config.GetString($"part-{i}.key")));
            await system.Terminate();
        }
    }
}
