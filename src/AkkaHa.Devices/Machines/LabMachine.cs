using System.Globalization;
using AkkaHa.Core.Model;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Processes;

namespace AkkaHa.Devices.Machines;

/// <summary>A lab machine.</summary>
/// <param name="Node">The node it is.</param>
/// <param name="Folder">Its own folder: scripts, pid files, boot id, logs. An absolute path.</param>
/// <param name="Command">The daemon it runs: program and arguments.</param>
/// <param name="Isolation">What makes its processes a whole.</param>
public sealed record LabMachineSettings(NodeName Node, string Folder, IReadOnlyList<string> Command, MachineIsolation Isolation)
{
    /// <summary>Its place in a network of the lab's own; null for the host's.</summary>
    public LabPlug? Plug { get; init; }
}

/// <summary>How a lab machine is plugged into a network.</summary>
/// <param name="At">The beginning of a command that runs in it.</param>
/// <param name="PlugScript">Shell commands for when its power comes.</param>
/// <param name="UnplugScript">Shell commands for when its power goes.</param>
public sealed record LabPlug(IReadOnlyList<string> At, string PlugScript, string UnplugScript);

/// <summary>
/// A "machine" of the lab: processes that live and die together. Its power state is what the kernel says of them; cutting the power is
/// SIGKILL for all of them, the guests included. Everything is kept in its folder, so that another process can take it over.
/// </summary>
public sealed class LabMachine
{
    /// <summary>Set in the environment of every process of a machine, to the machine's folder.</summary>
    public const string MarkVariable = "AKKAHA_MACHINE";

    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FreezePause = TimeSpan.FromMilliseconds(5);

    private readonly LabMachineSettings _settings;
    private readonly IToolRunner _tools;
    private readonly TimeProvider _time;

    private LabMachine(LabMachineSettings settings, IToolRunner tools, TimeProvider time)
    {
        _settings = settings;
        _tools = tools;
        _time = time;
    }

    /// <summary>The node it is.</summary>
    public NodeName Node => _settings.Node;

    /// <summary>Its folder.</summary>
    public string Folder => _settings.Folder;

    /// <summary>The command that switches it: <c>power.sh on|off|status</c>.</summary>
    public string PowerScript => Path.Combine(Folder, "power.sh");

    /// <summary>The file with the id of its present boot; new at each power on.</summary>
    public string BootIdFile => Path.Combine(Folder, "boot-id");

    /// <summary>What its daemon writes.</summary>
    public string DaemonLog => Path.Combine(Folder, "daemon.log");

    private string MachinePidFile => Path.Combine(Folder, "machine.pid");

    /// <summary>Writes the machine's folder; a machine that runs from it goes on. Nothing is started.</summary>
    public static LabMachine Create(LabMachineSettings settings, IToolRunner tools, TimeProvider time)
    {
        Directory.CreateDirectory(settings.Folder);
        WriteScript(Path.Combine(settings.Folder, "init.sh"), MachineScripts.Init(settings));
        WriteScript(Path.Combine(settings.Folder, "power.sh"), MachineScripts.Power(settings));
        return new LabMachine(settings, tools, time);
    }

    /// <summary>Whether any of it lives.</summary>
    public async Task<PowerState> StatusAsync(CancellationToken cancellationToken = default)
    {
        var result = await ScriptAsync("status", cancellationToken).ConfigureAwait(false);
        return result.Exit.Code switch
        {
            0 => PowerState.On,
            2 => PowerState.Off,
            _ => PowerState.Unknown,
        };
    }

