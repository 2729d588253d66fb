using System.Collections;
using System.Reflection;
using AkkaHa.Core.StateLog;
using AkkaHa.Protocol.Wire;
using Google.Protobuf;

namespace AkkaHa.Protocol.Tests;

public class CodecTests
{
    [Fact]
    public void Every_message_comes_back_from_the_wire_as_it_went_in()
    {
        foreach (var message in Samples.All)
        {
            var codec = Codecs.All.Single(c => c.Type == message.GetType());

            var back = codec.Read(codec.Write(message));

            Assert.Equal(Show(message), Show(back));
        }
    }

    [Fact]
    public void Every_codec_has_a_sample_so_that_none_goes_untested() =>
        Assert.Empty(Codecs.All.Select(c => c.Type).Except(Samples.All.Select(m => m.GetType())));

    [Fact]
    public void Every_log_command_has_a_wire_form()
    {
        var commands = typeof(LogCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LogCommand)) && !t.IsAbstract);

        Assert.Empty(commands.Except(Samples.Commands.Select(c => c.GetType())));
    }

    [Fact]
    public void Every_journal_event_and_message_of_the_log_has_a_codec()
    {
        Type[] roots = [typeof(JournalEvent), typeof(ReplicaRequest), typeof(ReplicaReply)];
        var types = typeof(LogCommand).Assembly.GetTypes().Where(t => !t.IsAbstract && roots.Any(t.IsSubclassOf));

        Assert.Empty(types.Except(Codecs.All.Select(c => c.Type)));
    }

    [Fact]
    public void Manifests_are_unique() => Assert.Equal(Codecs.All.Count, Codecs.All.Select(c => c.Manifest).Distinct().Count());

    [Fact]
    public void What_is_cut_short_or_changed_is_an_error_and_never_another_kind_of_failure()
    {
        var chance = new Random(1);
        foreach (var message in Samples.All)
        {
            var codec = Codecs.All.Single(c => c.Type == message.GetType());
            var bytes = codec.Write(message);
            for (var i = 0; i < 50 && bytes.Length > 0; i++)
            {
                var broken = bytes[..chance.Next(bytes.Length)].ToArray();
                if (broken.Length > 0)
                    broken[chance.Next(broken.Length)] ^= (byte)chance.Next(256);
                try
                {
                    codec.Read(broken);
                }
                catch (Exception e) when (e is InvalidProtocolBufferException or FormatException or ArgumentException)
                {
                    // Dropped and counted by the transport.
                }
            }
        }
    }

    /// <summary>A value with everything in it, collections by element: records compare their collections by reference.</summary>
    private static string Show(object? value) => value switch
    {
        null => "null",
        string or Guid or DateTimeOffset => value.ToString()!,
        _ when value.GetType().IsPrimitive || value.GetType().IsEnum => value.ToString()!,
        IDictionary map => "{" + string.Join(",", map.Keys.Cast<object>().Select(k => Show(k) + "=" + Show(map[k]))) + "}",
        IEnumerable list => "[" + string.Join(",", list.Cast<object?>().Select(Show)) + "]",
        _ => value.GetType().Name + "(" + string.Join(",", value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => p.Name + ":" + Show(p.GetValue(value)))) + ")",
    };
}
