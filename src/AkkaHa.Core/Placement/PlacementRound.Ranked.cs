using AkkaHa.Core.Lifecycle;
using AkkaHa.Core.Model;

namespace AkkaHa.Core.Placement;

/// <content>How good a node is for a resource.</content>
public sealed partial class PlacementRound
{
    private Rank RankOf(ResourceRecord resource, NodeSlot slot, RuleView view, ResourceGroup? group)
    {
        var priority = Rank.PriorityOf(group, slot.Name);
        var failed = HasFailedOn(resource, slot) ? 1 : 0;
        var partial = 0;
        var absent = 0;
        if (!view.Unit.IsEmpty)
        {
            foreach (var member in view.Unit)
            {
                priority += Rank.PriorityOf(_state.GroupOf(member.Definition), slot.Name);
                if (HasFailedOn(member, slot))
                    failed = 1;
            }

            absent = view.Unit.Length - view.UnitOn.GetValueOrDefault(slot.Index) + (Occupies(resource, slot) ? 0 : 1);
            partial = TakesUnit(resource, slot, view) ? 0 : 1;
        }

        return new Rank(
            partial, failed, priority, absent, view.SoftOn(slot.Index), resource.LastNode == slot.Name ? 0 : 1,
            slot.Running - (Occupies(resource, slot) ? 1 : 0));
    }

    private bool HasFailedOn(ResourceRecord resource, NodeSlot slot) =>
        !resource.FailedNodes.IsEmpty && resource.FailedNodes.Contains(slot.Name) && !StartFailures.IsForgotten(resource.FailedAt, _seen.Clock);
}
