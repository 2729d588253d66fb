using System.Xml;
using System.Xml.Linq;

namespace AkkaHa.Devices.Fencing.Agents;

/// <summary>A parameter that a fence agent knows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether the agent cannot work without it.</param>
/// <param name="Obsoletes">The older name it replaces, if any.</param>
public sealed record AgentParameter(string Name, bool IsRequired, string? Obsoletes);

/// <summary>What a fence agent says of itself (<c>action=metadata</c>).</summary>
/// <param name="Parameters">By name.</param>
/// <param name="Actions">The actions it knows.</param>
public sealed record AgentMetadata(IReadOnlyDictionary<string, AgentParameter> Parameters, IReadOnlySet<string> Actions)
{
    /// <summary>The parameter that names the outlet, if the agent has one.</summary>
    public AgentParameter? Plug => Parameters.GetValueOrDefault("plug") ?? Parameters.GetValueOrDefault("port");

    /// <summary>Reads the agent's XML.</summary>
    /// <exception cref="FormatException">The text is no agent metadata.</exception>
    public static AgentMetadata Parse(string xml)
    {
        try
        {
            var root = XDocument.Parse(xml).Root;
            if (root?.Name.LocalName != "resource-agent")
                throw new FormatException("the metadata has no resource-agent element");
            var parameters = root.Descendants("parameter")
                .Select(element => new AgentParameter(
                    (string?)element.Attribute("name") ?? "",
                    (string?)element.Attribute("required") == "1" && (string?)element.Attribute("deprecated") != "1",
                    (string?)element.Attribute("obsoletes")))
                .DistinctBy(parameter => parameter.Name)
                .ToDictionary(parameter => parameter.Name, StringComparer.Ordinal);
            return new AgentMetadata(parameters, root.Descendants("action").Select(action => (string?)action.Attribute("name") ?? "").ToHashSet(StringComparer.Ordinal));
        }
        catch (XmlException e)
        {
            throw new FormatException($"the metadata is no XML: {e.Message}", e);
        }
    }

    /// <summary>What is wrong with a device's parameters, one sentence each.</summary>
    /// <param name="given">The names of the parameters that are configured, secrets included.</param>
    public IReadOnlyList<string> Problems(IReadOnlyCollection<string> given)
    {
        var problems = new List<string>();
        foreach (var unknown in given.Where(name => !Parameters.ContainsKey(name)).Order(StringComparer.Ordinal))
            problems.Add($"the agent knows no parameter '{unknown}'");
        foreach (var missing in Parameters.Values.Where(parameter => parameter.IsRequired && parameter.Name is not ("action" or "plug" or "port")
            && !given.Contains(parameter.Name) && !(parameter.Obsoletes is { } old && given.Contains(old))))
            problems.Add($"the agent requires the parameter '{missing.Name}'");
        foreach (var action in ((string[])["off", "status"]).Where(action => !Actions.Contains(action)))
            problems.Add($"the agent does not know the action '{action}'");
        return problems;
    }
}
