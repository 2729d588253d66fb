using System.Buffers.Binary;
using Akka.Remote.Associations;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Remote.Tests.Associations;

public class SystemMessageOutboxSpec
{
    private static byte[] NewFrame() => new byte[16];

    private static ulong NumberOf(byte[] frame) => BinaryPrimitives.ReadUInt64LittleEndian(frame.AsSpan(2));

    [Fact]
    public void Frames_are_numbered_from_one_and_sent_in_order_within_the_window()
    {
        var outbox = new SystemMessageOutbox(capacity: 10, window: 2);
        for (ulong expected = 1; expected <= 3; expected++)
            Assert.Equal(expected, outbox.Add(NewFrame()));
        Assert.Equal([1, 2], SendAll(outbox));
        outbox.Acknowledge(1);
        Assert.Equal([3], SendAll(outbox));
    }

    [Fact]
    public void What_is_not_acknowledged_is_sent_again_after_a_rewind()
    {
        var outbox = new SystemMessageOutbox(10, 10);
        for (var i = 0; i < 4; i++)
            outbox.Add(NewFrame());
        Assert.Equal([1, 2, 3, 4], SendAll(outbox));
        outbox.Acknowledge(2);
        outbox.Rewind();
        Assert.Equal([3, 4], SendAll(outbox));
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_is_ignored()
    {
        var outbox = new SystemMessageOutbox(10, 10);
        outbox.Add(NewFrame());
        Assert.False(outbox.Acknowledge(7));
        Assert.Equal(1, outbox.Count);
    }

    [Fact]
    public void Another_incarnation_begins_with_number_one()
    {
        var outbox = new SystemMessageOutbox(10, 10);
        outbox.Add(NewFrame());
        outbox.Add(NewFrame());
        outbox.Reset();
        Assert.True(outbox.IsEmpty);
        Assert.Equal(1UL, outbox.Add(NewFrame()));
    }

    /// <summary>A receiver that takes the next number only, over a line that loses everything behind a random point, gets each message once and in order.</summary>
    [Fact]
    public void Every_message_is_delivered_once_and_in_order_whatever_is_lost() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 9)).ToArbitrary(), steps =>
        {
            var outbox = new SystemMessageOutbox(1000, 5);
            var delivered = 0UL;
            var added = 0UL;
            var line = new Queue<ulong>();
            foreach (var step in steps.Concat(Enumerable.Repeat(8, 400)))
            {
                switch (step)
                {
                    case < 4:
                        added = outbox.Add(NewFrame());
                        break;
                    case 4:
                        line.Clear();
                        break;
                    case 5:
                        outbox.Rewind();
                        break;
                    default:
                        foreach (var number in SendAll(outbox))
                            line.Enqueue(number);
                        if (line.TryDequeue(out var arrived) && arrived == delivered + 1)
                            delivered++;
                        if (step >= 7)
                            outbox.Acknowledge(delivered);
                        if (line.Count == 0)
                            outbox.Rewind();
                        break;
                }
            }

            return delivered == added && outbox.IsEmpty;
        }).QuickCheckThrowOnFailure();

    private static ulong[] SendAll(SystemMessageOutbox outbox)
    {
        var sent = new List<ulong>();
        while (outbox.NextToSend() is { } frame)
        {
            sent.Add(NumberOf(frame));
            outbox.Sent();
        }

        return [.. sent];
    }
}
