using System.Collections.Immutable;
using System.CommandLine;
using AkkaHa.Core.Model;
using AkkaHa.Node.Settings;

namespace AkkaHa.Cli.Commands;

/// <summary>The options that say what a resource is: the same for <c>add</c> and <c>set</c>; what is not given stays as it is.</summary>
internal sealed class ResourceOptions
{
    private const string NoLimit = "none";

    private readonly Option<string[]> _disk = new("--disk") { Description = "STORAGE:PATH of a disk on shared storage; may be given several times." };
    private readonly Option<FileInfo?> _from = new("--from") { Description = "A HOCON file that says what the guest is: memory, cpus, disks, nics, firmware, extra-arguments." };
    private readonly Option<int?> _memory = new("--memory-mib") { Description = "Memory in MiB." };
    private readonly Option<int?> _cpus = new("--cpus") { Description = "Virtual processors." };
    private readonly Option<string?> _name = new("--name") { Description = "What people call it." };
    private readonly Option<string?> _group = new("--group") { Description = "The group of nodes it prefers or is restricted to; none for no group." };
    private readonly Option<string?> _failback = new("--failback") { Description = "on, off, or group: whether it moves back to a better node by itself." };
    private readonly Option<int?> _maxRestart = new("--max-restart") { Description = "How often a failed start is tried again on the node." };
    private readonly Option<int?> _maxRelocate = new("--max-relocate") { Description = "How often another node is tried after that." };
    private readonly Option<string?> _bootOrder = new("--boot-order") { Description = "Resources of a lower order are started first; none for no order." };
    private readonly Option<string?> _startDelay = new("--start-delay") { Description = "How long its start waits once it could be started, such as 30s." };
    private readonly Option<string?> _after = new("--after") { Description = "The resources that must be ready before it is started, with commas; none for none." };
    private readonly Option<string?> _readiness = new("--readiness-timeout") { Description = "How long it waits for each of those at most." };
    private readonly Option<string?> _rto = new("--rto") { Description = "The recovery time it is promised; none for no promise." };
    private readonly Option<string?> _onStopFailure = new("--on-stop-failure") { Description = "error or fence: what a stop that failed leads to." };
    private readonly Option<string?> _onStorageFailure = new("--on-storage-failure") { Description = "relocate, stop or nothing: what becomes of it where its node has lost its storage." };

    private readonly HealthOptions _health = new();

    private ImmutableList<Option> All =>
        [_from, _disk, _memory, _cpus, _name, _group, _failback, _maxRestart, _maxRelocate, _bootOrder, _startDelay, _after, _readiness, _rto, _onStopFailure, _onStorageFailure, .. _health.All];

    public void AddTo(Command command)
    {
        foreach (var option in All)
            command.Options.Add(option);
    }

    /// <summary>Whether any of them is given.</summary>
    public bool AreGiven(ParseResult parsed) => All.Any(o => parsed.GetResult(o) is { Implicit: false });

    /// <summary>The definition with what is given put into it.</summary>
    public ResourceDefinition Apply(ParseResult parsed, ResourceDefinition to) =>
        Put(parsed, parsed.GetValue(_from) is { } file ? GuestReader.ReadFile(file.FullName, to) : to);

    private ResourceDefinition Put(ParseResult parsed, ResourceDefinition to) => to with
    {
        Disks = parsed.GetValue(_disk) is { Length: > 0 } disks ? [.. disks.Select(Words.Disk)] : to.Disks,
        MemoryMib = Count(parsed, _memory, 1) ?? to.MemoryMib,
        Cpus = Count(parsed, _cpus, 1) ?? to.Cpus,
        Name = parsed.GetValue(_name) ?? to.Name,
        Group = parsed.GetValue(_group) is { } group ? Words.Group(group) : to.Group,
        Failback = parsed.GetValue(_failback) is { } failback ? failback == "group" ? null : Words.OnOff(failback, _failback.Name) : to.Failback,
        MaxRestart = Count(parsed, _maxRestart, 0) ?? to.MaxRestart,
        MaxRelocate = Count(parsed, _maxRelocate, 0) ?? to.MaxRelocate,
        BootOrder = parsed.GetValue(_bootOrder) is { } order ? Order(order) : to.BootOrder,
        StartDelay = Time(parsed, _startDelay) ?? to.StartDelay,
        After = parsed.GetValue(_after) is { } after ? After(after) : to.After,
        ReadinessTimeout = Time(parsed, _readiness) ?? to.ReadinessTimeout,
        Rto = parsed.GetValue(_rto) is { } rto ? rto == NoLimit ? null : Words.Duration(rto, _rto.Name) : to.Rto,
        OnStopFailure = parsed.GetValue(_onStopFailure) is { } policy ? Policy(policy) : to.OnStopFailure,
        OnStorageFailure = parsed.GetValue(_onStorageFailure) is { } lost ? StoragePolicy(lost) : to.OnStorageFailure,
        Health = _health.Apply(parsed, to.Health),
    };

    private static int? Count(ParseResult parsed, Option<int?> option, int min) =>
        parsed.GetValue(option) is { } value ? Words.AtLeast(min, value, option.Name) : null;

    private static TimeSpan? Time(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? Words.Duration(text, option.Name) : null;

    private static int? Order(string text) => text == NoLimit ? null
        : int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var order) ? order
        : throw new FormatException($"--boot-order is '{text}': expected a whole number from 0 on, or none.");

    private static ImmutableSortedSet<ResourceId> After(string text) =>
        text == NoLimit ? [] : [.. text.Split(',').Select(id => ResourceId.Parse(id.Trim()))];

    private static StopFailurePolicy Policy(string text) => text switch
    {
        "error" => StopFailurePolicy.Error,
        "fence" => StopFailurePolicy.Fence,
        _ => throw new FormatException($"--on-stop-failure is '{text}': expected error or fence."),
    };

    private static StorageFailurePolicy StoragePolicy(string text) => text switch
    {
        "relocate" => StorageFailurePolicy.Relocate,
        "stop" => StorageFailurePolicy.Stop,
        "nothing" => StorageFailurePolicy.Nothing,
        _ => throw new FormatException($"--on-storage-failure is '{text}': expected relocate, stop or nothing."),
    };
}
