using AkkaHa.Benchmarks.Clustering;
using AkkaHa.Benchmarks.Remoting;

namespace AkkaHa.Benchmarks.Processes;

/// <summary>What a second process can be.</summary>
internal static class ChildRoles
{
    public const string Echo = "echo";
    public const string SocketEcho = "socket-echo";
    public const string Member = "member";

    public static async Task<int> Run(string role, string[] arguments)
    {
        switch (role)
        {
            case Echo:
                await EchoProcess.Run();
                return 0;
            case SocketEcho:
                LoopbackFloor.Echo();
                return 0;
            case Member:
                await MemberProcess.Run(arguments);
                return 0;
            default:
                Console.Error.WriteLine($"There is no role {role}.");
                return 2;
        }
    }

    /// <summary>Waits until the starting process closes this one's input, or ends.</summary>
    public static async Task UntilInputEnds()
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
        }
    }
}
