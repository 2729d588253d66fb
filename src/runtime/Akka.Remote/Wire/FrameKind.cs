namespace Akka.Remote.Wire;

/// <summary>The first byte of a frame.</summary>
internal enum FrameKind : byte
{
    Hello = 1,
    Welcome = 2,
    Refusal = 3,
    StreamStart = 4,
    Envelope = 5,
    Acknowledgement = 6,
    Heartbeat = 7,
    Disassociate = 8,
}
