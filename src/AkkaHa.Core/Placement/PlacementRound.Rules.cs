using System.Collections.Immutable;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <content>What the rules say of a resource, under what is placed already.</content>
public sealed partial class PlacementRound
{
    private RuleView ViewOf(ResourceRecord resource)
    {
        var rules = _state.Affinity.Of(resource.Id);
        if (rules.IsEmpty)
            return RuleView.None;
        var view = new RuleView();
        foreach (var rule in rules)
        {
            if (rule.Strict && rule.Kind == AffinityKind.Together)
                continue;
            var counted = new HashSet<int>();
            foreach (var id in rule.Resources)
            {
                if (id == resource.Id || !_state.Resources.TryGetValue(id, out var other))
                    continue;
                foreach (var slot in SlotsOf(other))
                {
                    if (rule.Strict)
                        view.Apart.TryAdd(slot, id);
                    else
                        counted.Add(slot);
                }
            }

            if (rule.Strict || counted.Count == 0)
                continue;
            if (rule.Kind == AffinityKind.Together)
                view.SoftElsewhere++;
            foreach (var slot in counted)
                view.Soft[slot] = view.Soft.GetValueOrDefault(slot) + (rule.Kind == AffinityKind.Together ? -1 : 1);
        }

        var unit = _state.Affinity.UnitOf(resource.Id);
        if (unit.IsEmpty)
            return view;
        var members = ImmutableArray.CreateBuilder<ResourceRecord>();
        foreach (var id in unit)
        {
            if (id == resource.Id || !_state.Resources.TryGetValue(id, out var member))
                continue;
            var isThere = false;
            foreach (var slot in UnitSlotsOf(member))
            {
                view.UnitOn[slot] = view.UnitOn.GetValueOrDefault(slot) + 1;
                isThere = true;
            }

            if (isThere || (member.IsWanted && member.Actual != ActualState.Error))
                members.Add(member);
        }

        view.Unit = members.ToImmutable();
        return view;
    }

    /// <summary>Where a member of a unit is for the others: what moves belongs where it goes already.</summary>
    private IEnumerable<int> UnitSlotsOf(ResourceRecord member) =>
        member.PreferredNode is { } target && member.Actual is not (ActualState.Started or ActualState.Error) && _byName.TryGetValue(target, out var slot)
            ? [slot.Index]
            : SlotsOf(member);

    private IEnumerable<int> SlotsOf(ResourceRecord resource)
    {
        if (_placed.TryGetValue(resource.Id, out var placed))
        {
            yield return placed.Index;
            yield break;
        }

        if (resource.Owner is { } owner && _byName.TryGetValue(owner.Node, out var slot))
            yield return slot.Index;
        foreach (var boot in resource.MayRun)
        {
            if (boot != resource.Owner?.Boot && !resource.Unheard.Contains(boot) && _byName.TryGetValue(boot.Node, out var other))
                yield return other.Index;
        }
    }
}
