#!/bin/sh
# Fetches the projects of docs/independent.md at the commits that were measured, and posts what they test themselves with to our endpoint.
# `sh docs/independent.sh [DIRECTORY]`, from the root of this repository; the directory is var/independent if none is named.
# Only git objects are fetched, without a work tree: nothing of them is run, and nothing is committed (var/ is ignored).
set -eu
cd "$(dirname "$0")/.."
into=${1:-var/independent}
set --
mkdir -p "$into"
while read -r project commit; do
    at=$into/$(echo "$project" | tr / +)
    if [ ! -d "$at" ]; then
        git init -q --bare "$at"
    fi
    git -C "$at" cat-file -e "$commit^{commit}" 2>/dev/null || git -C "$at" fetch -q --depth 1 "https://github.com/$project" "$commit"
    git -C "$at" update-ref --no-deref HEAD "$commit"
    set -- "$@" "$at"
done <<'END'
wechatpy/wechatpy 5b8502e3bc4abfee3abae77983e01633ed47cebf
offu/WeRoBot 7b3d62d7ae126fc8bc9e033e6358dec2852d1d5a
binarywang/WxJava 3e48dc7f8378f919f734bc08ff1abd78720d9861
JeffreySu/WeiXinMPSDK be573f6f94bdbf718dd5f6cdecb137fbc7ff651e
w7corp/easywechat 7a93b804935c0eb4145552bce9cb56974d561c0a
chanxuehong/wechat 3ccc67d5e12dad397bb21c6e3f7dcb8a3261d38f
fastwego/offiaccount eedd0f418a3d6728c473420843cc0c5e424fc609
ArtisanCloud/PowerWeChat 38a5032b221a3abdc062f571ccad258a439cb7f4
foxinmy/weixin4j f5f26d10be452e74d99feacfb1787ffc3542aeb2
doraemonext/wechat-python-sdk bf6f6f3d4a5440feb73a51937059d7feddc335a0
node-webot/wechat cb03e912fdc2d21178f6c748b537e809b4345048
node-webot/co-wechat ca53f3fc3d09169af3cdd2fda8b8917ef44c0f07
END
exec "${PYTHON:-python}" -m bench.independent "$@"
