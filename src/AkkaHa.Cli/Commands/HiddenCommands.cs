using System.CommandLine;
using AkkaHa.Devices.Hypervisors.Embedded;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Cli.Commands;

/// <summary>Commands that AkkaHa gives itself: processes of the lab and of the embedded hypervisor.</summary>
internal static class HiddenCommands
{
    public const string EmbeddedGuestName = "embedded-guest";
    public const string WatchdogFeederName = "watchdog-feeder";
    public const string EmulatedWatchdogName = "emulated-watchdog";
    public const string PowerControllerName = "power-controller";
    public const string PowerClientName = "power-client";

    public static IEnumerable<Command> All()
    {
        yield return Hidden(EmbeddedGuestName, "one guest of the embedded hypervisor", (arguments, _) => EmbeddedGuest.RunAsync(arguments, SystemClock.Instance));
        yield return Hidden(WatchdogFeederName, "the feeder of a watchdog", (arguments, _) => WatchdogFeeder.RunAsync(arguments));
        yield return Hidden(EmulatedWatchdogName, "the watchdogs of a lab's machines", (arguments, stop) => EmulatedWatchdogServer.RunAsync(arguments, SystemClock.Instance, stop));
        yield return Hidden(PowerControllerName, "the lab's power controller", (arguments, stop) => PowerControllerServer.RunAsync(arguments, SystemClock.Instance, stop));
        yield return Hidden(PowerClientName, "a client of the lab's power controller", (arguments, _) => PowerControllerClient.RunAsync(arguments, SystemClock.Instance));
    }

    private static Command Hidden(string name, string description, Func<IReadOnlyList<string>, CancellationToken, Task<int>> run)
    {
        var arguments = new Argument<string[]>("arguments") { Arity = ArgumentArity.ZeroOrMore };
        var command = new Command(name, description) { arguments };
        command.Hidden = true;
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, stop) => run([.. parsed.GetValue(arguments) ?? [], .. parsed.UnmatchedTokens], stop));
        return command;
    }
}
