#!/usr/bin/env bash
# Makes a tarball, a Debian package and an SBOM for this machine's architecture. The same commit gives the same bytes.
# usage: package.sh FOLDER           builds and packs into FOLDER
#        package.sh FOLDER BINARY    packs a binary that is built already
#        package.sh --again FOLDER   builds a clean copy elsewhere, and compares with what was packed into FOLDER
#        package.sh --twice          builds two clean copies in two places, and compares
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export LC_ALL=C TZ=UTC CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct)}
umask 022
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ "$1" = --twice ]; then
  for copy in first a/place/elsewhere; do
    mkdir -p "$work/$copy"
    git -C "$root" archive HEAD | tar -x -C "$work/$copy"
    "$work/$copy/eng/package.sh" "$work/$copy/out" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
    (cd "$work/$copy/out" && sha256sum -- *) | tee "$work/${copy%%/*}.sums"
  done
  diff "$work/first.sums" "$work/a.sums" && echo "reproducible: 1 passed, 0 failed"
  exit
fi

if [ "$1" = --again ]; then
  # A clone as the first one was: what git knows of a folder gets into the symbols, and by their checksum into the binary.
  git clone -q "$root" "$work/a/place/elsewhere"
  cd "$work/a/place/elsewhere"
  { eng/publish.sh "$work/binary" && eng/package.sh "$work/packages" "$work/binary/claude-gateway"; } > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  diff "$2/SHA256SUMS" "$work/packages/SHA256SUMS" && echo "1 passed, 0 failed"
  exit
fi

mkdir -p "$1"
out=$(cd "$1" && pwd)
version=$(sed -nE 's#.*<Version>(.*)</Version>.*#\1#p' "$root/Gateway.Host/Gateway.Host.csproj")
case $(uname -m) in
  aarch64 | arm64) rid=linux-arm64 arch=arm64 ;;
  *) rid=linux-x64 arch=amd64 ;;
esac
binary=${2:-$work/publish/claude-gateway}
[ $# -ge 2 ] || dotnet publish "$root/Gateway.Host" -c Release -r "$rid" -o "$work/publish" --nologo -v q

# pack FOLDER FILE: a tar whose bytes depend on the content alone.
pack() {
  tar --sort=name --format=gnu --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$1" -c . | gzip -9n > "$2"
}

# put MODE FILE TARGET: a file with its mode, and the folders above it.
put() { install -D -m "$1" "$root/$2" "$3"; }

sbom=$out/claude-gateway-$version.cdx.json
python3 "$root/eng/sbom.py" "$version" > "$sbom"

tarball() {
  local name=claude-gateway-$version-$rid
  local top=$work/tar/$name
  install -D -m 755 "$binary" "$top/claude-gateway"
  put 644 README.md "$top/README.md"
  put 644 gateway.json "$top/gateway.json"
  put 644 gateway.schema.json "$top/gateway.schema.json"
  install -m 644 "$sbom" "$top/sbom.cdx.json"
  (cd "$root" && find docs deploy/systemd deploy/reverse-proxy deploy/grafana deploy/prometheus -type f) | while read -r file; do put 644 "$file" "$top/$file"; done
  pack "$work/tar" "$out/$name.tar.gz"
}

debian() {
  local tree=$work/deb shell
  install -D -m 755 "$binary" "$tree/usr/bin/claude-gateway"
  for unit in claude-gateway.service claude-gateway.socket; do
    put 644 "deploy/systemd/system/$unit" "$tree/usr/lib/systemd/system/$unit"
    put 644 "deploy/systemd/user/$unit" "$tree/usr/lib/systemd/user/$unit"
  done
  put 644 gateway.json "$tree/etc/claude-gateway/gateway.json"
  put 644 gateway.schema.json "$tree/usr/share/claude-gateway/gateway.schema.json"
  put 644 README.md "$tree/usr/share/doc/claude-gateway/README.md"
  install -m 644 "$sbom" "$tree/usr/share/doc/claude-gateway/sbom.cdx.json"
  local -A completions=(
    [bash]=usr/share/bash-completion/completions/claude-gateway
    [zsh]=usr/share/zsh/vendor-completions/_claude-gateway
    [fish]=usr/share/fish/vendor_completions.d/claude-gateway.fish
  )
  for shell in "${!completions[@]}"; do
    "$binary" completion "$shell" | install -D -m 644 /dev/stdin "$tree/${completions[$shell]}"
  done

  # What it was linked against here is what it needs there.
  local control=$work/control libc
  libc=$(objdump -T "$binary" | sed -nE 's/.*GLIBC_([0-9.]+).*/\1/p' | sort -Vu | tail -n 1)
  mkdir -p "$control"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -sk --apparent-size "$tree" | cut -f 1)/" \
    -e "s/@LIBC@/$libc/" "$root/deploy/debian/control" > "$control/control"
  for script in postinst prerm postrm; do put 755 "deploy/debian/$script" "$control/$script"; done
  echo /etc/claude-gateway/gateway.json > "$control/conffiles"
  (cd "$tree" && find . -type f -printf '%P\0' | sort -z | xargs -0 md5sum) > "$control/md5sums"
  chmod 644 "$control/control" "$control/conffiles" "$control/md5sums"

  # deb(5): three members in this order.
  echo 2.0 > "$work/debian-binary"
  pack "$control" "$work/control.tar.gz"
  pack "$tree" "$work/data.tar.gz"
  rm -f "$out/claude-gateway_${version}_$arch.deb"
  (cd "$work" && ar rcD "$out/claude-gateway_${version}_$arch.deb" debian-binary control.tar.gz data.tar.gz)
}

tarball
debian
(cd "$out" && sha256sum -- *.tar.gz *.deb *.cdx.json | tee SHA256SUMS)
