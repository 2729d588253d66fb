using System.Collections.Immutable;
using System.Globalization;
using AkkaHa.Core.Failures;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Maintenance;
using AkkaHa.Core.Model;
using AkkaHa.Core.Rules;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Operator;
using AkkaHa.Simulation.Devices;
using AkkaHa.Simulation.Runs;
using AkkaHa.Simulation.World;

namespace AkkaHa.Simulation.Scenarios;

/// <summary>Carries a scenario out on the real actors and compares where everything stands at the end with what is expected.</summary>
public sealed class ScenarioRun
{
    private static readonly TimeSpan FirstList = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan NextList = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan AfterLastCommand = TimeSpan.FromSeconds(500);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryCommand = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan GoneBy = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(20);

    private readonly Scenario _scenario;
    private readonly SimulatedWorld _world;
    private readonly OperatorClient _operator;
    private readonly ScenarioCommands _commands;
    private readonly SortedSet<NodeName> _fenced = [];
    private readonly List<string> _differences = [];
    private ClusterState _state = ClusterState.Empty;
    private ClusterStatus? _status;

    private ScenarioRun(Scenario scenario, long seed, Action<string>? sink, string? actorLogLevel)
    {
        _scenario = scenario;
        _world = new SimulatedWorld(
            new WorldSettings
            {
                Seed = seed,
                Nodes = [.. scenario.Nodes.Select(n => n.Name)],
                BootTime = TimeSpan.FromSeconds(5),
                MemoryMib = scenario.NodeMemoryMib,
                // There is no fence device in these files: a lost node is dead by its bound.
                FenceTime = TimeSpan.FromSeconds(21),
                ActorLogLevel = actorLogLevel,
            },
            sink);
        _operator = new OperatorClient(_world);
        _commands = new ScenarioCommands(_world);
        _world.Oracles.OnCommitted = OnCommitted;
    }

    /// <summary>Carries a scenario out.</summary>
    /// <param name="text">The scenario's text.</param>
    /// <param name="source">What errors call it.</param>
    /// <param name="seed">Decides about what is left to chance.</param>
    /// <param name="sink">Gets every line of the trace; null for none.</param>
    /// <param name="actorLogLevel">What the actors log from this level on stands in the trace; null for nothing.</param>
    /// <exception cref="FormatException">The text is no scenario.</exception>
    public static ScenarioResult Of(string text, string source, long seed = 1, Action<string>? sink = null, string? actorLogLevel = null)
    {
        var run = new ScenarioRun(ScenarioFile.Read(text, source), seed, sink, actorLogLevel);
        run.Carry();
        return new ScenarioResult(run._scenario.Name, [.. run._differences], [.. run._world.Trace.Tail]);
    }

    private void Carry()
    {
        foreach (var node in _scenario.Nodes)
        {
            if (!node.HasNetwork)
                _commands.SetNetwork(node.Name, isOn: false);
            if (node.HasPower)
                _world.Machine(node.Name).PowerOn();
        }

        foreach (var resource in _scenario.Resources)
        {
            _world.Misbehave(resource.Id, new GuestBehaviour
            {
                StartFailures = resource.IsInError ? int.MaxValue : resource.StartFailures,
                MigrationFailures = resource.MigrationFailures,
                StopFails = resource.StopFails,
                OnlyOn = resource.OnlyOn,
            });
        }

        var script = _world.Loop.Run(Script);
        var setup = _world.Loop.Run(SetUp);
        while (!script.IsCompleted && _world.RunFor(LookAgain))
        {
        }

        if (script.IsFaulted)
            _differences.Add(script.Exception!.InnerException!.Message);
        _world.RunFor(AfterLastCommand);
        if (setup.IsFaulted)
            _differences.Add(setup.Exception!.InnerException!.Message);
        AskStatus();
        _world.RunFor(LookAgain);
        Compare();
        foreach (var machine in _world.Machines.Values)
            machine.Daemon?.Kill();
    }

    private async Task Script()
    {
        await _world.Loop.Delay(FirstList);
        for (var number = 0; number < _scenario.Steps.Count; number++)
        {
            if (number > 0)
                await _world.Loop.Delay(NextList);
            foreach (var line in _scenario.Steps[number])
            {
                _world.Trace.Add("SCRIPT", line);
                await _commands.Delay(line);
                if (line.Split(' ') is [("shutdown" or "reboot"), var node])
                {
                    var kind = line.StartsWith("reboot", StringComparison.Ordinal) ? LeaveKind.Reboot : LeaveKind.Shutdown;
                    _ = _world.Loop.Run(() => GoAway(_world.Machine(new NodeName(node)), kind));
                    continue;
                }

                if (_commands.ToWorld(line))
                    continue;
                if (_commands.ToLog(line) is { } command)
                    Give(command, _world.Elapsed + GiveUp);
                else
                    _differences.Add($"the command '{line}' cannot be given.");
            }
        }
    }

    /// <summary>A host that goes down says so first, and waits until its guests are gone.</summary>
    private async Task GoAway(Machine machine, LeaveKind kind)
    {
        await Insist(new BeginLeave(machine.Name, kind));
        for (var end = _world.Elapsed + GoneBy; machine.Guests.Count > 0 && _world.Elapsed < end;)
            await _world.Loop.Delay(LookAgain);
        machine.Shutdown(isReboot: kind == LeaveKind.Reboot);
    }

