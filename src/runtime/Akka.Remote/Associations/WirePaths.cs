using System.Text;
using Akka.Actor;

namespace Akka.Remote.Associations;

/// <summary>How actor paths stand in envelopes. A path of the sending or receiving system leaves its address out.</summary>
internal static class WirePaths
{
    /// <summary>Where the temporary actors of questions stand.</summary>
    public const string TemporaryPrefix = "/temp/";

    /// <summary>The path without its address, with its uid.</summary>
    public static byte[] Relative(ActorPath path) => path.WireForm ??= Encoding.UTF8.GetBytes(RelativeText(path));

    /// <summary>The path with its address.</summary>
    public static byte[] Full(IActorRef actor) => Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.SerializedActorPath(actor));

    private static string RelativeText(ActorPath path) => path.Uid == 0
        ? path.ToStringWithoutAddress()
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path.ToStringWithoutAddress()}#{path.Uid}");
}
