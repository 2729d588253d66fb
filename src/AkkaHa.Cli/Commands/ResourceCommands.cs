using System.CommandLine;
using System.Security.Cryptography;
using AkkaHa.Cli.Operator;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha add | set | remove | clear</c>: what operators do to resources. Each returns when the change is committed.</summary>
internal static class ResourceCommands
{
    public static Command Add()
    {
        var id = Id();
        var disk = new Option<string[]>("--disk") { Description = "STORAGE:PATH of a disk on shared storage; may be given several times.", Required = true };
        var memory = new Option<int>("--memory-mib") { Description = "Memory in MiB.", DefaultValueFactory = _ => 512 };
        var cpus = new Option<int>("--cpus") { Description = "Virtual processors.", DefaultValueFactory = _ => 1 };
        var name = new Option<string>("--name") { Description = "What people call it.", DefaultValueFactory = _ => "" };
        var state = State();
        return Build("add", "Make a guest highly available.", [id], [disk, memory, cpus, name, state], parsed => new AddResource(
            new ResourceDefinition(
                ResourceId.Parse(parsed.GetValue(id)!), new Guid(RandomNumberGenerator.GetBytes(16)), parsed.GetValue(name)!,
                Positive(parsed.GetValue(memory), "--memory-mib"), Positive(parsed.GetValue(cpus), "--cpus"),
                [.. parsed.GetValue(disk)!.Select(Disk)]),
            Requested(parsed.GetValue(state)!)));
    }

    public static Command Set()
    {
        var id = Id();
        var state = State();
        return Build("set", "Say what is wanted of a resource.", [id], [state], parsed =>
            new SetRequested(ResourceId.Parse(parsed.GetValue(id)!), Requested(parsed.GetValue(state)!)));
    }

    public static Command Remove()
    {
        var id = Id();
        return Build("remove", "Take a resource out of HA's care; a guest that runs goes on.", [id], [], parsed =>
            new RemoveResource(ResourceId.Parse(parsed.GetValue(id)!)));
    }

    public static Command Clear()
    {
        var id = Id();
        return Build("clear", "End the error of a resource.", [id], [], parsed => new ClearError(ResourceId.Parse(parsed.GetValue(id)!)));
    }

    private static Command Build(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, LogCommand> make)
    {
        var node = new NodeOption();
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Arguments.Add(argument);
        foreach (var option in options)
            command.Options.Add(option);
        node.AddTo(command);
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var made = make(parsed);
            await using var client = OperatorClient.Start(endpoint);
            var accepted = await client.Submit(endpoint, made, StatusCommand.Timeout).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(FormattableString.Invariant($"committed as entry {accepted.Index}")).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The resource: vm:N or ct:N." };

    private static Option<string> State() => new("--state") { Description = "started, stopped, disabled or ignored.", DefaultValueFactory = _ => "started" };

    private static RequestedState Requested(string text) =>
        Enum.TryParse<RequestedState>(text, ignoreCase: true, out var requested) && !char.IsAsciiDigit(text[0])
            ? requested
            : throw new FormatException($"'{text}' is no requested state: expected started, stopped, disabled or ignored.");

    private static DiskDefinition Disk(string text) =>
        text.Split(':', 2) is [{ Length: > 0 } storage, { Length: > 0 } path]
            ? new DiskDefinition(storage, path)
            : throw new FormatException($"'{text}' is no disk: expected STORAGE:PATH.");

    private static int Positive(int value, string option) =>
        value > 0 ? value : throw new FormatException(FormattableString.Invariant($"{option} is {value}: expected more than 0."));
}
