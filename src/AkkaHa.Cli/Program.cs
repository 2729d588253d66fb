using System.CommandLine;
using AkkaHa.Cli.Commands;

var root = new RootCommand("AkkaHa keeps virtual machines running when nodes die, and never lets one run twice.")
{
    NodeCommand.Create(),
    DoctorCommand.Create(),
    StatusCommand.Create(),
    EventsCommand.Create(),
    ResourceCommands.Create(),
    GroupCommands.Create(),
    AffinityCommands.Create(),
    PlacementCommands.ExplainCommand(),
    PlacementCommands.PlanCommand(),
    ResourceCommands.Add(),
    ImportCommand.Create(),
    ResourceCommands.Set(),
    ResourceCommands.Remove(),
    ResourceCommands.Clear(),
    FenceCommand.Create(),
    StorageCommand.Create(),
    MoveCommands.Migrate(),
    MoveCommands.Relocate(),
    MaintenanceCommands.Maintenance(),
    MaintenanceCommands.Policy(),
    MaintenanceCommands.Disarm(),
    MaintenanceCommands.Arm(),
    MaintenanceCommands.Thaw(),
    QuorumCommands.Cluster(),
    QuorumCommands.Quorum(),
    QuorumCommands.Voter(),
    StateCommand.Create(),
    CertificateCommand.Create(),
    LabCommand.Create(),
#if EMBEDDED_RUNTIME
    SimulateCommand.Create(),
#endif
};
foreach (var hidden in HiddenCommands.All())
    root.Subcommands.Add(hidden);
// What is told to stop puts things back first: a node leaves its cluster, a lab goes down. The default of 2 s would cut that off.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(invocation).ConfigureAwait(false);
