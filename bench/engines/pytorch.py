"""PyTorch on the processor, in the process that ../adaptor.ts describes: lines of JSON in, lines of JSON out. NCHW, eager,
inference mode; the gradients by the operator that its autograd calls."""

import ctypes
import json
import os
import sys
import time

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Unable(Exception):
    """The engine has no such operation."""


def floats(path, shape):
    with open(path, "rb") as file:
        data = bytearray(file.read())
    return torch.frombuffer(data, dtype=torch.float32).reshape(shape).clone()


def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def layer(task):
    """A function of no arguments that computes the task, and the names of what it returns."""
    rank = len(task["kernel"])
    groups, stride, dilation = task["groups"], task["stride"], task["dilation"]
    before, after = task["before"], task["after"]
    channels, filters = task["channels"], task["filters"]
    x = floats(task["input"], [task["batch"], channels, *task["sizes"]])
    w = floats(task["weight"], [filters, channels // groups, *task["kernel"]])
    functional = torch.nn.functional
    uneven = before != after
    pads = [pad for pair in zip(before[::-1], after[::-1]) for pad in pair]
    if task["gradient"]:
        if uneven or task["transposed"]:
            raise Unable("not measured")
        dy = floats(task["outputGradient"], [task["batch"], filters, *task["outs"]])
        backward = torch.ops.aten.convolution_backward
        arguments = (dy, x, w, None, stride, before, dilation, False, [0] * rank, groups, [True, True, False])
        return lambda: backward(*arguments)[:2], ["input", "weight"]
    if task["transposed"]:
        if uneven:
            raise Unable("no uneven crop of a transposed convolution")
        per = filters // groups
        w = w.reshape(groups, per, channels // groups, *task["kernel"]).transpose(1, 2)
        w = w.reshape(channels, per, *task["kernel"]).contiguous()
        convolve = getattr(functional, f"conv_transpose{rank}d")
        return lambda: [convolve(x, w, None, stride, before, 0, groups, dilation)], ["output"]
    convolve = getattr(functional, f"conv{rank}d")
    if uneven:
        return lambda: [convolve(functional.pad(x, pads), w, None, stride, 0, dilation, groups)], ["output"]
    return lambda: [convolve(x, w, None, stride, before, dilation, groups)], ["output"]


loaded = None


def answer(question):
    global loaded, torch
    ask = question["ask"]
    if ask == "start":
        import torch

        torch.set_num_threads(question["threads"])
        torch.inference_mode().__enter__()
        return {"version": torch.__version__}
    if ask == "load":
        before = resident()
        began = time.perf_counter()
        loaded, names = layer(question["task"])
        computed = loaded()
        ms = (time.perf_counter() - began) * 1000
        grown = resident() - before
        results = []
        for name, one in zip(names, computed):
            path = os.path.join(question["folder"], f"{os.getpid()}-{name}.f32")
            one = one.contiguous()
            with open(path, "wb") as file:
                file.write(ctypes.string_at(one.data_ptr(), one.numel() * 4))
            results.append({"of": name, "layout": "first", "file": path})
        return {"ms": ms, "rss": grown, "results": results}
    if ask == "burst":
        if question["warm"]:
            loaded()
        calls, spent, began = 0, 0, time.perf_counter()
        while True:
            loaded()
            calls += 1
            spent = (time.perf_counter() - began) * 1000
            if spent >= question["ms"]:
                return {"calls": calls, "ms": spent}
    loaded = None
    return {"rss": resident()}


for line in sys.stdin:
    try:
        reply = answer(json.loads(line))
    except Unable as error:
        reply = {"unable": str(error)}
    except Exception as error:
        reply = {"failed": (str(error) or type(error).__name__).splitlines()[0]}
    answers.write(json.dumps(reply) + "\n")
    answers.flush()