    /// <summary>Switches it on: a new boot id, its init, its daemon. Nothing happens if it is on.</summary>
    /// <exception cref="InvalidOperationException">It did not come up.</exception>
    public async Task PowerOnAsync(CancellationToken cancellationToken = default)
    {
        var result = await ScriptAsync("on", cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
            throw new InvalidOperationException($"The lab machine {Node} did not come up: {result.LastWords} {ConsoleWords()}".TrimEnd());
    }

    /// <summary>Cuts its power and waits until nothing of it is left.</summary>
    /// <exception cref="InvalidOperationException">Something of it is still there.</exception>
    public async Task PowerOffAsync(CancellationToken cancellationToken = default)
    {
        var init = PidFile.Open(MachinePidFile);
        await ScriptAsync("off", cancellationToken).ConfigureAwait(false);
        if (init is not null)
            await init.Exited.IsCompletedWithinAsync(ScriptTimeout, _time, cancellationToken).ConfigureAwait(false);
        if (await StatusAsync(cancellationToken).ConfigureAwait(false) != PowerState.Off)
            throw new InvalidOperationException($"The power of the lab machine {Node} was cut, but something of it still lives (look in {Folder}).");
    }

    /// <summary>Kills its daemon alone, as <c>kill -9</c> does: init and guests live on.</summary>
    /// <returns>False if no daemon runs.</returns>
    public async Task<bool> KillDaemonAsync()
    {
        if (DaemonPid() is not { } pid || WatchedProcess.Open(pid) is not { } daemon)
            return false;
        return await daemon.KillAndWaitAsync(ScriptTimeout, _time).ConfigureAwait(false);
    }

    /// <summary>Stops its daemon alone, as SIGSTOP does: it stands still, init and guests live on.</summary>
    /// <returns>False if no daemon runs.</returns>
    public bool FreezeDaemon() => DaemonPid() is { } pid && LibC.Kill(pid, LibC.SigStop) == 0;

    /// <summary>Starts its daemon again in the same boot; only for a machine that is on and whose daemon is dead.</summary>
    /// <exception cref="InvalidOperationException">It is off, or its daemon runs.</exception>
    public void StartDaemon()
    {
        if (DaemonPid() is { } pid)
            throw new InvalidOperationException($"The daemon of the lab machine {Node} still runs (process {pid}).");
        const int SigUsr1 = 10;
        if (PidFile.Open(MachinePidFile)?.Signal(SigUsr1) != true)
            throw new InvalidOperationException($"The lab machine {Node} is off: it cannot start its daemon.");
    }

    /// <summary>Stops every process of the machine, as a host that hangs or a virtual one that is paused; all stand still when this ends.</summary>
    public async Task FreezeAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ProcessStat> moving;
        do
        {
            moving = [.. Processes().Where(process => !ProcessStat.IsStopped(process.Id))];
            foreach (var process in moving)
                LibC.Kill(process.Id, LibC.SigStop);
            if (moving.Count > 0)
                await Task.Delay(FreezePause, _time, cancellationToken).ConfigureAwait(false);
        }
        while (moving.Count > 0);
    }

    /// <summary>Lets a frozen machine go on.</summary>
    public void Thaw()
    {
        foreach (var process in Processes())
            LibC.Kill(process.Id, LibC.SigCont);
    }

    /// <summary>Every live process of the machine: its descendants, and what carries its mark.</summary>
    public IReadOnlyList<ProcessStat> Processes()
    {
        if (PidFile.Open(MachinePidFile) is not { } init)
            return [];
        var all = ProcessStat.ReadAll();
        return [.. ProcessTree.Of(init.Id, all)
            .Concat(all.Where(process => !process.IsDead && process.Id != ProcessStat.Read(init.Id)?.ParentId && IsMarked(process.Id)))
            .DistinctBy(process => process.Id)];
    }

    /// <summary>The daemon's process id as this host sees it; null if it does not run.</summary>
    public int? DaemonPid()
    {
        if (PidFile.Open(MachinePidFile) is not { } init || !TryReadNumber(Path.Combine(Folder, "daemon.pid"), out var inner))
            return null;
        return ProcessStat.ReadAll()
            .Where(process => process.ParentId == init.Id && !process.IsDead && IdInItsNamespace(process.Id) == inner)
            .Select(process => (int?)process.Id).FirstOrDefault();
    }

    private static void WriteScript(string path, string text)
    {
        File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool TryReadNumber(string path, out int number)
    {
        number = 0;
        try
        {
            return int.TryParse(File.ReadAllText(path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // "NSpid:	4711	2": one id for each nested namespace, the innermost last.
    private static int IdInItsNamespace(int pid)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .FirstOrDefault(line => line.StartsWith("NSpid:", StringComparison.Ordinal));
            return line is null ? pid : int.Parse(line.Split('\t')[^1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private bool IsMarked(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/environ")).Split('\0')
                .Contains($"{MarkVariable}={Folder}", StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private Task<ToolResult> ScriptAsync(string action, CancellationToken cancellationToken) =>
        _tools.RunAsync(new ToolCommand(PowerScript, [action], ScriptTimeout), cancellationToken);

    private string ConsoleWords()
    {
        try
        {
            return File.ReadLines(Path.Combine(Folder, "console.log")).LastOrDefault() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
