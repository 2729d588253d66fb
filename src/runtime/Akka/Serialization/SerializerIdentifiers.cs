using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>The numbers of serializers under <c>akka.actor.serialization-identifiers</c>.</summary>
internal static class SerializerIdentifiers
{
    internal const string Path = "akka.actor.serialization-identifiers";

    internal static int Of(Type serializer, Config config)
    {
        if (config.HasPath(Path))
        {
            var section = config.GetConfig(Path);
            foreach (var (name, _) in section.AsEnumerable())
            {
                if (TypeName.Find(name) == serializer)
                    return section.GetInt("\"" + name + "\"");
            }
        }

        throw new ConfigurationException(
            $"The serializer {serializer.FullName} has no number. Override its Identifier, or add {Path} {{ \"{serializer.WithoutVersion()}\" = <number> }}.");
    }
}
