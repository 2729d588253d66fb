using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AkkaHa.Devices.Machines;

/// <summary>The files that make <c>ipmi_sim</c> the BMC of a lab machine.</summary>
internal static class BmcScripts
{
    /// <summary>The BMC itself: one management controller with an event log.</summary>
    public const string Emulator = """
        mc_setbmc 0x20
        mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr
        sel_enable 0x20 1000 0x0a
        mc_enable 0x20

        """;

    public static string Configuration(BmcSettings settings) => string.Create(CultureInfo.InvariantCulture, $"""
        name "{settings.Name}"
        set_working_mc 0x20
          startlan 1
            addr {settings.Address} {settings.Port}
            priv_limit admin
            allowed_auths_callback none md2 md5 straight
            allowed_auths_user none md2 md5 straight
            allowed_auths_operator none md2 md5 straight
            allowed_auths_admin none md2 md5 straight
            guid {Guid(settings.Name)}
          endlan
          chassis_control "./chassis.sh"
          user 1 true  ""        "test"   user  10 none md2 md5 straight
          user 2 true  "{settings.User}" "{settings.Password}" admin 10 none md2 md5 straight

        """);

    /// <summary>
    /// What ipmi_sim calls for the chassis. It waits for the script and answers nobody meanwhile, so slow work goes to the background: a
    /// client's retransmissions would be carried out as further orders.
    /// </summary>
    public static string Chassis(BmcSettings settings) => $$"""
        #!/bin/sh
        power={{MachineScripts.Quote(settings.PowerScript)}}
        fault=$(cat fault 2> /dev/null)
        order() {
            case $fault in
            lies) ;;
            slow) ( sleep 3; "$power" "$1" ) < /dev/null > /dev/null 2>&1 & ;;
            *) "$power" "$1" < /dev/null > /dev/null 2>&1 ;;
            esac
        }
        operation=$1; shift
        case $operation in
        get)
            for what; do
                case $what in
                power) "$power" status > /dev/null && echo power:1 || echo power:0 ;;
                boot) echo boot:default ;;
                *) echo "$what:0" ;;
                esac
            done ;;
        set)
            while [ $# -gt 0 ]; do
                case $1 in
                power) [ "$2" = 1 ] && order on || order off ;;
                reset) order cycle ;;
                esac
                shift 2
            done ;;
        esac
        exit 0

        """;

    // A BMC's id must be its own; its name gives it.
    private static string Guid(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..32];
}
