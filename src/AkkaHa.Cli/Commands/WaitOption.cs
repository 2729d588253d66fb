using System.CommandLine;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Commands;

/// <summary><c>--wait</c>: stay until what was committed is carried out, and tell what happens on the way.</summary>
internal sealed class WaitOption
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly Option<bool> _wait = new("--wait") { Description = "Return when it is carried out, not when it is committed." };
    private readonly Option<string> _timeout = new("--wait-timeout") { Description = "How long to wait at most.", DefaultValueFactory = _ => "5m" };

    public void AddTo(Command command)
    {
        command.Options.Add(_wait);
        command.Options.Add(_timeout);
    }

    /// <summary>How long to wait; null not to wait.</summary>
    public TimeSpan? Read(ParseResult parsed) =>
        Words.Duration(parsed.GetValue(_timeout)!, _timeout.Name) is var limit && parsed.GetValue(_wait) ? limit : null;

    /// <summary>Waits until the resource stands as requested; a request that asks for nothing is carried out at once.</summary>
    public static async Task<int> Until(
        TimeSpan? waiting, OperatorClient client, NodeEndpoint endpoint, ResourceId id, RequestedState? requested, CancellationToken stop)
    {
        if (waiting is not { } limit || requested is not (RequestedState.Started or RequestedState.Stopped))
            return ExitCodes.Ok;
        var clock = SystemClock.Instance;
        var began = clock.GetTimestamp();
        var wanted = requested == RequestedState.Started ? "started" : "stopped";
        var told = "";
        while (true)
        {
            var status = await client.Status(endpoint, StatusCommand.Timeout).ConfigureAwait(false);
            var resource = status.Resources.FirstOrDefault(r => r.Id == id);
            var standing = resource is null
                ? $"{id} is no resource any more"
                : $"{id}: {resource.Actual}{(resource.Node is { } node ? $" on {node}" : "")}{(resource.Reason.Length > 0 ? $" ({resource.Reason})" : "")}";
            if (standing != told)
                await Console.Out.WriteLineAsync(told = standing).ConfigureAwait(false);
            if (resource is null || (resource.Actual == "error" && !status.IsStale))
                return ExitCodes.Failed;
            if (resource.Actual == wanted && !status.IsStale)
                return ExitCodes.Ok;
            if (clock.GetElapsedTime(began) > limit)
                throw new OperatorException(FormattableString.Invariant($"{id} is not {wanted} after {limit.TotalSeconds:0} s; the request stands"));
            await Task.Delay(Pause, clock, stop).ConfigureAwait(false);
        }
    }
}
