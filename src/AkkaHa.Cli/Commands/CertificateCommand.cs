using System.CommandLine;
using AkkaHa.Devices.Fencing;
using AkkaHa.Devices.Security;

namespace AkkaHa.Cli.Commands;

/// <summary><c>akkaha certificate authority | issue</c>: who is a node or an operator of a cluster.</summary>
internal static class CertificateCommand
{
    private const int AuthorityDays = 3650;
    private const int Days = 825;
    private const int MostDays = 36_500;

    public static Command Create() =>
        new("certificate", "Make the certificates by which nodes and operators know each other (akkaha.tls).") { Authority(), Issue() };

    private static Command Authority()
    {
        var folder = Folder();
        var name = new Option<string>("--name") { Description = "What it is called.", DefaultValueFactory = _ => "AkkaHa cluster" };
        var days = DaysOption(AuthorityDays);
        var command = new Command("authority", "Make a certificate authority. Keep its key (ca-key.pem) away from the nodes: they need ca.pem alone.") { folder, name, days };
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var authority = new CertificateAuthority(parsed.GetValue(folder)!.FullName, SystemClock.Instance);
            authority.Create(parsed.GetValue(name)!, Validity(parsed.GetValue(days)));
            await Console.Out.WriteLineAsync($"{authority.CertificateFile} is what every node names as akkaha.tls.authority").ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Issue()
    {
        var who = new Argument<string>("name") { Description = "A node's name, or who the operator is." };
        var folder = Folder();
        var output = new Option<FileInfo>("--out") { Description = "Where to write the certificate with its key (PKCS#12, mode 0600).", Required = true };
        var hosts = new Option<string[]>("--host") { Description = "A host name or address of the holder; may be given more than once." };
        var password = new Option<FileInfo?>("--password-file") { Description = "A file with the password to encrypt it with." };
        var days = DaysOption(Days);
        var command = new Command("issue", "Issue the certificate of a node or an operator.") { who, folder, output, hosts, password, days };
        command.SetAction((parsed, _) => CommandRunner.Run(async () =>
        {
            var secret = parsed.GetValue(password) is { } file ? SecretFile.Read(file.FullName) : null;
            var written = parsed.GetValue(output)!.FullName;
            new CertificateAuthority(parsed.GetValue(folder)!.FullName, SystemClock.Instance)
                .Issue(parsed.GetValue(who)!, parsed.GetValue(hosts) ?? [], written, secret, Validity(parsed.GetValue(days)));
            await Console.Out.WriteLineAsync($"{written} is what {parsed.GetValue(who)} names as akkaha.tls.certificate").ConfigureAwait(false);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Option<DirectoryInfo> Folder() => new("--folder") { Description = "The folder of the authority.", Required = true };

    private static Option<int> DaysOption(int value) => new("--days") { Description = "For how many days it is valid.", DefaultValueFactory = _ => value };

    private static TimeSpan Validity(int days) => days is > 0 and <= MostDays
        ? TimeSpan.FromDays(days)
        : throw new FormatException(FormattableString.Invariant($"--days is {days}; expected 1 to {MostDays}."));
}
