using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>The serializers by name, number and bound type. Immutable.</summary>
internal sealed record SerializerTable(
    Config Source,
    ImmutableDictionary<string, Serializer> ByName,
    ImmutableDictionary<int, Serializer> ById,
    ImmutableDictionary<Type, Serializer> Bindings)
{
    private const string SerializersPath = "akka.actor.serializers";
    private const string BindingsPath = "akka.actor.serialization-bindings";

    internal sealed record Match(Serializer Serializer, Type BoundBy, IReadOnlyList<Type> Rivals);

    internal bool IsFrom(Config config) => ReferenceEquals(Source, config);

    /// <summary>Reads the configuration; what <paramref name="before"/> holds already is kept as it is.</summary>
    internal static SerializerTable Load(ExtendedActorSystem system, SerializerTable? before)
    {
        var config = system.Settings.Config;
        var table = before is null
            ? new SerializerTable(config, ImmutableDictionary<string, Serializer>.Empty, ImmutableDictionary<int, Serializer>.Empty, ImmutableDictionary<Type, Serializer>.Empty)
            : before with { Source = config };

        foreach (var (name, className) in Entries(config, SerializersPath))
        {
            if (!table.ByName.ContainsKey(name))
                table = table.With(name, Make(system, name, className));
        }

        foreach (var (typeName, name) in Entries(config, BindingsPath))
        {
            var type = TypeName.Find(typeName)
                ?? throw new ConfigurationException($"The type [{typeName}] under {BindingsPath} cannot be found; write it as \"Namespace.Type, Assembly\".");
            if (!table.ByName.TryGetValue(name, out var serializer))
                throw new ConfigurationException($"{BindingsPath} binds [{typeName}] to the serializer [{name}], which is not under {SerializersPath}.");
            if (!table.Bindings.ContainsKey(type))
                table = table.With(type, serializer);
        }

        if (before is not null || system.Settings.Setup.Get<SerializationSetup>() is not { HasValue: true, Value: var setup })
            return table;
        foreach (var details in setup.CreateSerializers(system))
        {
            table = table.With(details.Alias, details.Serializer);
            foreach (var type in details.UseFor)
                table = table.With(type, details.Serializer);
        }

        return table;
    }

    internal SerializerTable With(string name, Serializer serializer)
    {
        var id = serializer.Identifier;
        var others = ByName.TryGetValue(name, out var replaced) ? ById.Remove(replaced.Identifier) : ById;
        if (others.TryGetValue(id, out var same) && same.GetType() != serializer.GetType())
            throw new ConfigurationException($"The serializers {same.GetType().FullName} and {serializer.GetType().FullName} have the same number, {id}. Give one of them another.");
        return this with { ByName = ByName.SetItem(name, serializer), ById = others.SetItem(id, serializer) };
    }

    internal SerializerTable With(Type type, Serializer serializer) => this with
    {
        Bindings = Bindings.SetItem(type, serializer),
        ById = ById.ContainsKey(serializer.Identifier) ? ById : ById.Add(serializer.Identifier, serializer),
    };

    /// <summary>The type bound to a serializer whose written name is <paramref name="name"/>; null if there is none.</summary>
    internal Type? BoundTo(Serializer serializer, string name) =>
        Bindings.Where(b => ReferenceEquals(b.Value, serializer)).Select(b => b.Key).FirstOrDefault(type => type.WithoutVersion() == name || type.FullName == name);

    /// <summary>
    /// Of the bound types that <paramref name="type"/> is, the one from which no other bound one derives. Interfaces that have nothing
    /// to do with each other can both be closest; a class then goes before them, and the order of names decides the rest.
    /// </summary>
    internal Match? Closest(Type type)
    {
        if (Bindings.TryGetValue(type, out var exact))
            return new Match(exact, type, []);
        var candidates = Bindings.Keys.Where(bound => bound.IsAssignableFrom(type)).ToList();
        var closest = candidates
            .Where(bound => !candidates.Any(other => other != bound && bound.IsAssignableFrom(other)))
            .OrderBy(bound => bound.IsInterface)
            .ThenBy(bound => bound.FullName, StringComparer.Ordinal)
            .ToList();
        if (closest.Count == 0)
            return null;
        var chosen = Bindings[closest[0]];
        var rivals = closest.Where(bound => bound.IsInterface == closest[0].IsInterface && !ReferenceEquals(Bindings[bound], chosen)).ToList();
        return new Match(chosen, closest[0], rivals);
    }

    private static Serializer Make(ExtendedActorSystem system, string name, string className)
    {
        var key = SerializersPath + "." + name;
        var section = "akka.actor.serialization-settings." + name;
        if (system.Settings.Config.HasPath(section)
            && TypeName.Find(className)?.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null)
        {
            return TypeName.Create<Serializer>(className, key, system, system.Settings.Config.GetConfig(section));
        }

        return TypeName.Create<Serializer>(className, key, system);
    }

    private static IEnumerable<(string Key, string Value)> Entries(Config config, string path)
    {
        if (!config.HasPath(path))
            return [];
        return config.GetConfig(path).AsEnumerable()
            .Select(entry => (entry.Key, Value: entry.Value.GetString() ?? ""))
            .Where(entry => entry.Value.Length > 0);
    }
}
