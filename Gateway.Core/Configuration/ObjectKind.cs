using Gateway.Core.Schema;

namespace Gateway.Core.Configuration;

/// <summary>An object that is read later, when what it changes is known.</summary>
internal sealed class ObjectKind : ConfigKind<bool>
{
    public override string Expected => "an object";

    public override bool TryRead(ConfigValue value, out bool result)
    {
        result = value.IsObject;
        if (!result)
        {
            value.Refuse(Expected);
        }

        return result;
    }

    public override string Show(bool value) => "{}";
}
