using System.Reflection;
using Akka.Configuration;

namespace Akka.TestKit.Configs;

/// <summary>The configurations a test kit starts its actor system with.</summary>
public static class TestConfigs
{
    /// <summary>What every test gets: the test event listener as logger and the <c>akka.test</c> keys.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString(Embedded("reference.conf"));

    /// <summary>Replaces the scheduler by <see cref="TestScheduler"/>, whose time moves only when the test advances it.</summary>
    public static Config TestSchedulerConfig { get; } =
        ConfigurationFactory.ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");

    private static string Embedded(string file)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream("Akka.TestKit." + file)
            ?? throw new InvalidOperationException($"The assembly {assembly.GetName().Name} was built without its {file}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
