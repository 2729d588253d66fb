using System.Text;
using Akka.Actor;
using Akka.Serialization;

namespace Akka.Persistence.Tests;

/// <summary>Writes entries and pages as text. An entry "unwritable" cannot be serialized.</summary>
public sealed class EntrySerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public const int Id = 4711;

    public override int Identifier => Id;

    /// <summary>Registers this serializer; the assembly is that of the specs that run.</summary>
    public static string Hocon => $$"""
        akka.actor {
          serializers.entry = "{{typeof(EntrySerializer).FullName}}, {{typeof(EntrySerializer).Assembly.GetName().Name}}"
          serialization-bindings {
            "{{typeof(Entry).FullName}}, {{typeof(Entry).Assembly.GetName().Name}}" = entry
            "{{typeof(Page).FullName}}, {{typeof(Page).Assembly.GetName().Name}}" = entry
          }
          serialization-identifiers {
            "{{typeof(EntrySerializer).FullName}}, {{typeof(EntrySerializer).Assembly.GetName().Name}}" = {{Id}}
          }
        }
        """;

    public override string Manifest(object o) => o switch
    {
        Entry => "entry",
        Page => "page",
        _ => throw new ArgumentException($"{o.GetType()} is neither an entry nor a page."),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        Entry { Text: "unwritable" } => throw new InvalidOperationException("this entry cannot be serialized"),
        Entry entry => Encoding.UTF8.GetBytes(entry.Text),
        Page page => Encoding.UTF8.GetBytes(string.Join('\n', page.Entries)),
        _ => throw new ArgumentException($"{obj.GetType()} is neither an entry nor a page."),
    };

    public override object FromBinary(byte[] bytes, string manifest) => manifest switch
    {
        "entry" => new Entry(Encoding.UTF8.GetString(bytes)),
        "page" => new Page(Encoding.UTF8.GetString(bytes).Split('\n')),
        _ => throw new System.Runtime.Serialization.SerializationException($"\"{manifest}\" is no manifest of {nameof(EntrySerializer)}"),
    };
}
