using Microsoft.Extensions.Hosting;

namespace AkkaHa.Node;

/// <summary>A node as a hosted service: embeds AkkaHa in any .NET host.</summary>
public sealed class NodeService(NodeDaemon daemon) : BackgroundService
{
    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => daemon.RunAsync(stoppingToken);
}
