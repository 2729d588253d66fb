using Akka.Configuration;
using Xunit.Sdk;

namespace Akka.TestKit.Tests;

/// <summary>A kit that gives up soon, so that specs about giving up do not take long.</summary>
public abstract class TestKitSpec : Akka.TestKit.Xunit2.TestKit
{
    protected static readonly Config Impatient = ConfigurationFactory.ParseString("""
        akka.test.single-expect-default = 300ms
        akka.test.filter-leeway = 300ms
        akka.stdout-loglevel = OFF
        """);

    protected static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    protected static readonly TimeSpan Plenty = TimeSpan.FromSeconds(20);

    protected TestKitSpec() : base(Impatient)
    {
    }

    protected TestKitSpec(Config config) : base(config.WithFallback(Impatient))
    {
    }

    protected static string FailureOf(Action action) => Assert.ThrowsAny<XunitException>(action).Message;

    protected static async Task<string> FailureOfAsync(Func<Task> action) => (await Assert.ThrowsAnyAsync<XunitException>(action)).Message;
}
