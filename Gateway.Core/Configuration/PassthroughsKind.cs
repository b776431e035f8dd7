using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The list of passthrough routes.</summary>
internal sealed class PassthroughsKind : ConfigKind<IReadOnlyList<PassthroughConfig>>
{
    private static readonly ListKind<PassthroughConfig> Items = new(new TableKind<PassthroughConfig>(PassthroughFields.Table, PassthroughFields.Untouched));

    public override string Expected => "a list of routes";

    public override bool TryRead(ConfigValue value, out IReadOnlyList<PassthroughConfig> result)
    {
        var routes = new List<PassthroughConfig>();
        result = routes;
        if (value.Json.ValueKind != JsonValueKind.Array)
        {
            value.Refuse(Expected);
            return false;
        }

        foreach (var place in value.Items())
        {
            var route = PassthroughFields.Table.Read(place, PassthroughFields.Untouched);
            if (place.IsObject)
            {
                PassthroughRules.Check(place, route, routes);
                routes.Add(route);
            }
        }

        return true;
    }

    public override string Show(IReadOnlyList<PassthroughConfig> value) => "[]";

    public override void Write(ConfigWriter writer, IReadOnlyList<PassthroughConfig> value) => Items.Write(writer, value);

    public override void Describe(Utf8JsonWriter schema) => Items.Describe(schema);
}
