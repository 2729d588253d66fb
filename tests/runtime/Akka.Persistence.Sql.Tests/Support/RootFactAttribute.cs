namespace Akka.Persistence.Sql.Tests;

/// <summary>A fact that mounts a small file system, which only root may.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (Environment.UserName != "root") Skip = "mounts a file system, and only root may";
    }
}
