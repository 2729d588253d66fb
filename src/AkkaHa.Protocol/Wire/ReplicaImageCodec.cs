using AkkaHa.Core.StateLog;
using Google.Protobuf;

namespace AkkaHa.Protocol.Wire;

/// <summary>Writes a replica's snapshot as the events that recover it, each as it would stand in the journal.</summary>
internal static class ReplicaImageCodec
{
    public static Codec Codec { get; } = Wire.Codec.Of<ReplicaImage, ReplicaImagePb>("journal.image", ToWire, ReplicaImagePb.Parser, FromWire);

    private static ReplicaImagePb ToWire(ReplicaImage image)
    {
        var wire = new ReplicaImagePb();
        foreach (var journalEvent in image.Events)
        {
            var codec = StateLogCodecs.All.First(c => c.Type == journalEvent.GetType());
            wire.Events.Add(new ReplicaImageEventPb { Manifest = codec.Manifest, Body = ByteString.CopyFrom(codec.Write(journalEvent)) });
        }

        return wire;
    }

    private static ReplicaImage FromWire(ReplicaImagePb wire) => new([.. wire.Events.Select(Event)]);

    private static JournalEvent Event(ReplicaImageEventPb wire) =>
        StateLogCodecs.All.FirstOrDefault(c => c.Manifest == wire.Manifest && c.Type.IsSubclassOf(typeof(JournalEvent)))?.Read(wire.Body.ToByteArray()) as JournalEvent
        ?? throw new FormatException($"'{wire.Manifest}' is no event of a replica's journal");
}
