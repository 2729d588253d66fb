using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;

namespace Akka.Tests.Serialization;

public sealed class SerializationSpec : IDisposable
{
    private readonly List<ActorSystem> _systems = [];

    public void Dispose()
    {
        foreach (var system in _systems)
            system.Dispose();
    }

    private static string Name<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";

    private static string Config(string bindings) => $$"""
        akka.stdout-loglevel = OFF
        akka.actor {
          serializers {
            texts = "{{Name<TextSerializer>()}}"
            other = "{{Name<OtherSerializer>()}}"
            typed = "{{Name<TypedSerializer>()}}"
          }
          serialization-bindings {
            {{bindings}}
          }
          serialization-identifiers {
            "{{Name<TypedSerializer>()}}" = 1003
          }
        }
        """;

    private Akka.Serialization.Serialization Start(string bindings, params Setup[] setups)
    {
        var config = ConfigurationFactory.ParseString(Config(bindings));
        var system = ActorSystem.Create("serialization", ActorSystemSetup.Create([BootstrapSetup.Create().WithConfig(config), .. setups]));
        _systems.Add(system);
        return system.Serialization;
    }

    [Fact]
    public void A_message_goes_through_the_serializer_bound_to_its_type_by_the_hint_of_the_serializer()
    {
        var serialization = Start($"\"{Name<Greeting>()}\" = texts");
        var greeting = new Greeting("hello");
        var serializer = serialization.FindSerializerFor(greeting);
        Assert.IsType<TextSerializer>(serializer);
        var manifest = Akka.Serialization.Serialization.ManifestFor(serializer, greeting);
        Assert.Equal("G", manifest);
        Assert.Equal(greeting, serialization.Deserialize(serialization.Serialize(greeting), serializer.Identifier, manifest));
    }

    [Fact]
    public void The_binding_that_is_closest_to_the_type_counts()
    {
        var serialization = Start($"""
            "{Name<IMessage>()}" = texts
            "{Name<SpecialGreeting>()}" = other
            """);
        Assert.IsType<TextSerializer>(serialization.FindSerializerForType(typeof(Greeting)));
        Assert.IsType<OtherSerializer>(serialization.FindSerializerForType(typeof(SpecialGreeting)));
        Assert.IsType<OtherSerializer>(serialization.FindSerializerForType(typeof(VerySpecialGreeting)));
    }

    [Fact]
    public void Of_two_bindings_that_are_equally_close_a_class_goes_before_an_interface()
    {
        var serialization = Start($"""
            "{Name<IMarker>()}" = other
            "{Name<Greeting>()}" = texts
            """);
        Assert.IsType<TextSerializer>(serialization.FindSerializerForType(typeof(MarkedGreeting)));
    }

    [Fact]
    public void A_message_no_serializer_is_bound_to_is_refused_with_the_type_and_the_key_to_bind_it()
    {
        var refusal = Assert.Throws<SerializationException>(() => Start("").FindSerializerFor(new Greeting("x")));
        Assert.Contains(typeof(Greeting).FullName!, refusal.Message);
        Assert.Contains("akka.actor.serialization-bindings", refusal.Message);
    }

    [Fact]
    public void A_default_serializer_can_be_named_for_what_is_not_bound() =>
        Assert.IsType<OtherSerializer>(Start("").FindSerializerFor(new Greeting("x"), "other"));

    [Fact]
    public void Null_and_byte_arrays_need_no_binding()
    {
        var serialization = Start("");
        Assert.IsType<NullSerializer>(serialization.FindSerializerFor(null));
        Assert.Equal(0, serialization.FindSerializerFor(null).Identifier);
        Assert.Empty(serialization.Serialize(null));
        Assert.Null(serialization.Deserialize([], 0, ""));
        byte[] bytes = [1, 2, 3];
        Assert.IsType<ByteArraySerializer>(serialization.FindSerializerFor(bytes));
        Assert.Equal(4, serialization.FindSerializerFor(bytes).Identifier);
        Assert.Equal(bytes, serialization.Deserialize(serialization.Serialize(bytes), 4, ""));
    }

