namespace AkkaHa.Devices.Machines;

/// <summary>
/// The scripts of a lab machine. They are shell because a BMC simulator runs one for every packet that asks for the power state, and
/// because the init of a machine must outlive the daemon it starts.
/// </summary>
internal static class MachineScripts
{
    /// <summary>
    /// The machine's first process. It starts the daemon (again at SIGUSR1), stays when the daemon dies, and reaps whatever loses its
    /// parent. It writes down its own id as the host sees it before its namespace gets a /proc of its own.
    /// </summary>
    public static string Init(LabMachineSettings settings) => $$"""
        #!/bin/sh
        cd {{Quote(settings.Folder)}} || exit 1
        read -r stat < /proc/self/stat
        pid=${stat%% *}
        set -- ${stat##*) }
        echo "$pid ${20}" > machine.pid.new
        {{(settings.Isolation == MachineIsolation.Mark ? ":" : "mount -t proc proc /proc")}}
        daemon() {
            {{string.Join(' ', settings.Command.Select(Quote))}} < /dev/null >> daemon.log 2>&1 &
            echo $! > daemon.pid.new
            mv daemon.pid.new daemon.pid
        }
        trap daemon USR1
        trap '' TERM INT HUP
        daemon
        mv machine.pid.new machine.pid
        # A job that never ends, so that the wait below never does: waiting is what reaps.
        sleep 2147483647 &
        while :; do wait; done

        """;

    /// <summary>
    /// The machine's power: <c>on</c>, <c>off</c>, <c>cycle</c>, <c>status</c> (exit code 0 on, 2 off). In a namespace the init's death is the death of
    /// all: the kernel lets it end last.
    /// </summary>
    public static string Power(LabMachineSettings settings) => $$"""
        #!/bin/sh
        cd {{Quote(settings.Folder)}} || exit 1
        marked() { grep -lsxz {{Quote($"{LabMachine.MarkVariable}={settings.Folder}")}} /proc/[0-9]*/environ | cut -d/ -f3; }
        alive() {
            {{(settings.Isolation == MachineIsolation.Mark ? """[ -n "$(marked)" ]; return""" : ":")}}
            [ -s machine.pid ] || return 1
            read -r pid start < machine.pid
            { read -r stat < /proc/"$pid"/stat; } 2> /dev/null || return 1
            set -- ${stat##*) }
            [ "$1" != Z ] && [ "$1" != X ] && [ "${20}" = "$start" ]
        }
        plug() {
            :
        {{settings.Plug?.PlugScript}}
        }
        unplug() {
            :
        {{settings.Plug?.UnplugScript}}
        }
        on() {
            alive && return
            rm -f machine.pid daemon.pid
            plug >> console.log 2>&1
            cat /proc/sys/kernel/random/uuid > boot-id.new && mv boot-id.new boot-id
            {{LabMachine.MarkVariable}}={{Quote(settings.Folder)}} setsid {{string.Join(' ', Starter(settings).Select(Quote))}} < /dev/null >> console.log 2>&1 &
            n=0
            while [ ! -s machine.pid ] && [ $n -lt 500 ]; do sleep 0.01; n=$((n+1)); done
            [ -s machine.pid ]
        }
        off() {
            {{(settings.Isolation == MachineIsolation.Mark
                ? """n=0; while list=$(marked); [ -n "$list" ] && [ $n -lt 200 ]; do kill -9 $list 2> /dev/null; n=$((n+1)); done"""
                : """alive && kill -9 "$pid" """)}}
            unplug
        }
        case $1 in
        on) on ;;
        off) off; exit 0 ;;
        cycle)
            off
            n=0
            while alive && [ $n -lt 500 ]; do sleep 0.01; n=$((n+1)); done
            on ;;
        status) alive && echo on || { echo off; exit 2; } ;;
        *) echo "usage: $0 on|off|cycle|status" >&2; exit 1 ;;
        esac

        """;

    /// <summary>A text as one word of a shell command.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static IEnumerable<string> Starter(LabMachineSettings settings) =>
        settings.Isolation == MachineIsolation.Mark
            ? [.. At(settings), "./init.sh"]
            : [.. At(settings), "unshare", .. MachineIsolations.Arguments(settings.Isolation), "./init.sh"];

    private static IReadOnlyList<string> At(LabMachineSettings settings) => settings.Plug?.At ?? [];
}
