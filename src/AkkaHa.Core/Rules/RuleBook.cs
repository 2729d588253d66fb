using System.Collections;
using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Rules;

/// <summary>
/// All affinity rules, and for each resource those that name it. The index is made when it is first asked for and is the same for the same rules.
/// </summary>
public sealed class RuleBook : IReadOnlyCollection<AffinityRule>
{
    private readonly ImmutableSortedDictionary<RuleName, AffinityRule> _rules;
    private RuleIndex? _index;

    private RuleBook(ImmutableSortedDictionary<RuleName, AffinityRule> rules) => _rules = rules;

    /// <summary>No rules.</summary>
    public static RuleBook Empty { get; } = new(ImmutableSortedDictionary<RuleName, AffinityRule>.Empty);

    /// <inheritdoc />
    public int Count => _rules.Count;

    // Two readers at once make the same index; either may stay.
    private RuleIndex Index => _index ??= RuleIndex.Of(_rules.Values);

    /// <summary>The book with these rules.</summary>
    public static RuleBook Of(IEnumerable<AffinityRule> rules) => new(rules.ToImmutableSortedDictionary(r => r.Name, r => r));

    /// <summary>The rule of that name; null where there is none.</summary>
    public AffinityRule? Find(RuleName name) => _rules.GetValueOrDefault(name);

    /// <summary>The book with a rule put in, in the place of one of the same name.</summary>
    public RuleBook With(AffinityRule rule) => new(_rules.SetItem(rule.Name, rule));

    /// <summary>The book without a rule.</summary>
    public RuleBook Without(RuleName name) => new(_rules.Remove(name));

    /// <summary>The rules that name a resource, by the rule's name.</summary>
    public ImmutableArray<AffinityRule> Of(ResourceId id) => Index.Rules.TryGetValue(id, out var rules) ? rules : [];

    /// <summary>
    /// The resources that strict together-rules tie to this one, itself included: rules that share a resource tie all of theirs. Empty where
    /// nothing is tied.
    /// </summary>
    public ImmutableArray<ResourceId> UnitOf(ResourceId id) => Index.Units.TryGetValue(id, out var unit) ? unit : [];

    /// <summary>Every unit of resources that strict together-rules tie, once.</summary>
    public IEnumerable<ImmutableArray<ResourceId>> Units => Index.Units.Where(u => u.Value[0] == u.Key).OrderBy(u => u.Key).Select(u => u.Value);

    /// <inheritdoc />
    public IEnumerator<AffinityRule> GetEnumerator() => _rules.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record RuleIndex(
        Dictionary<ResourceId, ImmutableArray<AffinityRule>> Rules, Dictionary<ResourceId, ImmutableArray<ResourceId>> Units)
    {
        public static RuleIndex Of(IEnumerable<AffinityRule> rules)
        {
            var byResource = new Dictionary<ResourceId, ImmutableArray<AffinityRule>>();
            var leaders = new Dictionary<ResourceId, ResourceId>();
            foreach (var rule in rules)
            {
                foreach (var id in rule.Resources)
                    byResource[id] = byResource.TryGetValue(id, out var known) ? known.Add(rule) : [rule];
                if (rule is not { Kind: AffinityKind.Together, Strict: true })
                    continue;
                var first = Leader(leaders, rule.Resources[0]);
                foreach (var id in rule.Resources)
                    leaders[Leader(leaders, id)] = first;
            }

            var units = new Dictionary<ResourceId, ImmutableArray<ResourceId>>();
            foreach (var unit in leaders.Keys.ToList().GroupBy(id => Leader(leaders, id)))
            {
                var members = unit.Order().ToImmutableArray();
                foreach (var id in members)
                    units[id] = members;
            }

            return new RuleIndex(byResource, units);
        }

        private static ResourceId Leader(Dictionary<ResourceId, ResourceId> leaders, ResourceId id)
        {
            leaders.TryAdd(id, id);
            while (leaders[id] != id)
                id = leaders[id] = leaders[leaders[id]];
            return id;
        }
    }
}
