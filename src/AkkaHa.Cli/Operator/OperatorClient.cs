using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using AkkaHa.Cluster;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;
using AkkaHa.Devices.Host;
using AkkaHa.Node.Settings;
using AkkaHa.Protocol;
using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Operator;

/// <summary>A node that operators speak to.</summary>
/// <param name="Host">Its host name or address.</param>
/// <param name="Port">Its remoting port.</param>
internal sealed record NodeEndpoint(string Host, int Port)
{
    /// <summary>How the operator proves who they are; null where the cluster asks nobody.</summary>
    public TlsSettings? Tls { get; init; }

    public static NodeEndpoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? new NodeEndpoint(text[..colon], port)
            : throw new FormatException($"'{text}' is no node: expected HOST:PORT, for example 10.0.0.1:4400.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}

/// <summary>Speaks actor messages to the gateways of nodes.</summary>
internal sealed class OperatorClient : IAsyncDisposable
{
    private readonly ActorSystem _system;

    private OperatorClient(ActorSystem system) => _system = system;

    /// <summary>Starts a client.</summary>
    /// <param name="node">A node that it will speak to: tells by which of this host's addresses it can be answered.</param>
    public static OperatorClient Start(NodeEndpoint node)
    {
        var config = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              actor.provider = remote
              remote.dot-netty.tcp.maximum-frame-size = 64MiB
              remote.dot-netty.tcp { hostname = "{{LocalAddress.Toward(node.Host, node.Port)}}", port = 0 }
              coordinated-shutdown { exit-clr = off, run-by-clr-shutdown-hook = off }
            }
            """).WithFallback(ConfigurationFactory.ParseString(TlsSettings.Remoting(node.Tls))).WithFallback(ConfigurationFactory.ParseString(AkkaHaSerializer.Configuration));
        return new OperatorClient(ActorSystem.Create("akkaha-operator", config));
    }

    public Task<ClusterStatus> Status(NodeEndpoint node, TimeSpan timeout) => Ask<ClusterStatus>(node, StatusRequest.Instance, timeout);

    public async Task<EventsReply> Events(NodeEndpoint node, long since, TimeSpan timeout) =>
        await Ask<EventsReply>(node, new EventsRequest(since, 10_000), timeout).ConfigureAwait(false);

    public Task<FenceTestReport> FenceTest(NodeEndpoint node, FenceTestRequest request, TimeSpan timeout) => Ask<FenceTestReport>(node, request, timeout);

    public Task<StorageStatusReport> Storages(NodeEndpoint node, TimeSpan timeout) => Ask<StorageStatusReport>(node, StorageStatusRequest.Instance, timeout);

    /// <summary>Gives a command; returns when it is committed.</summary>
    /// <exception cref="OperatorException">It was refused, or nobody answered.</exception>
    public Task<CommandAccepted> Submit(NodeEndpoint node, LogCommand command, TimeSpan timeout) => Order(
        node, new Submit(command) { By = $"{Environment.UserName}@{Environment.MachineName}" }, timeout);

    /// <summary>How votes, replicas and the resolver stand.</summary>
    public Task<QuorumStatus> Quorum(NodeEndpoint node, TimeSpan timeout) => Ask<QuorumStatus>(node, QuorumRequest.Instance, timeout);

    /// <summary>Gives an order that concerns votes; returns when it is committed.</summary>
    /// <exception cref="OperatorException">It was refused, or nobody answered.</exception>
    public Task<CommandAccepted> Change(NodeEndpoint node, IQuorumRequest request, TimeSpan timeout) => Order(node, request, timeout);

    private Task<CommandAccepted> Order(NodeEndpoint node, object message, TimeSpan timeout) => AskOrRefused<CommandAccepted>(node, message, timeout);

    /// <summary>The committed record of a resource, or of all, with the groups and rules.</summary>
    /// <exception cref="OperatorException">There is no such resource, or nobody answered.</exception>
    public Task<ResourceReply> Resources(NodeEndpoint node, ResourceId? id, TimeSpan timeout) =>
        AskOrRefused<ResourceReply>(node, new ResourceQuery(id), timeout);

    /// <summary>Why a resource runs where it does.</summary>
    /// <exception cref="OperatorException">There is no such resource, or nobody answered.</exception>
    public Task<ExplainReply> Explain(NodeEndpoint node, ResourceId id, TimeSpan timeout) =>
        AskOrRefused<ExplainReply>(node, new ExplainRequest(id), timeout);

    /// <summary>What would become of the resources if nodes failed.</summary>
    /// <exception cref="OperatorException">There is no such node, or nobody answered.</exception>
    public Task<PlanReply> Plan(NodeEndpoint node, IEnumerable<NodeName> fail, TimeSpan timeout) =>
        AskOrRefused<PlanReply>(node, new PlanRequest([.. fail]), timeout);

    private async Task<T> AskOrRefused<T>(NodeEndpoint node, object question, TimeSpan timeout)
    {
        var answer = await Ask<object>(node, question, timeout).ConfigureAwait(false);
        return answer switch
        {
            T expected => expected,
            CommandRefused refused => throw new OperatorException(refused.Reason) { IsInputWrong = refused.IsInputWrong },
            _ => throw new OperatorException($"{node} answered with {answer.GetType().Name}, which this version does not know"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate().ConfigureAwait(false);
        _system.Dispose();
    }

    private async Task<T> Ask<T>(NodeEndpoint node, object message, TimeSpan timeout)
    {
        try
        {
            return await Gateway(node).Ask<T>(message, timeout).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AskTimeoutException or TaskCanceledException)
        {
            var certificate = node.Tls is null ? "; does the cluster want a certificate (--tls FILE or --config FILE)?" : ", and does the cluster believe this certificate?";
            throw new OperatorException(FormattableString.Invariant(
                $"{node} did not answer within {timeout.TotalSeconds:0.#} s: is the daemon of the node running, and is this its address{certificate}"));
        }
        // What went wrong at the node comes back as what it was thrown as, or as what the wire makes of it.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new OperatorException($"{node} could not answer: {e.Message}");
        }
    }

    private ActorSelection Gateway(NodeEndpoint node) =>
        _system.ActorSelection(new RootActorPath(new Address("akka.tcp", "akkaha", node.Host, node.Port)) / "user" / ActorNames.Gateway);
}