    [Fact]
    public void The_number_of_a_serializer_can_come_from_the_configuration() =>
        Assert.Equal(1003, Start($"\"{Name<Greeting>()}\" = typed").FindSerializerFor(new Greeting("x")).Identifier);

    [Fact]
    public void A_type_a_peer_names_is_made_only_if_it_is_bound_to_that_serializer()
    {
        var serialization = Start($"\"{Name<Greeting>()}\" = typed");
        Assert.Equal(new Greeting("hi"), serialization.Deserialize(Encoding.UTF8.GetBytes("hi"), 1003, Name<Greeting>()));
        var refusal = Assert.Throws<SerializationException>(() => serialization.Deserialize([], 1003, "System.Diagnostics.Process, System.Diagnostics.Process"));
        Assert.Contains("not bound", refusal.Message);
    }

    [Fact]
    public void An_unknown_number_is_refused() =>
        Assert.Contains("4711", Assert.Throws<SerializationException>(() => Start("").Deserialize([], 4711, "x")).Message);

    [Fact]
    public void A_binding_of_a_type_that_does_not_exist_stops_the_start() =>
        Assert.Contains("No.Such.Type", Assert.Throws<ConfigurationException>(() => Start("\"No.Such.Type, Nowhere\" = texts")).Message);

    [Fact]
    public void A_binding_to_a_serializer_that_does_not_exist_stops_the_start() =>
        Assert.Contains("[nobody]", Assert.Throws<ConfigurationException>(() => Start($"\"{Name<Greeting>()}\" = nobody")).Message);

    [Fact]
    public void Two_serializers_with_one_number_stop_the_start()
    {
        var twin = SerializationSetup.Create(system => [SerializerDetails.Create("twin", new TwinSerializer(system), [])]);
        Assert.Contains("same number", Assert.Throws<ConfigurationException>(() => Start("", twin)).Message);
    }

    [Fact]
    public void A_setup_adds_serializers_and_goes_before_the_configuration()
    {
        var setup = SerializationSetup.Create(system =>
            [SerializerDetails.Create("mine", new SetupSerializer(system), [typeof(Greeting)])]);
        var serialization = Start($"\"{Name<Greeting>()}\" = texts", setup);
        Assert.IsType<SetupSerializer>(serialization.FindSerializerForType(typeof(Greeting)));
    }

    [Fact]
    public void What_an_extension_configures_when_it_starts_is_found()
    {
        var serialization = Start("");
        Assert.Throws<SerializationException>(() => serialization.FindSerializerForType(typeof(Greeting)));
        serialization.System.Settings.InjectTopLevelFallback(ConfigurationFactory.ParseString($$"""
            akka.actor.serializers.late = "{{Name<SetupSerializer>()}}"
            akka.actor.serialization-bindings { "{{Name<Greeting>()}}" = late }
            """));
        Assert.IsType<SetupSerializer>(serialization.FindSerializerForType(typeof(Greeting)));
        Assert.Equal(new Greeting("hi"), serialization.Deserialize(Encoding.UTF8.GetBytes("hi"), 1004, "G"));
    }

    [Fact]
    public async Task Where_every_message_is_serialized_an_actor_gets_a_copy()
    {
        var serialization = Start($"\"{Name<Greeting>()}\" = texts", BootstrapSetup.Create().WithConfig(
            ConfigurationFactory.ParseString("akka.actor.serialize-messages = on").WithFallback(Config($"\"{Name<Greeting>()}\" = texts"))));
        var actor = serialization.System.ActorOf(Akka.TestKit.TestActors.SimpleEchoActor.Props());
        var greeting = new Greeting("hello");
        var echo = await actor.Ask<Greeting>(greeting, TimeSpan.FromSeconds(20));
        Assert.Equal(greeting, echo);
        Assert.NotSame(greeting, echo);
    }