    /// <summary>What the file has configured is given to the cluster as soon as it is complete.</summary>
    private async Task SetUp()
    {
        await _world.Loop.Delay(FirstList + LookAgain);
        while (!IsComplete())
        {
            AskStatus();
            await _world.Loop.Delay(LookAgain);
        }

        if (_scenario.ShutdownPolicy != "conditional")
            await Insist(new SetShutdownPolicy(Enum.Parse<ShutdownPolicy>(_scenario.ShutdownPolicy, ignoreCase: true)));
        foreach (var group in _scenario.Groups)
        {
            await Insist(new PutGroup(new ResourceGroup(new GroupName(group.Name), group.Nodes) { Restricted = group.Restricted, Failback = group.Failback })
            {
                AllowOffline = true,
            });
        }

        foreach (var resource in _scenario.Resources)
            await Insist(new AddResource(Definition(resource), resource.Requested) { Node = resource.Node });
        for (var number = 0; number < _scenario.Affinity.Count; number++)
        {
            var rule = _scenario.Affinity[number];
            await Insist(new PutAffinity(new AffinityRule(
                new RuleName(string.Create(CultureInfo.InvariantCulture, $"rule{number + 1}")), rule.Kind, rule.Strict, [.. rule.Resources])));
        }
    }

    private ResourceDefinition Definition(ScenarioResource resource)
    {
        var group = resource.Group ?? _scenario.Groups.FirstOrDefault(g => g.Members.Contains(resource.Id))?.Name;
        var definition = OperatorClient.Definition(resource.Id, memoryMib: 128);
        return definition with
        {
            MaxRestart = resource.MaxRestart ?? definition.MaxRestart,
            MaxRelocate = resource.MaxRelocate ?? definition.MaxRelocate,
            Group = group is null ? null : new GroupName(group),
            Failback = resource.Failback,
            BootOrder = resource.BootOrder,
            After = [.. resource.After],
            ReadinessTimeout = resource.ReadinessTimeout ?? definition.ReadinessTimeout,
            OnStopFailure = resource.OnStopFailure,
        };
    }

    private bool IsComplete() => _status is { IsStale: false } status && _world.Machines.Values.All(
        m => !m.IsOn || !_commands.HasNetwork(m.Name) || status.Nodes.Any(n => n.Name == m.Name && n.Condition == "online"));

    private void AskStatus()
    {
        foreach (var machine in _world.Machines.Values.Where(m => _commands.HasNetwork(m.Name)))
            _operator.Ask(machine.Name, status => _status = status);
    }

    private async Task Insist(LogCommand command)
    {
        var isDone = false;
        string? refusal = null;
        for (var end = _world.Elapsed + (GiveUp * 3); !isDone && _world.Elapsed < end;)
        {
            Submit(command, answer => (isDone, refusal) = (answer is null, answer));
            await _world.Loop.Delay(TimeSpan.FromMilliseconds(200));
        }

        if (!isDone)
            _differences.Add($"{command.Describe()} was not taken: {refusal}");
    }

    /// <summary>Gives a command until it is taken. One that is refused for good changes nothing, however often it is given.</summary>
    private void Give(LogCommand command, TimeSpan until)
    {
        var isDone = false;
        Submit(command, answer =>
        {
            isDone = answer is null;
            _world.Trace.Add("operator", answer ?? "done");
        });
        _world.Loop.After(RetryCommand, () =>
        {
            if (!isDone && _world.Elapsed < until)
                Give(command, until);
        });
    }

    private void Submit(LogCommand command, Action<string?> onAnswer)
    {
        if (_world.Machines.Values.FirstOrDefault(m => m.Daemon is not null && _commands.HasNetwork(m.Name)) is { } machine)
            _operator.Submit(machine.Name, command, onAnswer);
    }

    private void OnCommitted(LogEntry entry)
    {
        var fenced = entry.Command switch
        {
            StartFence c => c.Boot,
            LoseNode { Fences: true } c => c.Boot,
            _ => (Boot?)null,
        };
        if (fenced is { } boot && _state.Resources.Values.Any(r => r.MayRun.Contains(boot)))
            _fenced.Add(boot.Node);
        _state = ClusterStateMachine.Apply(_state, entry).State;
    }

    private void Compare()
    {
        if (_world.Oracles.Violation is { } violation)
            _differences.Add($"{violation.Rule} is violated: {violation.Text}");
        foreach (var (id, expected) in _scenario.ExpectedResources)
        {
            var record = _state.Resources.GetValueOrDefault(id);
            var actual = record is null or { Removed: true } ? "unknown"
                : record.Requested == RequestedState.Ignored ? "ignored"
                : record.Actual.ToString().ToLowerInvariant();
            if (expected.Actual is { } wanted && wanted != actual)
                _differences.Add($"{id} is {actual} ({record?.Reason ?? record?.Actual.ToString()}); expected {wanted}.");
            var runs = _world.RunningOn(id);
            if (expected.ChecksNode && !(expected.Node is { } node ? runs is [var on] && on == node : runs.IsEmpty))
                _differences.Add($"{id} runs on [{string.Join(", ", runs)}]; expected {expected.Node?.ToString() ?? "none"}.");
        }

        foreach (var (name, expected) in _scenario.ExpectedNodes)
        {
            var condition = _status?.Nodes.Find(n => n.Name == name)?.Condition ?? "unknown";
            if (condition != expected)
                _differences.Add($"{name} is {condition}; expected {expected}.");
        }

        if (_scenario.ExpectedFenced is { } fenced && !fenced.SetEquals(_fenced))
            _differences.Add($"[{string.Join(", ", _fenced)}] had to be proven dead; expected [{string.Join(", ", fenced)}].");
    }
}
