#!/usr/bin/env python3
"""Prints what the product is made of, as CycloneDX 1.6 JSON, from the lock files. usage: sbom.py [VERSION]

The same commit gives the same bytes: the time is SOURCE_DATE_EPOCH, the serial number a hash of the content.
"""
import base64
import datetime
import json
import os
import pathlib
import re
import sys
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
PRODUCT = ["Gateway.Core", "Gateway.Http", "Gateway.Host"]
# Tools of the build. What the compiler links into the product, the runtime itself, is in runtime.*.ILCompiler.
TOOLS = {"Microsoft.DotNet.ILCompiler", "Microsoft.NET.ILLink.Tasks"}
OF_DOTNET = re.compile(r"(Microsoft\.DotNet|Microsoft\.NET|runtime)\.")


def licences():
    """The licence of each package: docs/dependencies.md says it, and a test that it is complete."""
    rows = re.findall(r"^\| ([\w.]+) \| [\w.]+ \| [^|]+ \| ([^|]+) \|", (ROOT / "docs/dependencies.md").read_text(), re.M)
    return {name: licence.strip() for name, licence in rows}


def packages():
    """(name, version) -> lock file entry, over all projects and platforms of the product."""
    found = {}
    for project in PRODUCT:
        for entries in json.loads((ROOT / project / "packages.lock.json").read_text())["dependencies"].values():
            for name, entry in entries.items():
                if entry["type"] != "Project":
                    found[name, entry["resolved"]] = entry
    return found


def purl(name, version):
    return f"pkg:nuget/{name}@{version}"


def component(name, version, entry, licence):
    return {
        "type": "library",
        "bom-ref": purl(name, version),
        "name": name,
        "version": version,
        "scope": "excluded" if name in TOOLS else "required",
        "hashes": [{"alg": "SHA-512", "content": base64.b64decode(entry["contentHash"]).hex()}],
        **({"licenses": [{"license": {"id": licence}}]} if licence else {}),
        "purl": purl(name, version),
    }


def main():
    version = sys.argv[1] if len(sys.argv) > 1 else re.search(
        "<Version>(.*)</Version>", (ROOT / "Gateway.Host/Gateway.Host.csproj").read_text()).group(1)
    found, known = packages(), licences()
    versions = {name: number for name, number in found}
    product = {"type": "application", "bom-ref": "claude-gateway", "name": "claude-gateway", "version": version}
    components = [component(*key, found[key], known.get(key[0]) or ("MIT" if OF_DOTNET.match(key[0]) else None)) for key in sorted(found)]
    dependencies = [{"ref": "claude-gateway", "dependsOn": [purl(*key) for key in sorted(found)]}]
    for name, number in sorted(found):
        below = sorted(purl(other, versions[other]) for other in found[name, number].get("dependencies", {}) if other in versions)
        dependencies.append({"ref": purl(name, number), **({"dependsOn": below} if below else {})})
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "",
        "version": 1,
        "metadata": {
            "timestamp": datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": product,
        },
        "components": components,
        "dependencies": dependencies,
    }
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(document))}"
    print(json.dumps(document, indent=2))


main()
