using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Hypervisors.Qmp;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Hypervisors.Qemu;

/// <summary>Turns a definition into QEMU's command line.</summary>
internal sealed class QemuProgram(QemuSettings settings, IToolRunner tools) : IGuestProgram
{
    // What would let two copies write, lose acknowledged writes, or hide the guest from the next daemon.
    private static readonly string[] ForbiddenArguments =
        ["locking=off", "cache=unsafe", "cache=writeback", "cache=writethrough", "cache.direct=off", "-snapshot", "-pidfile", "-daemonize", "-uuid", "-incoming", "-loadvm"];

    public string Kind => "qemu";

    public string? Refusal(VmDefinition definition)
    {
        if (definition.Disks.Count == 0)
            return "it has no disk.";
        var forbidden = definition.ExtraArguments.FirstOrDefault(argument =>
            ForbiddenArguments.Any(part => part[0] == '-' ? argument == part : argument.Contains(part, StringComparison.Ordinal)));
        return forbidden is null ? null : $"the extra argument '{forbidden}' is not allowed: image locks stay on, host caches off, and the process must be found again.";
    }

    public ChildOptions Command(VmDefinition definition, GuestFiles files)
    {
        List<string> arguments =
        [
            "-accel", settings.Accelerator,
            "-M", settings.Machine,
            "-m", Number(definition.MemoryMib),
            "-smp", Number(definition.Cpus),
            "-no-user-config", "-nodefaults", "-display", "none",
            "-S",
            "-name", "guest=" + Escape(definition.GuestName),
            "-uuid", definition.Uuid.ToString(),
            "-pidfile", files.PidFile,
            "-qmp", $"unix:{Escape(files.Socket)},server=on,wait=off",
            "-qmp", $"unix:{Escape(files.SecondSocket)},server=on,wait=off",
            "-chardev", $"file,id=serial0,path={Escape(files.Serial)},append=on",
            "-serial", "chardev:serial0",
            "-fw_cfg", $"name={settings.NodeKey},string={Escape(settings.Node.Value)}",
        ];
        if (definition.HasAgent)
        {
            arguments.AddRange(
            [
                "-chardev", $"socket,id=qga0,path={Escape(files.Agent)},server=on,wait=off",
                "-device", "virtio-serial",
                "-device", "virtserialport,chardev=qga0,name=org.qemu.guest_agent.0",
            ]);
        }

        AddFirmware(arguments, definition);
        AddDisks(arguments, definition);
        AddNics(arguments, definition);
        arguments.AddRange(definition.ExtraArguments);
        return new ChildOptions(settings.Program, arguments);
    }

    public StartVerdict Judge(string lastWords) =>
        lastWords.Contains("Failed to get", StringComparison.Ordinal) && lastWords.Contains("lock", StringComparison.Ordinal)
            ? StartVerdict.DiskLocked
            : StartVerdict.Failed;

    public async Task<HypervisorCapabilities> CapabilitiesAsync(CancellationToken cancellationToken)
    {
        var result = await tools.RunAsync(new ToolCommand(settings.Program, ["--version"], TimeSpan.FromSeconds(5)), cancellationToken).ConfigureAwait(false);
        var version = result.Output.Split('\n')[0].Trim();
        return new HypervisorCapabilities(true, true, $"{(version.Length > 0 ? version : settings.Program)}, {settings.Accelerator}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // In QEMU's option strings a comma stands for itself when doubled.
    private static string Escape(string value) => value.Replace(",", ",,", StringComparison.Ordinal);

    private void AddFirmware(List<string> arguments, VmDefinition definition)
    {
        if (definition.Firmware is not { } firmware)
            return;
        arguments.AddRange(["-drive", $"if=pflash,unit=0,format=raw,readonly=on,file={Escape(firmware.Code)}"]);
        if (firmware.Variables is { } variables)
            arguments.AddRange(["-drive", $"if=pflash,unit=1,format=raw,cache={(settings.AllowHostCache ? "writethrough" : "none")},file={Escape(variables)}{Locking(variables)}"]);
    }

    private static void AddNics(List<string> arguments, VmDefinition definition)
    {
        for (var i = 0; i < definition.Nics.Count; i++)
        {
            var nic = definition.Nics[i];
            arguments.AddRange(
            [
                "-netdev", nic.Bridge == NicDefinition.UserNetwork ? $"user,id=net{Number(i)}" : $"bridge,id=net{Number(i)},br={Escape(nic.Bridge)}",
                "-device", $"{Escape(nic.Model)},netdev=net{Number(i)},mac={Escape(nic.Mac)}",
            ]);
        }
    }

    private static string Locking(string path) => new VmDisk(path).IsRemote ? "" : ",file.locking=on";

    private void AddDisks(List<string> arguments, VmDefinition definition)
    {
        var scsiController = false;
        for (var i = 0; i < definition.Disks.Count; i++)
        {
            var disk = definition.Disks[i];
            var cache = settings.AllowHostCache ? "writethrough" : disk.Cache == DiskCache.DirectSync ? "directsync" : "none";
            var format = disk.Format == DiskFormat.Qcow2 ? "qcow2" : "raw";
            var interfaceName = disk.Bus switch { DiskBus.Ide => "ide", DiskBus.Virtio => "virtio", _ => "none" };
            arguments.AddRange(["-drive",
                $"file={Escape(disk.Path)},format={format},if={interfaceName},cache={cache}{Locking(disk.Path)},id=disk{Number(i)}"]);
            if (disk.Bus != DiskBus.Scsi)
                continue;
            if (!scsiController)
                arguments.AddRange(["-device", "virtio-scsi-pci,id=scsi0"]);
            scsiController = true;
            arguments.AddRange(["-device", $"scsi-hd,bus=scsi0.0,drive=disk{Number(i)}"]);
        }
    }
}
