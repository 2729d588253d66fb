namespace AkkaHa.Devices.Processes;

/// <summary>A process with everything that descends from it, also what has moved to a group of its own.</summary>
internal static class ProcessTree
{
    private const int Rounds = 20;

    /// <summary>The live members of a tree, the root first if it lives.</summary>
    public static IReadOnlyList<ProcessStat> Of(int root) => Of(root, ProcessStat.ReadAll());

    internal static IReadOnlyList<ProcessStat> Of(int root, IReadOnlyList<ProcessStat> all)
    {
        var members = new List<ProcessStat>();
        // The session finds what lost its parent; the parents find what left the session.
        var inSession = all.Where(process => process.Id == root || process.SessionId == root).ToList();
        var known = new HashSet<int>(inSession.Select(process => process.Id));
        var queue = new Queue<ProcessStat>(inSession);
        var children = all.ToLookup(process => process.ParentId);
        while (queue.TryDequeue(out var process))
        {
            if (!process.IsDead)
                members.Add(process);
            foreach (var child in children[process.Id].Where(child => known.Add(child.Id)))
                queue.Enqueue(child);
        }
        return members;
    }

    /// <summary>
    /// Kills the tree. What is found is stopped first, so that nothing forks away between being found and being killed; repeated until
    /// nothing new is found.
    /// </summary>
    public static void Kill(int root)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var members = Of(root);
            if (members.Count == 0)
                return;
            foreach (var member in members)
                LibC.Kill(member.Id, LibC.SigStop);
            foreach (var member in Of(root))
                LibC.Kill(member.Id, LibC.SigKill);
        }
    }
}
