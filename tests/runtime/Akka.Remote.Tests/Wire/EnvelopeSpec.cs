using System.Text;
using Akka.Remote.Wire;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;

namespace Akka.Remote.Tests.Wire;

/// <summary>The envelope is written and read by hand; the generated class says what is right.</summary>
public class EnvelopeSpec
{
    private static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Constant(string.Empty), Gen.Choose(' ', 'z').Select(c => (char)c).ArrayOf().Select(c => new string(c)), Gen.Constant("ä/ö/日本"));

    private static readonly Gen<Envelope> Envelopes =
        from system in Gen.Elements(true, false)
        from number in Gen.Choose(1, int.MaxValue)
        from recipient in Text
        from sender in Text
        from id in Gen.OneOf(Gen.Choose(int.MinValue, int.MaxValue), Gen.Choose(-3, 30))
        from manifest in Text
        from payload in Bytes
        select new Envelope
        {
            SequenceNumber = system ? (ulong)number : 0,
            Recipient = "/" + recipient,
            Sender = sender,
            SerializerId = id,
            Manifest = manifest,
            Payload = ByteString.CopyFrom(payload),
        };

    [Fact]
    public void What_is_written_by_hand_is_what_protobuf_reads() =>
        Prop.ForAll(Envelopes.ToArbitrary(), expected => Envelope.Parser.ParseFrom(Write(expected)[1..]).Equals(expected)).QuickCheckThrowOnFailure();

    [Fact]
    public void What_protobuf_writes_is_what_is_read_by_hand() =>
        Prop.ForAll(Envelopes.ToArbitrary(), expected =>
        {
            var view = EnvelopeView.Parse(expected.ToByteArray());
            return view.SequenceNumber == expected.SequenceNumber
                && Encoding.UTF8.GetString(view.Recipient) == expected.Recipient
                && Encoding.UTF8.GetString(view.Sender) == expected.Sender
                && view.SerializerId == expected.SerializerId
                && Encoding.UTF8.GetString(view.Manifest) == expected.Manifest
                && view.Payload.SequenceEqual(expected.Payload.Span);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_bytes_are_an_envelope_or_malformed_and_never_anything_else() =>
        Prop.ForAll(Bytes.ToArbitrary(), bytes =>
        {
            try
            {
                EnvelopeView.Parse(bytes);
            }
            catch (MalformedFrameException)
            {
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_damaged_envelope_is_read_or_malformed_and_never_anything_else() =>
        Prop.ForAll(Envelopes.Zip(Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 255))).ToArbitrary(), sample =>
        {
            var (envelope, (where, what)) = sample;
            var bytes = envelope.ToByteArray();
            bytes[where % bytes.Length] = (byte)what;
            try
            {
                EnvelopeView.Parse(bytes);
                EnvelopeView.Parse(bytes.AsSpan(0, where % bytes.Length));
            }
            catch (MalformedFrameException)
            {
            }
        }).Check(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_field_of_a_later_version_is_skipped()
    {
        byte[] unknown = [99 << 3 & 0x7F | 0x80 | 2, 99 >> 4, 3, 1, 2, 3];
        var envelope = new Envelope { Recipient = "/user/a", Payload = ByteString.CopyFromUtf8("x") };
        var view = EnvelopeView.Parse([.. unknown, .. envelope.ToByteArray()]);
        Assert.Equal("/user/a", Encoding.UTF8.GetString(view.Recipient));
        Assert.Equal("x", Encoding.UTF8.GetString(view.Payload));
    }

    private static byte[] Write(Envelope envelope)
    {
        var writer = EnvelopeWriter.OfThread;
        writer.Write(
            envelope.SequenceNumber != 0,
            Encoding.UTF8.GetBytes(envelope.Recipient),
            Encoding.UTF8.GetBytes(envelope.Sender),
            envelope.SerializerId,
            envelope.Manifest,
            envelope.Payload.Span);
        var frame = writer.Frame.ToArray();
        if (envelope.SequenceNumber != 0)
            EnvelopeWriter.SetSequenceNumber(frame, envelope.SequenceNumber);
        return frame;
    }
}
