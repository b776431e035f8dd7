namespace Gateway.Core.Configuration;

/// <summary>Reads <c>passthrough</c>.</summary>
internal static class PassthroughReader
{
    private static readonly string[] Taken = ["/anthropic", "/health"];

    public static List<PassthroughConfig> ReadAll(ConfigObject root)
    {
        var routes = new List<PassthroughConfig>();
        foreach (var json in root.Objects("passthrough"))
        {
            var prefix = json.RequiredText("prefix");
            var url = json.Url("base_url");
            var isLocal = json.Flag("local", false);
            var strips = json.Flag("strip_prefix", false);
            var caFile = json.Text("ca_file");
            CheckPrefix(json, prefix, routes);
            if (url is null)
            {
                json.ReportMissing("base_url", "where the prefix leads, such as http://127.0.0.1:9199");
            }
            else
            {
                PlainHttp.Check(json, url, isLocal);
                routes.Add(new PassthroughConfig
                {
                    Prefix = prefix,
                    BaseUrl = url,
                    StripPrefix = strips,
                    Local = isLocal,
                    CaFile = caFile,
                });
            }

            json.RefuseUnknown();
        }

        return routes;
    }

    private static void CheckPrefix(ConfigObject json, string prefix, List<PassthroughConfig> routes)
    {
        if (!prefix.StartsWith('/') || prefix.Length < 2 || prefix.EndsWith('/'))
        {
            json.ReportOnce("prefix", $"\"{prefix}\"", "a path such as /raw, with a slash before it and none behind it");
        }
        else if (Taken.Any(taken => Covers(taken, prefix) || Covers(prefix, taken)))
        {
            json.Report("prefix", $"\"{prefix}\"", "a path that the gateway does not answer itself");
        }
        else if (routes.Exists(route => route.Prefix == prefix))
        {
            json.Report("prefix", $"\"{prefix}\", for the second time", "a prefix of its own");
        }
    }

    private static bool Covers(string prefix, string path) =>
        path == prefix || path.StartsWith(prefix + "/", StringComparison.Ordinal);
}
