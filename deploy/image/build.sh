#!/usr/bin/env bash
# Builds the image with docker, buildah or podman, whichever is there first, and writes it to an archive that any
# of them loads.
#
#   IMAGE     the image's name (default: duolect:VERSION, or duolect:VERSION-WITH; VERSION as in pyproject.toml)
#   WITH      what it has besides: "postgres" is the driver for PostgreSQL
#   BASE      the base (default: the Containerfile's). "bootstrap" makes one of Debian's packages with mmdebstrap,
#             where no registry of images is reached; "auto" does so where the base cannot be pulled.
#   BUILDER   docker, buildah or podman
#   OUTPUT    the archive (default: build/duolect-image.tar)
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
revision=$(git rev-parse HEAD 2> /dev/null || echo unknown)
with=${WITH:-}
image=${IMAGE:-duolect:$version${with:+-$with}}
base=${BASE:-auto}
output=${OUTPUT:-build/duolect-image.tar}
default_base=$(sed -n 's/^ARG BASE=//p' Containerfile)

works() {
    case $1 in
        docker) docker info > /dev/null 2>&1 ;;
        *) command -v "$1" > /dev/null ;;
    esac
}
builder=${BUILDER:-}
for each in docker buildah podman; do
    if [ -z "$builder" ] && works "$each"; then builder=$each; fi
done
if [ -z "$builder" ]; then
    echo "build.sh: there is no docker, buildah or podman here" >&2
    exit 2
fi
# Runs in buildah's chroot need no privileges that a build machine may lack.
flags=()
[ "$builder" = docker ] || flags+=(--isolation chroot --network host --format docker)

if [ "$base" = auto ]; then
    if "$builder" pull --quiet "$default_base" > /dev/null 2>&1; then base=$default_base; else base=bootstrap; fi
fi
if [ "$base" = bootstrap ]; then
    suite=trixie # the Debian of the Containerfile's base, with its Python 3.13
    base=localhost/duolect-base:$suite
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    echo "build.sh: bootstrapping a base of Debian $suite" >&2
    mmdebstrap --quiet --variant=apt --include=python3,python3-venv \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/locale/*' \
        "$suite" "$folder/base.tar" "${DEBIAN_MIRROR:-http://deb.debian.org/debian}"
    printf 'FROM scratch\nADD base.tar /\n' > "$folder/Containerfile"
    case $builder in
        buildah) buildah bud --quiet --tag "$base" --file "$folder/Containerfile" "$folder" > /dev/null ;;
        *) "$builder" build --quiet --tag "$base" --file "$folder/Containerfile" "$folder" > /dev/null ;;
    esac
fi

[ -z "${PIP_CERT:-}" ] || flags+=(--secret "id=ca,src=$PIP_CERT")
build=("$builder" build)
[ "$builder" = buildah ] && build=(buildah bud)
"${build[@]}" "${flags[@]}" --build-arg "BASE=$base" --build-arg "VERSION=$version" \
    --build-arg "REVISION=$revision" --build-arg "WITH=$with" --tag "$image" --file Containerfile .

mkdir -p "$(dirname "$output")"
rm -f "$output"
case $builder in
    buildah) buildah push --quiet "$image" "docker-archive:$output:$image" ;;
    *) "$builder" save --output "$output" "$image" ;;
esac
echo "$image is in $output"
