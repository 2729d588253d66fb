using System.CommandLine;
using AkkaHa.Node.Settings;
using AkkaHa.Node.State;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha state backup | restore | verify</c>: the state log of one node as a file.</summary>
internal static class StateCommand
{
    public static Command Create() => new("state", "The state log of a node as a file.") { Backup(), Restore(), Verify() };

    private static Command Backup()
    {
        var (file, config) = (File(), Config());
        var command = new Command("backup", "Copy a node's state log to a file, and check the copy. The node may run.") { file, config };
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var settings = SettingsReader.ReadFile(parsed.GetValue(config)!.FullName);
            var content = await StateStore.BackUp(settings.DataDirectory, parsed.GetValue(file)!.FullName, settings.Node).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(content.Describe()).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Restore()
    {
        var (file, config) = (File(), Config());
        var lost = new Option<bool>("--all-newer-are-lost")
        {
            Description = "You know that no voter holds a newer state any more. What was committed after the backup is gone; while others hold it, a node that lost its journal is given its vote and all entries by itself.",
        };
        var command = new Command("restore", "DANGEROUS: put a backup in the place of the state log of a node that is stopped.") { file, config, lost };
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            if (!parsed.GetValue(lost))
                throw new FormatException("A restored replica has forgotten what it acknowledged since the backup. If other voters live, remove the journal of this node instead: it is given its vote back. Only if all newer replicas are lost: --all-newer-are-lost.");
            var settings = SettingsReader.ReadFile(parsed.GetValue(config)!.FullName);
            var (content, kept) = await StateStore.Restore(
                parsed.GetValue(file)!.FullName, settings.DataDirectory, settings.Node, SystemClock.Instance.GetUtcNow()).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(content.Describe()).ConfigureAwait(false);
            if (kept is not null)
                await Console.Out.WriteLineAsync($"what was there before is kept as {kept}").ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<FileInfo?>("file") { Description = "A backup or journal; the node's own journal if it is not given.", Arity = ArgumentArity.ZeroOrOne };
        var config = new Option<FileInfo?>("--config") { Description = "The node's HOCON file." };
        var command = new Command("verify", "Read a state log from the first event to the last, as a start would, and say what it holds.") { file, config };
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var settings = parsed.GetValue(config) is { } path ? SettingsReader.ReadFile(path.FullName) : null;
            var checkedFile = parsed.GetValue(file)?.FullName ?? (settings is not null
                ? StateStore.JournalIn(settings.DataDirectory)
                : throw new FormatException("Which state log? Give a file, or --config FILE."));
            var content = await StateStore.Verify(checkedFile, settings?.Node ?? new Core.Model.NodeName("backup")).ConfigureAwait(false);
            await Console.Out.WriteLineAsync(content.Describe()).ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Argument<FileInfo> File() => new("file") { Description = "The file." };

    private static Option<FileInfo> Config() => new("--config") { Description = "The node's HOCON file.", Required = true };
}
