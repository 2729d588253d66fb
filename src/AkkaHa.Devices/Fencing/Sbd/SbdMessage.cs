using System.Text;

namespace AkkaHa.Devices.Fencing.Sbd;

/// <summary>What a mailbox orders.</summary>
public enum SbdCommand : byte
{
    /// <summary>Nothing.</summary>
    Clear = 0,

    /// <summary>To be cleared and mentioned.</summary>
    Test = 1,

    /// <summary>To reset.</summary>
    Reset = 2,

    /// <summary>To switch off.</summary>
    Off = 3,

    /// <summary>The watcher is to end.</summary>
    Exit = 4,

    /// <summary>To write a crash dump and reset.</summary>
    CrashDump = 5,
}

/// <summary>A node's mailbox on a disk.</summary>
/// <param name="Command">What it orders.</param>
/// <param name="Sender">Who wrote it.</param>
public sealed record SbdMessage(SbdCommand Command, string Sender)
{
    /// <summary>Whether obeying it ends the node.</summary>
    public bool IsDeadly => Command is SbdCommand.Reset or SbdCommand.Off or SbdCommand.CrashDump;

    /// <summary>Reads a sector.</summary>
    public static SbdMessage Parse(ReadOnlySpan<byte> sector) => new((SbdCommand)sector[0], SbdText.Read(sector[1..]));

    /// <summary>The sector that says this.</summary>
    public byte[] ToSector(int size)
    {
        var sector = new byte[size];
        sector[0] = (byte)Command;
        SbdText.Write(sector.AsSpan(1), Sender);
        return sector;
    }
}

/// <summary>A taken slot on a disk.</summary>
/// <param name="Index">Which one.</param>
/// <param name="Node">Whose it is; compared without regard to case.</param>
/// <param name="Message">What is in its mailbox.</param>
public sealed record SbdSlot(int Index, string Node, SbdMessage Message);

/// <summary>The texts of the format: at most 63 bytes and a closing zero.</summary>
internal static class SbdText
{
    private const int Length = 64;

    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var text = bytes[..Length];
        var end = text.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
    }

    public static void Write(Span<byte> bytes, string text) =>
        Encoding.ASCII.GetBytes(text.AsSpan(0, Math.Min(text.Length, Length - 1)), bytes);
}
