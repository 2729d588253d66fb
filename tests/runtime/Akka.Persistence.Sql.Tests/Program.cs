using Akka.Actor;
using Akka.Persistence.Tests;

namespace Akka.Persistence.Sql.Tests;

/// <summary>
/// The process that the durability specs kill: ledgers that persist as fast as they can, and a line on standard output for each event that
/// was acknowledged. Arguments: provider name, connection string, number of ledgers.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        if (args.Length != 3)
        {
            Console.Error.WriteLine("This is a test project; run it with dotnet test.");
            return 2;
        }

        using var system = ActorSystem.Create("writer", SqlConfig.For(args[0], args[1]));
        for (var i = 0; i < int.Parse(args[2]); i++) system.ActorOf(Props.Create(() => new Clerk($"killed-{i}")));
        await system.WhenTerminated;
        return 0;
    }

    /// <summary>Has a ledger of its own, and sends the next command when the one before is acknowledged.</summary>
    private sealed class Clerk : ReceiveActor
    {
        public Clerk(string persistenceId)
        {
            var ledger = Context.ActorOf(Ledger.Props(persistenceId, Self));
            Receive<Added>(added =>
            {
                Console.WriteLine($"{persistenceId} {added.SequenceNr} {added.Text}");
                ledger.Tell(new Add($"text-{added.SequenceNr + 1}"));
            });
            Receive<Observed>(observed =>
            {
                if (observed.What.StartsWith("recovered", StringComparison.Ordinal)) ledger.Tell(new Add("text-1"));
            });
        }
    }
}
