using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using AkkaHa.Cli.Import;
using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha import FILE</c>: makes a guest of a Proxmox host highly available.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The guest's file, such as /etc/pve/qemu-server/100.conf." };
        var storages = new Option<FileInfo>("--storages")
        {
            Description = "The file with the storages of the Proxmox cluster.",
            DefaultValueFactory = _ => new FileInfo("/etc/pve/storage.cfg"),
        };
        var id = new Option<string?>("--id") { Description = "The resource it becomes; without it the file's number tells." };
        var state = new Option<string>("--state") { Description = "started, stopped, disabled or ignored.", DefaultValueFactory = _ => "stopped" };
        return OperatorCommand.Asking("import", "Make a guest of a Proxmox host highly available; it must not run there any more.", [file], [storages, id, state], parsed =>
        {
            var guest = Read(parsed.GetValue(file)!, parsed.GetValue(storages)!, parsed.GetValue(id));
            var requested = Words.Requested(parsed.GetValue(state)!);
            return async (client, endpoint, _) =>
            {
                foreach (var note in guest.Notes)
                    await Console.Out.WriteLineAsync(note).ConfigureAwait(false);
                await OperatorCommand.Give(client, endpoint, new AddResource(guest.Definition, requested)).ConfigureAwait(false);
                return ExitCodes.Ok;
            };
        });
    }

    private static ImportedGuest Read(FileInfo file, FileInfo storages, string? id)
    {
        try
        {
            var number = Path.GetFileNameWithoutExtension(file.Name);
            var resource = id is not null ? ResourceId.Parse(id)
                : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var vm) && vm > 0 ? ResourceId.Vm(vm)
                : throw new FormatException($"The name of {file} tells no number: expected --id vm:N.");
            return ProxmoxGuest.Read(
                resource, new Guid(RandomNumberGenerator.GetBytes(16)), File.ReadLines(file.FullName), ProxmoxFile.Storages(File.ReadLines(storages.FullName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException(e.Message);
        }
    }
}
