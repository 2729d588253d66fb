using AkkaHa.Devices.Hypervisors.Embedded;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Devices.Tests;

/// <summary>What the hidden sub-commands of the <c>akkaha</c> command do, for tests that need such processes.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        ["embedded-guest", .. var rest] => EmbeddedGuest.RunAsync(rest, Real.Time),
        ["power-controller", .. var rest] => PowerControllerServer.RunAsync(rest, Real.Time),
        ["power-client", .. var rest] => PowerControllerClient.RunAsync(rest, Real.Time),
        ["watchdog-feeder", .. var rest] => WatchdogFeeder.RunAsync(rest),
        ["link-monitor", .. var rest] => Network.LinkMonitorProgram.RunAsync(rest),
        _ => Task.FromResult(64),
    };

    /// <summary>The command line that runs a sub-command in a process of its own.</summary>
    public static string[] Command(string name) => [Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet", typeof(Program).Assembly.Location, name];
}
