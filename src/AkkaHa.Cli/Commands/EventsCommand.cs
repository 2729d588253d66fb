using System.CommandLine;
using System.Globalization;
using AkkaHa.Cli.Operator;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha events [SUBJECT] [--since TIME] [--follow]</c>.</summary>
internal static class EventsCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static Command Create()
    {
        var node = new NodeOption();
        var subject = new Argument<string?>("subject") { Description = "Only what is about this node or resource.", Arity = ArgumentArity.ZeroOrOne };
        var since = new Option<string?>("--since") { Description = "Only what is newer: a duration such as 10m, or a time such as 2026-01-31T08:00:00Z." };
        var follow = new Option<bool>("--follow") { Description = "Go on with what happens from now on, until interrupted." };
        var command = new Command("events", "What a node has recorded, oldest first.") { subject, since, follow };
        node.AddTo(command);
        command.SetAction((parsed, stop) => CommandRunner.Run(async () =>
        {
            var endpoint = node.Endpoint(parsed);
            var from = parsed.GetValue(since) is { } text ? Time(text, SystemClock.Instance.GetUtcNow()) : DateTimeOffset.MinValue;
            var about = parsed.GetValue(subject);
            await using var client = OperatorClient.Start(endpoint);
            var last = 0L;
            while (true)
            {
                var reply = await client.Events(endpoint, last, StatusCommand.Timeout).ConfigureAwait(false);
                foreach (var e in reply.Events.Where(e => e.At >= from && (about is null || e.Subject == about)))
                    await Console.Out.WriteLineAsync(EventText.Line(e)).ConfigureAwait(false);
                last = reply.Events.IsEmpty ? last : reply.Events[^1].Sequence;
                if (!parsed.GetValue(follow))
                    return ExitCodes.Ok;
                await Task.Delay(Pause, SystemClock.Instance, stop).ConfigureAwait(false);
            }
        }));
        return command;
    }

    private static DateTimeOffset Time(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            switch (text[^1])
            {
                case 's':
                    return now - TimeSpan.FromSeconds(number);
                case 'm':
                    return now - TimeSpan.FromMinutes(number);
                case 'h':
                    return now - TimeSpan.FromHours(number);
                case 'd':
                    return now - TimeSpan.FromDays(number);
            }
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"'{text}' is no time: expected a duration such as 10m or 2h, or a time such as 2026-01-31T08:00:00Z.");
    }
}
