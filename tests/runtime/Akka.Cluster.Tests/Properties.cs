using FsCheck;
using FsCheck.Fluent;

namespace Akka.Cluster.Tests;

/// <summary>Runs a property over many seeds that FsCheck chooses; a failure names the seed that shows it.</summary>
internal static class Properties
{
    public static void Hold(Action<Random> property, int runs = 300) =>
        Prop.ForAll<int>(seed => property(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(runs));
}
