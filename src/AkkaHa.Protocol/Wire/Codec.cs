using Google.Protobuf;

namespace AkkaHa.Protocol.Wire;

/// <summary>How one type of message is written and read. The manifest is a fixed short name, never a type's name.</summary>
internal abstract record Codec(string Manifest, Type Type)
{
    public abstract byte[] Write(object message);

    public abstract object Read(byte[] bytes);

    public static Codec Of<T, TWire>(string manifest, Func<T, TWire> write, MessageParser<TWire> parser, Func<TWire, T> read)
        where T : class
        where TWire : IMessage<TWire> => new Typed<T, TWire>(manifest, write, parser, read);

    private sealed record Typed<T, TWire>(string Manifest, Func<T, TWire> ToWire, MessageParser<TWire> Parser, Func<TWire, T> FromWire)
        : Codec(Manifest, typeof(T))
        where T : class
        where TWire : IMessage<TWire>
    {
        public override byte[] Write(object message) => ToWire((T)message).ToByteArray();

        public override object Read(byte[] bytes) => FromWire(Parser.ParseFrom(bytes));
    }
}
