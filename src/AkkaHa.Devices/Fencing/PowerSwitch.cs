using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Fencing;

/// <summary>Whether a device took an order.</summary>
/// <param name="Taken">Whether it said so.</param>
/// <param name="Detail">What it said, or why it could not be asked; a sentence naming device and what to check.</param>
/// <param name="IsBroken">Whether the answer shows that the device's tool itself does not work, so that no state it reads is believed.</param>
internal sealed record PowerOrder(bool Taken, string Detail, bool IsBroken = false);

/// <summary>
/// Gives an order and believes only what is read back: a BMC that answers OK and stays on has failed, and one whose answer was lost but
/// which reads off has not.
/// </summary>
internal sealed class PowerSwitch(
    IFenceDevice device,
    FenceTiming timing,
    TimeProvider time,
    Func<NodeName, PowerState, CancellationToken, Task<PowerOrder>> order)
{
    public async Task<FenceOutcome> ToAsync(NodeName node, PowerState wanted, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        if (wanted == PowerState.Off && timing.Delay > TimeSpan.Zero)
            await Task.Delay(timing.Delay, time, cancellationToken).ConfigureAwait(false);
        var answer = await OrderAsync(node, wanted, started, cancellationToken).ConfigureAwait(false);
        if (answer.IsBroken)
            return new FenceOutcome(wanted, FenceVerdict.Failed, false, answer.Detail, time.GetElapsedTime(started));
        var reading = await device.StatusAsync(node, cancellationToken).ConfigureAwait(false);
        while (answer.Taken && reading.State != wanted && Left(started) > timing.PollInterval)
        {
            await Task.Delay(timing.PollInterval, time, cancellationToken).ConfigureAwait(false);
            reading = await device.StatusAsync(node, cancellationToken).ConfigureAwait(false);
        }
        var elapsed = time.GetElapsedTime(started);
        var word = wanted == PowerState.Off ? "off" : "on";
        if (reading.State == wanted)
        {
            return new FenceOutcome(wanted, FenceVerdict.Verified, wanted == PowerState.Off && device.ProvesOff,
                $"{node} is {word}, read back from {device.Kind} device '{device.Name}'.", elapsed);
        }
        var detail = (answer.Taken, reading.State) switch
        {
            (false, _) => answer.Detail,
            (true, PowerState.Unknown) => $"{node}: the {device.Kind} device '{device.Name}' took the order '{word}', but its state could not be read back "
                + FormattableString.Invariant($"within {elapsed.TotalSeconds:0.0} s: ") + reading.Detail,
            _ => $"{node}: the {device.Kind} device '{device.Name}' answered OK to '{word}', but the state it reads is still {reading.State.ToString().ToLowerInvariant()} "
                + FormattableString.Invariant($"after {elapsed.TotalSeconds:0.0} s. Look at the device itself; it cannot be relied on."),
        };
        return new FenceOutcome(wanted, FenceVerdict.Failed, false, detail, elapsed);
    }

    private async Task<PowerOrder> OrderAsync(NodeName node, PowerState wanted, long started, CancellationToken cancellationToken)
    {
        var answer = await order(node, wanted, cancellationToken).ConfigureAwait(false);
        for (var retry = 0; retry < timing.Retries && !answer.Taken && Left(started) > timing.PollInterval; retry++)
        {
            await Task.Delay(timing.PollInterval, time, cancellationToken).ConfigureAwait(false);
            answer = await order(node, wanted, cancellationToken).ConfigureAwait(false);
        }
        return answer;
    }

    private TimeSpan Left(long started) => timing.Deadline - time.GetElapsedTime(started);
}
