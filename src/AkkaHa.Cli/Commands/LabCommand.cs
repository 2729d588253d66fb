using System.CommandLine;
using System.Globalization;
using AkkaHa.Cli.Drills;
using AkkaHa.Cli.Lab;
using AkkaHa.Cli.Operator;
using Spectre.Console;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha lab</c>: a real cluster on this one machine, to try and to break.</summary>
internal static class LabCommand
{
    private static readonly Option<string?> _folder = new("--folder") { Description = "The lab's folder; made if it is missing." };
    private static readonly Option<int> _nodes = new("--nodes") { Description = "How many nodes.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> _vms = new("--vms") { Description = "How many VMs.", DefaultValueFactory = _ => 6 };
    private static readonly Option<bool> _arbiter = new("--arbiter") { Description = "One more node, which only votes." };
    private static readonly Option<bool> _json = new("--json") { Description = "The report alone, as one JSON object." };
    private static readonly Option<DirectoryInfo?> _reports = new("--reports") { Description = "Where reports are saved; this folder if it is not given." };
    private static readonly Option<string> _hypervisor = Choice("--hypervisor", "What runs the VMs.", "auto", "qemu", "embedded");
    private static readonly Option<long?> _bandwidth = new("--migration-bandwidth") { Description = "Bytes per second that a migration may take." };
    private static readonly Option<FileInfo?> _settings = new("--settings") { Description = "A file of settings for every node over the defaults, such as config/fast.conf." };
    private static readonly Option<string> _power = Choice("--power", "What switches the machines.", "auto", "ipmi", "controller", "none");
    private static readonly Option<bool> _namespaces = new("--namespaces") { Description = "Give each machine networks of its own (cluster, storage, second link), in network namespaces; needs root." };
    private static readonly Option<bool> _tls = new("--tls") { Description = "Let nodes and operator know each other by certificates." };
    private static readonly Option<bool> _watchdog = new("--watchdog") { Description = "Give each machine an emulated watchdog: a lost node is then proven dead by time alone." };

    public static Command Create()
    {
        var up = new Command("up", "Start a lab and leave it running.") { _folder, _nodes, _vms, _arbiter, _hypervisor, _power, _watchdog, _tls, _bandwidth, _settings, _namespaces };
        up.SetAction((parsed, stop) => CommandRunner.Run(() => Up(parsed, stop)));
        var status = new Command("status", "How a lab's cluster stands.") { _folder };
        status.SetAction((parsed, stop) => CommandRunner.Run(() => Status(Folder(parsed), stop)));
        var down = new Command("down", "Take a lab down and remove its folder.") { _folder };
        down.SetAction((parsed, stop) => CommandRunner.Run(() => Down(Folder(parsed), stop)));
        return new Command("lab", "A real cluster on this machine: processes, TCP, VMs and power switches.") { up, status, down, Drill(), Soak() };
    }

    private static Command Soak()
    {
        var rounds = new Option<int>("--rounds") { Description = "How many.", DefaultValueFactory = _ => 100 };
        var migrate = new Command("migrate", "Move a VM from node to node; cut the source or the destination in every second round.")
        {
            rounds, _folder, _nodes, _vms, _hypervisor, _power, _watchdog, _tls, _bandwidth, _namespaces, _json, _reports,
        };
        migrate.SetAction((parsed, stop) => CommandRunner.Run(() =>
        {
            var count = InRange(parsed.GetValue(rounds), "--rounds", 1, 100_000);
            return RunDrill(parsed, (lab, _, tell, ended) => new MigrationSoak(lab, count).Run(tell, ended), TimeSpan.Zero, parsed.GetValue(_json), parsed.GetValue(_reports), stop);
        }));
        return new Command("soak", "Start a lab, do the same many times over, report, and take it down.") { migrate };
    }

    private static Command Drill()
    {
        var limit = new Option<double?>("--limit-seconds") { Description = "How long the failover may take; 15 s, or 30 s without fence devices." };
        var drill = new Command("drill", "Start a lab, break it on purpose, report, and take it down.");
        foreach (var (name, description, run) in Drills)
        {
            var command = new Command(name, description) { _folder, _nodes, _vms, _arbiter, _hypervisor, _power, _watchdog, _tls, _bandwidth, _settings, _namespaces, _json, limit, _reports };
            command.SetAction((parsed, stop) => CommandRunner.Run(() => RunDrill(
                parsed, run, TimeSpan.FromSeconds(parsed.GetValue(limit) ?? (parsed.GetValue(_power) == "none" ? 30 : 15)), parsed.GetValue(_json), parsed.GetValue(_reports), stop)));
            drill.Subcommands.Add(command);
        }

        return drill;
    }

    private delegate Task<DrillReport> DrillRun(LabCluster lab, TimeSpan limit, Action<string> tell, CancellationToken stop);

    private static readonly (string Name, string Description, DrillRun Run)[] Drills =
    [
        ("power-off", "Cut the power of the node that hosts the CRM.", (lab, limit, tell, stop) => new FailoverDrill(lab, NodeFault.PowerCut, limit).Run(tell, stop)),
        ("kill-daemon", "kill -9 the daemon of the CRM's node; its VMs run on.", (lab, limit, tell, stop) => new FailoverDrill(lab, NodeFault.DaemonKill, limit).Run(tell, stop)),
        ("freeze-daemon", "SIGSTOP the daemon of the CRM's node; its VMs run on.", (lab, limit, tell, stop) => new FailoverDrill(lab, NodeFault.DaemonFreeze, limit).Run(tell, stop)),
        ("no-quorum", "Cut all nodes but one: nothing may start.", (lab, _, tell, stop) => new NoQuorumDrill(lab, TimeSpan.FromSeconds(15)).Run(tell, stop)),
        ("power-off-twice", "Cut the CRM's node, bring it back, cut the CRM's node again.", (lab, limit, tell, stop) => new TwiceDrill(lab, limit).Run(tell, stop)),
        ("migrate", "Move every VM to another node and back, live.", (lab, _, tell, stop) => new MigrationDrill(lab).Run(tell, stop)),
        ("migrate-cut", "Cut the power of the CRM's node while a VM moves between the two others.", (lab, _, tell, stop) => new MigrationCutDrill(lab).Run(tell, stop)),
        ("maintenance", "Empty a node for maintenance, live, and end it.", (lab, _, tell, stop) => new MaintenanceDrill(lab).Run(tell, stop)),
        .. NetworkFault.All.Select(fault => ((string, string, DrillRun))(
            fault.Name, $"{fault.Description} Needs --namespaces.", (lab, limit, tell, stop) => new NetworkDrill(lab, fault, limit).Run(tell, stop))),
    ];

    private static async Task<int> Up(ParseResult parsed, CancellationToken stop)
    {
        await using var lab = await LabCluster.Create(Options(parsed, DefaultFolder), SystemClock.Instance, stop).ConfigureAwait(false);
        try
        {
            await lab.Up(Tell, stop).ConfigureAwait(false);
        }
        catch
        {
            await lab.Down(keepFiles: true).ConfigureAwait(false);
            throw;
        }

        Tell($"the lab is up in {lab.Plan.Folder}; try: akkaha status --node {lab.Plan.Endpoint(lab.Plan.Nodes.First())}");
        return ExitCodes.Ok;
    }

    private static async Task<int> Status(string folder, CancellationToken stop)
    {
        await using var lab = await LabCluster.Open(LabPlan.Load(folder), SystemClock.Instance, stop).ConfigureAwait(false);
        Tell($"lab in {folder}: hypervisor {lab.Plan.Hypervisor}, power {lab.Plan.FenceDevice}");
        foreach (var node in lab.Plan.Nodes)
            Tell($"{node} {lab.Plan.Endpoint(node)} power {(await lab.Machine(node).StatusAsync(stop).ConfigureAwait(false)).ToString().ToLowerInvariant()}");
        if (await lab.Status(lab.Plan.Nodes, StatusCommand.Timeout).ConfigureAwait(false) is { } status)
        {
            StatusText.Write(AnsiConsole.Console, status);
            return ExitCodes.Ok;
        }

        throw new LabException("No node of the lab answers.");
    }

    private static async Task<int> Down(string folder, CancellationToken stop)
    {
        await using var lab = await LabCluster.Open(LabPlan.Load(folder), SystemClock.Instance, stop).ConfigureAwait(false);
        await lab.Down(keepFiles: false).ConfigureAwait(false);
        Tell($"the lab in {folder} is down and removed");
        return ExitCodes.Ok;
    }

    private static async Task<int> RunDrill(ParseResult parsed, DrillRun run, TimeSpan limit, bool json, DirectoryInfo? reports, CancellationToken stop)
    {
        Action<string> tell = json ? _ => { } : Tell;
        var folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var lab = await LabCluster.Create(Options(parsed, folder), SystemClock.Instance, stop).ConfigureAwait(false);
        var keep = true;
        try
        {
            await lab.Up(tell, stop).ConfigureAwait(false);
            var report = await run(lab, limit, tell, stop).ConfigureAwait(false);
            keep = !report.Passed;
            if (keep)
                await Console.Error.WriteLineAsync($"the lab's files are kept in {lab.Plan.Folder}").ConfigureAwait(false);
            await Show(report, json, reports, tell).ConfigureAwait(false);
            return report.Passed ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch when (stop.IsCancellationRequested)
        {
            // Whatever it was that the interrupt cut short: there is nothing to learn from these files.
            keep = false;
            throw;
        }
        finally
        {
            await lab.Down(keep).ConfigureAwait(false);
        }
    }

    private static async Task Show(DrillReport report, bool json, DirectoryInfo? reports, Action<string> tell)
    {
        var directory = reports?.FullName ?? Directory.GetCurrentDirectory();
        Directory.CreateDirectory(directory);
        var name = string.Create(CultureInfo.InvariantCulture, $"drill-{report.Drill.Split(' ')[0]}-{report.Date:yyyyMMdd-HHmmss}");
        await File.WriteAllTextAsync(Path.Combine(directory, name + ".md"), ReportText.Of(report)).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(directory, name + ".json"), ReportJson.Of(report)).ConfigureAwait(false);
        await Console.Out.WriteLineAsync(json ? ReportJson.Of(report) : ReportText.Of(report)).ConfigureAwait(false);
        tell($"saved as {Path.Combine(directory, name)}.md and .json");
    }

    private static LabOptions Options(ParseResult parsed, string defaultFolder) => new(
        parsed.GetValue(_folder) ?? defaultFolder, InRange(parsed.GetValue(_nodes), "--nodes", parsed.GetValue(_arbiter) ? 2 : 3, parsed.GetValue(_arbiter) ? 6 : 7), InRange(parsed.GetValue(_vms), "--vms", 1, 60), parsed.GetValue(_arbiter),
        parsed.GetValue(_hypervisor)!, parsed.GetValue(_power)!)
    {
        MigrationBandwidth = parsed.GetValue(_bandwidth),
        HasWatchdogs = parsed.GetValue(_watchdog),
        HasNamespaces = parsed.GetValue(_namespaces),
        HasTls = parsed.GetValue(_tls),
        Settings = parsed.GetValue(_settings)?.FullName,
    };

    private static string DefaultFolder => Path.Combine(Path.GetTempPath(), "akkaha-lab");

    private static string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(_folder) ?? DefaultFolder);

    private static int InRange(int value, string option, int min, int max) =>
        value >= min && value <= max ? value : throw new FormatException(FormattableString.Invariant($"{option} is {value}; expected {min} to {max}."));

    private static void Tell(string text) => Console.Out.WriteLine(text);

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name) { Description = $"{description} {string.Join(", ", values)}.", DefaultValueFactory = _ => values[0] };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
