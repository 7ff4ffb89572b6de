#!/usr/bin/env bash
# Debian's build of Darknet, unpacked into the folder given: libdarknet.so and the version it is. Its OpenCV, which shows pictures
# and is never called here, is stood in for by empty libraries of the same names. Needs apt, dpkg and gcc.
set -euo pipefail
cd "$1"
version=0.0.0+git20180914.61c9d02e-2+b4
[ -e darknet/version ] && [ "$(cat darknet/version)" = "$version" ] && exit
rm -rf darknet && mkdir darknet && cd darknet
apt-get download "darknet=$version" > /dev/null 2>&1
dpkg -x darknet_*.deb package
cp package/usr/lib/darknet/libdarknet.so .
for name in core highgui videoio imgcodecs; do
  gcc -shared -x c -Wl,-soname,libopencv_$name.so.406 -o libopencv_$name.so.406 /dev/null
done
rm -rf package darknet_*.deb
echo "$version" > version
