using System.Globalization;
using System.Text.Json;
using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>The ordered list of routes.</summary>
internal sealed class RoutesKind : ConfigKind<IReadOnlyList<RouteConfig>>
{
    private static readonly ListKind<RouteConfig> Items = new(new TableKind<RouteConfig>(RouteFields.Table, new RouteConfig()));

    public override string Expected => "a list of routes";

    public override bool TryRead(ConfigValue value, out IReadOnlyList<RouteConfig> result)
    {
        var routes = new List<RouteConfig>();
        result = routes;
        if (value.Json.ValueKind != JsonValueKind.Array)
        {
            value.Refuse(Expected);
            return false;
        }

        foreach (var place in value.Items())
        {
            var route = RouteFields.Table.Read(place, new RouteConfig());
            if (place.IsObject && route.Targets.Count == 0)
            {
                place.Field("targets").RefuseOnce("nothing", "at least one target");
            }

            var name = route.Name.Length > 0 ? route.Name : string.Create(CultureInfo.InvariantCulture, $"route{routes.Count + 1}");
            if (routes.Any(other => other.Name == name))
            {
                place.Field("name").Refuse(Glimpse.Of(name), "a name that no other route has");
            }

            routes.Add(route with { Name = name, Targets = Grouped(route) });
        }

        return true;
    }

    // A plain list reads as an order; who names a policy wants to share.
    private static TargetConfig[] Grouped(RouteConfig route) =>
        [.. route.Targets.Select((target, index) => target.Group >= 0 ? target
            : target with { Group = route.Policy == SelectionPolicy.Priority ? index : 0 })];

    public override string Show(IReadOnlyList<RouteConfig> value) => "[]";

    public override void Write(ConfigWriter writer, IReadOnlyList<RouteConfig> value) => Items.Write(writer, value);

    public override void Describe(Utf8JsonWriter schema) => Items.Describe(schema);
}
