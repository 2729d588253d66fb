using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>An immutable set of <see cref="Setup"/> values, at most one for each type.</summary>
public sealed class ActorSystemSetup
{
    /// <summary>No settings.</summary>
    public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

    private readonly ImmutableDictionary<Type, Setup> _setups;

    private ActorSystemSetup(ImmutableDictionary<Type, Setup> setups) => _setups = setups;

    /// <summary>Makes a set of the given settings; of two with the same type the later one counts.</summary>
    /// <param name="setup">The settings.</param>
    public static ActorSystemSetup Create(params Setup[] setup)
        => new(setup.Aggregate(ImmutableDictionary<Type, Setup>.Empty, (all, one) => all.SetItem(one.GetType(), one)));

    /// <summary>The setting of type <typeparamref name="T"/>, if there is one.</summary>
    /// <typeparam name="T">The exact type of the setting.</typeparam>
    public Option<T> Get<T>() where T : Setup
        => _setups.TryGetValue(typeof(T), out var setup) ? new Option<T>((T)setup) : Option<T>.None;

    /// <summary>A set with <paramref name="setup"/> in place of the one of its type.</summary>
    /// <typeparam name="T">The type of the setting.</typeparam>
    /// <param name="setup">The setting.</param>
    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => new(_setups.SetItem(setup.GetType(), setup));

    /// <summary>The same as <see cref="WithSetup{T}"/>, for chaining.</summary>
    /// <typeparam name="T">The type of the setting.</typeparam>
    /// <param name="setup">The setting.</param>
    public ActorSystemSetup And<T>(T setup) where T : Setup => WithSetup(setup);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSystemSetup({string.Join(", ", _setups.Keys.Select(type => type.Name).Order(StringComparer.Ordinal))})";
}
