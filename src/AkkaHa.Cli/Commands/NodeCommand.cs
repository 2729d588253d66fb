using System.CommandLine;
using AkkaHa.Devices.Processes;
using AkkaHa.Node;
using AkkaHa.Node.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha node run --config FILE</c>: the node daemon.</summary>
internal static class NodeCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "The node's HOCON file.", Required = true };
        var run = new Command("run", "Run this node until it is told to stop; its guests go on.") { config };
        run.SetAction((parsed, stop) => CommandRunner.Run(() => RunNode(parsed.GetValue(config)!, stop)));
        var check = new Command("check", "Read a node's configuration and say what is wrong with it; start nothing.") { config };
        check.SetAction((parsed, _) => CommandRunner.Run(() => Check(parsed.GetValue(config)!)));
        return new Command("node", "The daemon of a node.") { run, check, MaintenanceCommands.Leave(), MaintenanceCommands.Stay(), MaintenanceCommands.Release() };
    }

    private static async Task<int> RunNode(FileInfo config, CancellationToken stop)
    {
        var settings = SettingsReader.ReadFile(config.FullName);
        var time = SystemClock.Instance;
        var devices = new DeviceFactory(time, new ToolRunner(time), [.. SelfCommand.Current(), HiddenCommands.EmbeddedGuestName, "--"],
            [.. SelfCommand.Current(), HiddenCommands.WatchdogFeederName, "--"]);
        var daemon = new NodeDaemon(settings, devices, time);
        using var host = Build(daemon);
        var service = host.Services.GetRequiredService<NodeService>();
        await host.StartAsync(stop).ConfigureAwait(false);
        var shutdown = host.WaitForShutdownAsync(stop);
        var finished = await Task.WhenAny(service.ExecuteTask ?? Task.CompletedTask, shutdown).ConfigureAwait(false);
        if (finished != shutdown)
            await finished.ConfigureAwait(false);
        await host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        return ExitCodes.Ok;
    }

    private static IHost Build(NodeDaemon daemon)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new NodeService(daemon));
        builder.Services.AddHostedService(services => services.GetRequiredService<NodeService>());
        builder.Services.Configure<HostOptions>(o => o.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        return builder.Build();
    }

    private static async Task<int> Check(FileInfo config)
    {
        var settings = SettingsReader.ReadFile(config.FullName);
        await Console.Out.WriteLineAsync($"{config.FullName}: node {settings.Node} of {string.Join(", ", settings.Nodes.Keys)}; nothing is wrong with it").ConfigureAwait(false);
        return ExitCodes.Ok;
    }
}
