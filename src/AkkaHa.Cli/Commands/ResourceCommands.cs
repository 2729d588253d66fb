using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using AkkaHa.Core.Health;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;
using AkkaHa.Core.StateLog;

namespace AkkaHa.Cli.Commands;

/// <summary>
/// <c>akkaha resource add | set | remove | clear | list | show</c>, and the first four without the word: what operators do to resources. Each
/// returns when the change is committed, with <c>--wait</c> when it is carried out.
/// </summary>
internal static class ResourceCommands
{
    private const int DefaultMemoryMib = 512;

    public static Command Create() => new("resource", "The guests that HA cares for.")
    {
        Add(), Set(), Remove(), Clear(), ResourceQueries.List(), ResourceQueries.Show(),
    };

    public static Command Add()
    {
        var id = Id();
        var options = new ResourceOptions();
        var state = State("started");
        var on = new Option<string?>("--on") { Description = "The node it is configured on: preferred where no rule speaks for another." };
        var wait = new WaitOption();
        var command = OperatorCommand.Asking("add", "Make a guest highly available.", [id], [state, on], parsed =>
        {
            var empty = new ResourceDefinition(
                ResourceId.Parse(parsed.GetValue(id)!), new Guid(RandomNumberGenerator.GetBytes(16)), "", DefaultMemoryMib, 1, []);
            var definition = options.Apply(parsed, empty);
            if (definition.Disks.IsEmpty)
                throw new FormatException("No disk is given: expected --disk STORAGE:PATH once at least, or --from FILE.");
            var requested = Words.Requested(parsed.GetValue(state)!);
            var made = new AddResource(definition, requested) { Node = parsed.GetValue(on) is { } node ? Words.Node(node) : null };
            var waiting = wait.Read(parsed);
            return async (client, endpoint, stop) =>
            {
                await OperatorCommand.Give(client, endpoint, made).ConfigureAwait(false);
                return await WaitOption.Until(waiting, client, endpoint, definition.Id, requested, stop).ConfigureAwait(false);
            };
        });
        options.AddTo(command);
        wait.AddTo(command);
        return command;
    }

    public static Command Set()
    {
        var id = Id();
        var options = new ResourceOptions();
        var state = State(null);
        var time = new Option<string?>("--for") { Description = "How long 'ignored' lasts before the request before it returns, such as 30m." };
        var within = new Option<string?>("--within") { Description = "With 'stopped': how long the guest may take to shut down; 0s kills it." };
        var digest = new Option<string?>("--digest") { Description = "The digest that 'resource show' told: refused if it was changed since." };
        var wait = new WaitOption();
        var command = OperatorCommand.Asking("set", "Change what is wanted of a resource, or what it is.", [id], [state, time, within, digest], parsed =>
        {
            var resource = ResourceId.Parse(parsed.GetValue(id)!);
            RequestedState? requested = parsed.GetValue(state) is { } word ? Words.Requested(word) : null;
            DateTimeOffset? until = parsed.GetValue(time) is { } length ? SystemClock.Instance.GetUtcNow() + Words.Duration(length, time.Name) : null;
            TimeSpan? stopWithin = parsed.GetValue(within) is { } limit ? Words.Duration(limit, within.Name) : null;
            long? seen = parsed.GetValue(digest) is { } text ? Digest(text) : null;
            var isDefined = options.AreGiven(parsed);
            if (requested is null && (until is not null || stopWithin is not null))
                throw new FormatException("No state is given: expected --state with --for or --within.");
            if (requested is null && !isDefined)
                throw new FormatException("Nothing is to be set: expected --state or another option; 'akkaha resource set --help' lists them.");
            // Read once here, so that a bad word is told before anybody is asked.
            options.Apply(parsed, new ResourceDefinition(resource, Guid.Empty, "", DefaultMemoryMib, 1, []) { Health = new HealthCheck(HealthKind.GuestAgent, "") });
            var waiting = wait.Read(parsed);
            return async (client, endpoint, stop) =>
            {
                LogCommand made = new SetRequested(resource, requested ?? RequestedState.Started) { Until = until, StopWithin = stopWithin, Digest = seen };
                if (isDefined)
                {
                    var reply = await client.Resources(endpoint, resource, StatusCommand.Timeout).ConfigureAwait(false);
                    var known = reply.Resources[0];
                    // Made of the committed definition: what was changed since must not be undone by it.
                    made = new SetResource(options.Apply(parsed, known.Definition))
                    {
                        Requested = requested,
                        Until = until,
                        StopWithin = stopWithin,
                        Digest = seen ?? known.ChangedIndex,
                    };
                }

                await OperatorCommand.Give(client, endpoint, made).ConfigureAwait(false);
                return await WaitOption.Until(waiting, client, endpoint, resource, requested, stop).ConfigureAwait(false);
            };
        });
        options.AddTo(command);
        wait.AddTo(command);
        return command;
    }

    public static Command Remove()
    {
        var id = Id();
        var purge = new Option<bool>("--purge") { Description = "Take it out of the rules and resources that name it, too." };
        return OperatorCommand.Giving("remove", "Take a resource out of HA's care; a guest that runs goes on.", [id], [purge], parsed =>
            new RemoveResource(ResourceId.Parse(parsed.GetValue(id)!)) { Purge = parsed.GetValue(purge) });
    }

    public static Command Clear()
    {
        var id = Id();
        return OperatorCommand.Giving("clear", "End the error of a resource.", [id], [], parsed => new ClearError(ResourceId.Parse(parsed.GetValue(id)!)));
    }

    /// <summary>The resource's argument.</summary>
    public static Argument<string> Id() => new("id") { Description = "The resource: vm:N or ct:N." };

    private static Option<string?> State(string? standard) => new("--state")
    {
        Description = "started, stopped, disabled or ignored.",
        DefaultValueFactory = _ => standard,
    };

    private static long Digest(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digest)
        ? digest
        : throw new FormatException($"'{text}' is no digest: expected the number that 'akkaha resource show' tells.");
}
