#!/usr/bin/env bash
# Asks the real frameworks everything again and writes fixtures/. Same versions, same bytes.
#
#   ./regenerate.sh                 all of them
#   ./regenerate.sh torch mxnet     some of them: torch mxnet keras tensorflow flax lax
#
# Each environment is made once from its pinned requirements (.venv-*, git-ignored; needs Python 3.11).
set -euo pipefail
cd "$(dirname "$0")"

environment() {     # environment NAME: its python, made if it is not there
  if [ ! -e ".venv-$1/ready" ]; then
    "${PYTHON:-python3}" -m venv ".venv-$1" >&2
    ".venv-$1/bin/pip" install --quiet --requirement "requirements/$1.txt" >&2
    touch ".venv-$1/ready"
  fi
  echo ".venv-$1/bin/python"
}

packages() {        # packages NAME: the npm packages of a framework that runs in Node, beside its Python
  [ -e ".node-$1/ready" ] && return
  mkdir -p ".node-$1" && cp "requirements/$1/package.json" ".node-$1/"
  (cd ".node-$1" && npm install --silent --ignore-scripts --no-package-lock >&2 && touch ready)
}

ask() {
  local python
  case $1 in
    torch) python=$(environment torch) && "$python" ask.py torch && "$python" gradients.py torch ;;
    mxnet | tensorflow) python=$(environment "$1") && "$python" ask.py "$1" ;;
    tflite) python=$(environment tensorflow) && "$python" ask.py tflite ;;
    tfjs) python=$(environment torch) && packages tfjs && "$python" ask.py tfjs ;;
    flax | lax) python=$(environment jax) && "$python" ask.py "$1" ;;
    onnx | onnxruntime) python=$(environment onnx) && "$python" ask.py "$1" ;;
    keras)
      python=$(environment tensorflow)
      for backend in tensorflow jax torch; do KERAS_BACKEND=$backend "$python" ask.py keras; done ;;
    darknet) python=$(environment darknet) && frameworks/darknet_library.sh .venv-darknet && "$python" ask.py darknet ;;
    paddle | openvino | chainer | tinygrad | mlx) python=$(environment "$1") && "$python" ask.py "$1" ;;
    burn) python=$(environment mlx) && "$python" ask.py burn ;;     # its own is a Rust project: needs cargo
    coreml | cudnn) python=$(environment "$1") && "$python" shapes.py "$1" ;;
    *) echo "no such framework: $1" >&2 && return 2 ;;
  esac
}

for framework in "${@:-torch mxnet keras tensorflow flax lax paddle openvino onnx onnxruntime coreml cudnn darknet chainer tinygrad mlx burn tflite tfjs}"; do
  for one in $framework; do ask "$one"; done
done