    [Fact]
    public void A_binding_can_be_added_later()
    {
        var serialization = Start($"\"{Name<IMessage>()}\" = texts");
        Assert.IsType<TextSerializer>(serialization.FindSerializerForType(typeof(Greeting)));
        serialization.AddSerializationMap(typeof(Greeting), new OtherSerializer(serialization.System));
        Assert.IsType<OtherSerializer>(serialization.FindSerializerForType(typeof(Greeting)));
    }

    [Fact]
    public void References_are_written_with_the_address_of_the_transport_and_read_back()
    {
        var serialization = Start("");
        var actor = serialization.System.ActorOf(Props.Create<Akka.TestKit.TestActors.BlackHoleActor>(), "target");
        var written = Akka.Serialization.Serialization.WithTransport(serialization.System, () => Akka.Serialization.Serialization.SerializedActorPath(actor));
        Assert.Contains("/user/target#", written);
        Assert.Equal(actor, serialization.DeserializeActorRef(written));
        Assert.Equal("", Akka.Serialization.Serialization.SerializedActorPath(ActorRefs.NoSender));
    }

    [Fact]
    public void The_transport_is_known_while_a_message_is_written_and_forgotten_after()
    {
        var serialization = Start("");
        Assert.Throws<InvalidOperationException>(Akka.Serialization.Serialization.GetCurrentTransportInformation);
        var seen = Akka.Serialization.Serialization.WithTransport(serialization.System, Akka.Serialization.Serialization.GetCurrentTransportInformation);
        Assert.Same(serialization.System, seen.System);
        Assert.Throws<InvalidOperationException>(Akka.Serialization.Serialization.GetCurrentTransportInformation);
    }

    [Fact]
    public void An_address_can_be_given_for_the_references_of_one_message()
    {
        var serialization = Start("");
        var actor = serialization.System.ActorOf(Props.Create<Akka.TestKit.TestActors.BlackHoleActor>(), "target");
        var bytes = new ReferenceSerializer(serialization.System).ToBinaryWithAddress(new Address("akka.tcp", "serialization", "10.0.0.1", 4242), actor);
        Assert.StartsWith("akka.tcp://serialization@10.0.0.1:4242/user/target#", Encoding.UTF8.GetString(bytes));
    }

    public interface IMessage;

    public interface IMarker;

    public record Greeting(string Text) : IMessage;

    public record SpecialGreeting(string Text) : Greeting(Text);

    public sealed record VerySpecialGreeting(string Text) : SpecialGreeting(Text);

    public sealed record MarkedGreeting(string Text) : Greeting(Text), IMarker;

    public class TextSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        public override int Identifier => 1001;

        public override string Manifest(object o) => "G";

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Greeting)obj).Text);

        public override object FromBinary(byte[] bytes, string manifest) =>
            manifest == "G" ? new Greeting(Encoding.UTF8.GetString(bytes)) : throw new SerializationException($"What is a {manifest}?");
    }

    public sealed class OtherSerializer(ExtendedActorSystem system) : TextSerializer(system)
    {
        public override int Identifier => 1002;
    }

    public sealed class TwinSerializer(ExtendedActorSystem system) : TextSerializer(system)
    {
        public override int Identifier => 1002;
    }

    public sealed class SetupSerializer(ExtendedActorSystem system) : TextSerializer(system)
    {
        public override int Identifier => 1004;
    }

    public sealed class TypedSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override bool IncludeManifest => true;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(((Greeting)obj).Text);

        public override object FromBinary(byte[] bytes, Type? type) => Activator.CreateInstance(type!, Encoding.UTF8.GetString(bytes))!;
    }

    public sealed class ReferenceSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 1005;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj) => Encoding.UTF8.GetBytes(Akka.Serialization.Serialization.SerializedActorPath((IActorRef)obj));

        public override object FromBinary(byte[] bytes, Type? type) => system.Provider.ResolveActorRef(Encoding.UTF8.GetString(bytes));
    }
}
