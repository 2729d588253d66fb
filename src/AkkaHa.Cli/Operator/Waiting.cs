using AkkaHa.Protocol.Operator;

namespace AkkaHa.Cli.Operator;

/// <summary>Asks for the status again and again until it is as wanted.</summary>
/// <param name="client">Speaks to the node.</param>
/// <param name="node">The node that is asked.</param>
/// <param name="patience">How long at most.</param>
/// <param name="time">The clock.</param>
internal sealed class Waiting(OperatorClient client, NodeEndpoint node, TimeSpan patience, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The first status of an acting CRM that is as wanted. A node that does not answer for a while is asked again.</summary>
    /// <exception cref="OperatorException">The time ran out.</exception>
    public async Task<ClusterStatus> Until(Func<ClusterStatus, bool> wanted, string what, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var trouble = "";
        while (time.GetElapsedTime(started) < patience)
        {
            try
            {
                var status = await client.Status(node, AskTimeout).ConfigureAwait(false);
                trouble = status.WaitsFor;
                if (!status.IsStale && wanted(status))
                    return status;
            }
            catch (OperatorException e)
            {
                trouble = e.Message;
            }

            await Task.Delay(Pause, time, stop).ConfigureAwait(false);
        }

        throw new OperatorException(FormattableString.Invariant($"Waited {patience.TotalSeconds:0} s in vain for {what}. {trouble}"));
    }
}
