// What the engine says of its machine, its threads and its memory, in Chinese.

import type { Catalogue } from '../sentence.ts';

/** Sentences of the engine's memory, threads and 256-bit vectors. */
export const machine: Catalogue = {
  "{0} bytes are needed; of the engine's {1} bytes {2} are in use and {3} are free.":
    '需要 {0} 字节；引擎共有 {1} 字节，已用 {2}，空闲 {3}。',
  "{0} bytes are needed in one piece; of the engine's {1} bytes {2} are free, but not in one piece, or this machine does not give them.":
    '需要连续的 {0} 字节；引擎共有 {1} 字节，空闲 {2}，但不连续，或者这台机器给不出。',
  'this machine gives no memory to WebAssembly.': '这台机器没有可供 WebAssembly 使用的内存。',
  'this machine does not share memory': '这台机器不支持共享内存',
  'this JavaScript engine has no SharedArrayBuffer': '这个 JavaScript 引擎没有 SharedArrayBuffer',
  'the page is not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp':
    '页面没有跨源隔离；请在响应头中加上 Cross-Origin-Opener-Policy: same-origin 和 Cross-Origin-Embedder-Policy: require-corp',
  'this host runs without WebAssembly': '这个运行环境没有 WebAssembly',
  "this host does not let WebAssembly be compiled (a page's Content-Security-Policy needs 'wasm-unsafe-eval'): {0}":
    "这个运行环境不允许编译 WebAssembly（页面的 Content-Security-Policy 需要 'wasm-unsafe-eval'）：{0}",
  'this host has no SIMD in WebAssembly': '这个运行环境的 WebAssembly 没有 SIMD',
  'a worker cannot be started: {0}': '无法启动工作线程：{0}',
  'a worker failed: {0}': '工作线程出错：{0}',
  'its file could not be loaded': '无法加载它的文件',
  'a worker did not finish its work': '有一个工作线程没有完成它的任务',
  'a worker did not finish its part of a computation within {0} ms. The computation is done again without it.':
    '有一个工作线程没有在 {0} 毫秒内完成它那部分计算。将不用它重新计算。',
  'it is off unless it is asked for': '默认关闭，需要时才打开',
  '256-bit vectors stay off: {0}': '256 位向量保持关闭：{0}',
  "V8's flags cannot be set here": '这里无法设置 V8 的开关',
  'the self-test number {0} computed something else with them': '第 {0} 项自检的计算结果不同',
  'joined, they are no faster on this machine': '在这台机器上合并后并不更快',
  'only Node can switch them on': '只有 Node 能打开',
  'they need Node {0} or later; this is Node {1}': '需要 Node {0} 或更新版本；当前是 Node {1}',
  'they need a processor of the x64 family': '需要 x64 系列的处理器',
  'they need relaxed SIMD': '需要 relaxed SIMD',
  '{0}: its workspace of {1} bytes is larger than the {2} of a thread':
    '{0}：它的工作区有 {1} 字节，超过了一个线程的 {2} 字节',
};
