using Akka.Coordination.Stores.Disk;

namespace Akka.Coordination.Tests;

/// <summary>The process that a spec kills: it locks the file that its argument names, says so, and keeps the lock.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        if (args.Length != 1)
        {
            Console.Error.WriteLine("This is a test project; run it with dotnet test.");
            return 2;
        }

        return new FileMutex(args[0]).Hold(TimeProvider.System, TimeSpan.FromMinutes(1), () =>
        {
            Console.WriteLine("locked");
            return Console.In.Read();
        });
    }
}
