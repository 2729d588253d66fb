using System.CommandLine;
using AkkaHa.Devices.Network;
using AkkaHa.Devices.Processes;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha doctor --config FILE</c>: looks at this host and says what stands in the way of high availability.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "The node's HOCON file.", Required = true };
        var doctor = new Command("doctor", "Look at this host: which networks fall together, which tools are missing. Changes nothing; exit code 1 if something should be done.") { config };
        doctor.SetAction((parsed, _) => CommandRunner.Run(() => Look(parsed.GetValue(config)!)));
        return doctor;
    }

    private static async Task<int> Look(FileInfo config)
    {
        var settings = SettingsReader.ReadFile(config.FullName);
        IReadOnlyList<Finding> findings = [.. Networks(settings), .. Tools(settings)];
        foreach (var finding in findings)
            await Console.Out.WriteLineAsync($"{(finding.IsProblem ? "!!" : "ok")}  {finding.Text}").ConfigureAwait(false);
        return findings.Any(f => f.IsProblem) ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static IReadOnlyList<Finding> Networks(NodeSettings settings)
    {
        var uses = new List<(string, string)> { (NetworkUses.Cluster, settings.Self.Host) };
        if (settings.Self.SecondAddress is { } second)
            uses.Add((NetworkUses.SecondLink, second.ToString()));
        IReadOnlyList<Finding> missing = [];
        if (!settings.Self.IsArbiter)
        {
            try
            {
                uses.Add((NetworkUses.Migration, settings.Network.MigrationHost(settings.Self)));
            }
            catch (InvalidOperationException e)
            {
                missing = [new Finding(true, e.Message)];
            }
        }

        return [.. NetworkCheck.Look(uses, settings.Nodes.Values.All(n => n.SecondAddress is not null)), .. missing];
    }

    private static IEnumerable<Finding> Tools(NodeSettings settings)
    {
        if (!settings.Self.IsArbiter && settings.Hypervisor.Type == "qemu")
            yield return Tool(settings.Hypervisor.Program, "runs the guests");
        if (settings.Self.SecondAddress is not null)
            yield return Tool("ip", "leads traffic over the second link");
    }

    private static Finding Tool(string program, string what) => ToolPath.Find(program) is { } path
        ? new Finding(false, $"{path} {what}.")
        : new Finding(true, $"{program}, which {what}, is not installed.");
}
