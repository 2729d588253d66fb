using System.Globalization;
using System.Text;
using AkkaHa.Cli.Commands;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Machines;
using AkkaHa.Devices.Processes;
using AkkaHa.Devices.Watchdog;

namespace AkkaHa.Cli.Lab;

/// <summary>Writes the HOCON file of a lab node.</summary>
internal static class LabConfiguration
{
    public static string Of(LabPlan plan, NodeName node, IReadOnlyList<string> selfCommand)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            # Node {{node}} of the lab in {{plan.Folder}}
            {{(plan.Settings is { } settings ? $"include required(file({Quote(settings)}))" : "")}}
            akkaha {
              node = {{node}}
              data-directory = {{Quote(Path.Combine(plan.MachineFolder(node), "data"))}}
              nodes {

            """);
        foreach (var peer in plan.Nodes)
            text.Append(CultureInfo.InvariantCulture, $$"""    {{peer}} { address = "{{plan.Address(peer)}}:{{LabPlan.RemotingPort}}", votes = 1{{(peer == plan.Arbiter ? ", role = arbiter" : "")}}{{Second(plan, peer)}} }{{"\n"}}""");
        text.Append(CultureInfo.InvariantCulture, $$"""
              }
              host {
                boot-id-file = {{Quote(Path.Combine(plan.MachineFolder(node), "boot-id"))}}
                machine-id-file = {{Quote(Path.Combine(plan.MachineFolder(node), "machine-id"))}}
                guest-memory = 1GiB
              }
              hypervisor {
                type = {{plan.Hypervisor}}
                run-directory = {{Quote(plan.RunFolder(node))}}
                qemu.cgroup = off
                migration.bandwidth = {{(plan.MigrationBandwidth is { } bytes ? $"{bytes}B" : "off")}}
              }
              storage {
                {{LabPlan.Storage}} { type = dir, path = {{Quote(plan.DiskFolder)}}, shared = on }
              }
              # All the nodes of a lab share one machine, which may be busy with other things.
              storage-probe { deadline = 20s, rise = 1, fail-after = 60s }
              fencing {
                devices {

            """);
        List<NodeName> fenced = plan.HasFenceDevices ? [.. plan.Nodes] : [];
        foreach (var peer in fenced)
            text.Append("      ").Append(Device(plan, peer, selfCommand)).Append('\n');
        text.Append("    }\n    nodes {\n");
        foreach (var peer in fenced)
            text.Append(CultureInfo.InvariantCulture, $"      {peer} = [[power-{peer}]]\n");
        text.Append("    }\n  }\n");
        if (plan.Network(NoTools) is { } network)
            text.Append(CultureInfo.InvariantCulture, $"  network.migration = \"{network.Network(LabLink.Storage)}\"\n");
        if (plan.HasWatchdogs)
        {
            var device = Watchdogs.EmulatedPrefix + Path.Combine(plan.MachineFolder(node), EmulatedWatchdogServer.FileName);
            text.Append(CultureInfo.InvariantCulture, $"  watchdog {{ device = {Quote(device)} }}\n");
        }

        if (plan.HasTls)
        {
            var tls = plan.Tls(node.Value);
            text.Append(CultureInfo.InvariantCulture, $"  tls {{ certificate = {Quote(tls.Certificate)}, authority = {Quote(tls.Authority!)} }}\n");
        }

        text.Append("}\n");
        return text.ToString();
    }

    // Only asked for addresses.
    private static ToolRunner NoTools { get; } = new(SystemClock.Instance);

    private static string Second(LabPlan plan, NodeName node) =>
        plan.Network(NoTools) is { } network ? $", second-address = \"{network.Address(LabLink.Second, LabPlan.Number(node))}\"" : "";

    private static string Device(LabPlan plan, NodeName node, IReadOnlyList<string> selfCommand)
    {
        if (plan.UsesIpmi)
        {
            return string.Create(CultureInfo.InvariantCulture,
                $$"""power-{{node}} { type = ipmi, host = "{{plan.Address(node)}}", port = {{LabPlan.BmcPort}}, user = admin, password-file = {{Quote(Path.Combine(plan.BmcFolder(node), "password"))}} }""");
        }

        IEnumerable<string> command = [.. selfCommand, HiddenCommands.PowerClientName, plan.ControllerSocket];
        return $$"""power-{{node}} { type = exec, proves-off = on, command = [{{string.Join(", ", command.Select(Quote))}}] }""";
    }

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
