using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AkkaHa.Core.Model;

namespace AkkaHa.Devices.Storage;

/// <summary>Who may write a VM's disks, as it stands beside them.</summary>
/// <param name="Token">The token of the start or the migration that made it.</param>
/// <param name="Owner">The boot that owns them.</param>
/// <param name="At">When it was written, by the writer's wall clock; for people only.</param>
public sealed record OwnershipRecord(Token Token, Boot Owner, DateTimeOffset At)
{
    /// <summary>The record as text.</summary>
    public string ToText() => new JsonObject
    {
        ["version"] = 1,
        ["epoch"] = Token.Epoch.Number,
        ["epochNode"] = Token.Epoch.Node.Value,
        ["epochUid"] = Token.Epoch.ProcessUid,
        ["index"] = Token.Index,
        ["node"] = Owner.Node.Value,
        ["boot"] = Owner.Id.Value,
        ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
    }.ToJsonString() + "\n";

    /// <summary>Reads a record.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static OwnershipRecord Parse(string text)
    {
        try
        {
            var json = JsonNode.Parse(text) as JsonObject ?? throw new FormatException("no ownership record");
            if (json["version"]?.GetValue<int>() != 1)
                throw new FormatException("an ownership record of an unknown version");
            var epochNode = json["epochNode"]!.GetValue<string>();
            var epoch = new Epoch(json["epoch"]!.GetValue<long>(), epochNode.Length == 0 ? default : new NodeName(epochNode), json["epochUid"]!.GetValue<long>());
            return new OwnershipRecord(
                new Token(epoch, json["index"]!.GetValue<long>()),
                new Boot(new NodeName(json["node"]!.GetValue<string>()), new BootId(json["boot"]!.GetValue<string>())),
                DateTimeOffset.Parse(json["at"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new FormatException("a damaged ownership record", e);
        }
    }
}

/// <summary>How a change of owner ended.</summary>
public enum OwnershipVerdict
{
    /// <summary>The record is written and read back.</summary>
    Taken,

    /// <summary>A record with a newer token stands there: this command is out of date.</summary>
    Newer,

    /// <summary>The storage could not be reached or the record not be read: the start is refused, and another node may be tried.</summary>
    Unreachable,
}

/// <summary>The result of a change of owner.</summary>
/// <param name="Verdict">How it ended.</param>
/// <param name="Detail">A sentence naming the VM, the storage and the cause.</param>
/// <param name="Found">The record that stood there before.</param>
public sealed record OwnershipOutcome(OwnershipVerdict Verdict, string Detail, OwnershipRecord? Found = null);
