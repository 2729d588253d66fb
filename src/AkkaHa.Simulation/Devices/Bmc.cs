using AkkaHa.Devices.Fencing;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Devices;

/// <summary>How a power device behaves now.</summary>
internal enum BmcHealth
{
    Sound,

    /// <summary>It takes many seconds.</summary>
    Slow,

    /// <summary>It does not answer.</summary>
    Dead,

    /// <summary>It takes the order, and answers nothing until the caller's deadline; the power goes off all the same, later.</summary>
    Late,

    /// <summary>It says that it has switched, and has not; read back, it says on.</summary>
    Lying,
}

/// <summary>The power device of one machine. It has power of its own and a network of its own.</summary>
internal sealed class Bmc(Machine machine, Coroutines loop)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(300);

    public BmcHealth Health { get; set; }

    /// <summary>Whether it answers when the machine's mains are cut.</summary>
    public bool HasOwnPower { get; set; } = true;

    private bool Answers => Health != BmcHealth.Dead && (HasOwnPower || !machine.MainsCut);

    private PowerState Power => machine.IsOn ? PowerState.On : PowerState.Off;

    public Task<PowerReading> Status() => loop.Run(async () =>
    {
        await loop.Delay(Answers ? AnswerTime() : CallTimeout);
        return Answers && Health != BmcHealth.Late
            ? new PowerReading(Power, $"the power of {machine.Name} is {Power}")
            : PowerReading.Unknown($"the power device of {machine.Name} does not answer");
    });

    public Task<FenceOutcome> Switch(PowerState wanted, CancellationToken stop) => loop.Run(async () =>
    {
        var began = machine.World.Elapsed;
        FenceOutcome Ended(FenceVerdict verdict, string detail) =>
            new(wanted, verdict, verdict == FenceVerdict.Verified && wanted == PowerState.Off, detail, machine.World.Elapsed - began);
        await loop.Delay(Answers ? machine.World.Settings.FenceTime ?? AnswerTime() : CallTimeout);
        stop.ThrowIfCancellationRequested();
        if (!Answers)
            return Ended(FenceVerdict.Failed, $"the power device of {machine.Name} does not answer");
        if (Health == BmcHealth.Late)
        {
            loop.After(machine.World.Chance.Span(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40)), () => Do(wanted));
            await loop.Delay(Deadline);
            return Ended(FenceVerdict.Failed, $"the power device of {machine.Name} did not answer in time");
        }

        if (Health != BmcHealth.Lying)
            Do(wanted);
        for (var end = machine.World.Elapsed + Deadline; machine.World.Elapsed < end;)
        {
            await loop.Delay(Poll);
            stop.ThrowIfCancellationRequested();
            if (Answers && Health != BmcHealth.Late && Power == wanted)
                return Ended(FenceVerdict.Verified, $"the power of {machine.Name} is read back as {Power}");
        }

        return Ended(FenceVerdict.Failed, $"{machine.Name} was told to switch {wanted}, but that was not read back");
    });

    private void Do(PowerState wanted)
    {
        if (wanted == PowerState.Off)
            machine.PowerOff("its power device switched it off");
        else
            machine.PowerOn();
    }

    private TimeSpan AnswerTime() => Health == BmcHealth.Slow
        ? machine.World.Chance.Span(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15))
        : machine.World.Chance.Span(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(700));
}
