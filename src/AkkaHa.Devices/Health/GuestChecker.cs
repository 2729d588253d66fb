using System.Globalization;
using System.Net.Sockets;
using AkkaHa.Core.Health;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Health;

/// <summary>What one check of a guest came to.</summary>
public enum CheckVerdict
{
    /// <summary>The guest answered well.</summary>
    Passed,

    /// <summary>It did not answer, or not well.</summary>
    Failed,

    /// <summary>It could not be asked for a reason that is not its own: nothing is known of it.</summary>
    Impossible,
}

/// <summary>The result of a check.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Detail">A sentence.</param>
public sealed record CheckOutcome(CheckVerdict Verdict, string Detail);

/// <summary>Asks guests of this node whether they are well.</summary>
public interface IGuestChecker
{
    /// <summary>Asks once; never throws for what the outside world does.</summary>
    Task<CheckOutcome> CheckAsync(ResourceId id, HealthCheck check, CancellationToken cancellationToken = default);
}

/// <inheritdoc cref="IGuestChecker" />
/// <param name="control">Reaches agents in guests; null where the hypervisor cannot.</param>
/// <param name="commands">The commands that checks may name; an operator's word alone runs nothing on a node. Each gets the guest's id as its last argument.</param>
/// <param name="tools">Runs them.</param>
/// <param name="time">The clock.</param>
public sealed class GuestChecker(
    IGuestControl? control, IReadOnlyDictionary<string, IReadOnlyList<string>> commands, IToolRunner tools, TimeProvider time) : IGuestChecker, IDisposable
{
    private const int FirstBadStatus = 400;

    // A check sees what answers now: no connection is kept, and where else a guest would send its visitors does not matter.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero })
    {
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    /// <inheritdoc />
    public Task<CheckOutcome> CheckAsync(ResourceId id, HealthCheck check, CancellationToken cancellationToken = default) => check.Kind switch
    {
        HealthKind.GuestAgent => AgentAsync(id, check, cancellationToken),
        HealthKind.Tcp => WithinAsync(check, stop => ConnectAsync(check.Target, stop), cancellationToken),
        HealthKind.Http => WithinAsync(check, stop => FetchAsync(check.Target, stop), cancellationToken),
        HealthKind.Command => RunAsync(id, check, cancellationToken),
        _ => Task.FromResult(new CheckOutcome(CheckVerdict.Impossible, $"the kind {check.Kind} of a check is not known here")),
    };

    /// <summary>Lets go of connections.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<CheckOutcome> AgentAsync(ResourceId id, HealthCheck check, CancellationToken cancellationToken)
    {
        if (control is null)
            return new CheckOutcome(CheckVerdict.Impossible, "the hypervisor reaches no guest agents");
        return await control.PingAgentAsync(id, check.Timeout, cancellationToken).ConfigureAwait(false) switch
        {
            AgentAnswer.Answers => new CheckOutcome(CheckVerdict.Passed, "its guest agent answers"),
            AgentAnswer.Silent => new CheckOutcome(CheckVerdict.Failed, FormattableString.Invariant($"its guest agent does not answer within {check.Timeout.TotalSeconds:0.#} s")),
            _ => new CheckOutcome(CheckVerdict.Impossible, "it was started without a channel to a guest agent; the check begins with its next start"),
        };
    }

    private async Task<CheckOutcome> WithinAsync(HealthCheck check, Func<CancellationToken, Task<CheckOutcome>> ask, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = ask(ended.Token);
        if (!await asking.IsCompletedWithinAsync(check.Timeout, time, cancellationToken).ConfigureAwait(false))
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await ((Task)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new CheckOutcome(CheckVerdict.Failed, FormattableString.Invariant($"{check.Target} does not answer within {check.Timeout.TotalSeconds:0.#} s"));
        }

        try
        {
            return await asking.ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or HttpRequestException or IOException)
        {
            return new CheckOutcome(CheckVerdict.Failed, $"{check.Target} does not answer: {e.Message}");
        }
    }

    private static async Task<CheckOutcome> ConnectAsync(string target, CancellationToken cancellationToken)
    {
        var colon = target.LastIndexOf(':');
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(target[..colon].Trim('[', ']'), int.Parse(target.AsSpan(colon + 1), CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return new CheckOutcome(CheckVerdict.Passed, $"{target} takes connections");
    }

    private async Task<CheckOutcome> FetchAsync(string url, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        var status = (int)answer.StatusCode;
        return new CheckOutcome(status < FirstBadStatus ? CheckVerdict.Passed : CheckVerdict.Failed, FormattableString.Invariant($"{url} answers with {status}"));
    }

    private async Task<CheckOutcome> RunAsync(ResourceId id, HealthCheck check, CancellationToken cancellationToken)
    {
        if (!commands.TryGetValue(check.Target, out var command))
            return new CheckOutcome(CheckVerdict.Impossible, $"akkaha.health.commands of this node names no {check.Target}");
        try
        {
            var result = await tools.RunAsync(new ToolCommand(command[0], [.. command.Skip(1), id.ToString()], check.Timeout), cancellationToken).ConfigureAwait(false);
            return result.Succeeded
                ? new CheckOutcome(CheckVerdict.Passed, $"{check.Target} is content")
                : new CheckOutcome(CheckVerdict.Failed, result.TimedOut
                    ? FormattableString.Invariant($"{check.Target} did not end within {check.Timeout.TotalSeconds:0.#} s")
                    : $"{check.Target} ended with {result.Exit}: {result.LastWords}");
        }
        catch (ToolMissingException e)
        {
            return new CheckOutcome(CheckVerdict.Impossible, e.Message);
        }
    }
}
