using Google.Protobuf;

namespace Akka.Remote.Wire;

/// <summary>The constants of the protocol, and the frames that are not envelopes.</summary>
internal static class WireProtocol
{
    public const uint Version = 1;

    /// <summary>The length prefix of a frame.</summary>
    public const int LengthPrefixBytes = 4;

    /// <summary>A stranger may not send larger frames before it has introduced itself.</summary>
    public const int MaximumHandshakeBytes = 4096;

    public static readonly byte[] Heartbeat = [(byte)FrameKind.Heartbeat];

    public static byte[] Frame(FrameKind kind, IMessage body)
    {
        var frame = new byte[1 + body.CalculateSize()];
        frame[0] = (byte)kind;
        body.WriteTo(frame.AsSpan(1));
        return frame;
    }
}
