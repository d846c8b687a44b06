"""Texts that have broken out of other evaluators, or were built to: each is refused in a sentence, fast."""

from __future__ import annotations

import time

import numpy as np
import pytest

from playground.language.infer import infer
from playground.language.signature import Signature

OPERANDS = {"A": Signature((3, 2), np.dtype("float64")), "B": Signature((2, 4), np.dtype("float64"))}

_WALKS = [
    "().__class__.__bases__[0].__subclasses__()", "A.__class__", "A.__array_interface__", "A.__reduce__()",
    "A.__init__", "''.__class__.__mro__[1].__subclasses__()", "[].__class__.__base__", "(1).__class__",
    "A.T.__class__.__mro__", "sum.__globals__", "sum.__self__", "np.__builtins__", "np.__loader__.load_module('os')",
    "A.__array_finalize__", "linalg.__spec__", "np.linalg.__builtins__['eval']('1')", "A.dtype.__class__",
    "A.shape.__len__()", "__name__", "__builtins__", "__import__('os').system('true')", "__import__", "__debug__",
    "__build_class__", "A.__getattribute__('T')", "np.__dict__", "A.__dir__()", "A.__setattr__('shape', 1)",
    "type.__subclasses__(type)", "object.__subclasses__()",
]  # fmt: skip
_CALLS = [
    "eval('1')", "exec('1')", "compile('1', '', 'eval')", "open('/etc/passwd').read()", "input()", "print(A)",
    "globals()", "locals()", "vars()", "dir()", "getattr(A, 'T')", "setattr(A, 'x', 1)", "delattr(A, 'x')",
    "type(A)", "object()", "super()", "breakpoint()", "exit()", "quit()", "help()", "memoryview(A)", "bytes(10**10)",
    "bytearray(10**10)", "range(10**10)", "list(A)", "map(sum, A)", "filter(sum, A)", "iter(A)", "id(A)", "hash(A)",
    "format(A, 'x')", "chr(1)", "np.load('x.npy')", "np.save('x.npy', A)", "np.savez('x', A)", "np.savetxt('x', A)",
    "np.loadtxt('/etc/passwd')", "np.genfromtxt('/etc/passwd')", "np.fromfile('/etc/passwd')",
    "np.memmap('/etc/passwd')", "np.DataSource()", "np.lib.npyio.DataSource().open('http://x')",
    "np.fromregex('x', 'y', 'f4')", "np.fromstring('1', sep=' ')", "np.frombuffer(b'1')", "np.vectorize(sum)",
    "np.frompyfunc(sum, 1, 1)", "np.fromfunction(sum, (2,))", "np.apply_along_axis(sum, 0, A)",
    "np.piecewise(A, [A > 0], [sum])", "np.ctypeslib.load_library('c', '.')", "np.f2py.compile('')",
    "np.testing.rundocs('x')", "np.info(A)", "np.source(A)", "np.core.numerictypes.sctypes",
    "np.linalg.linalg.os.system('true')", "np.sys.modules", "np.os.system('true')",
    "np.distutils.exec_command('true')", "A.tofile('x')", "A.dump('x')", "A.dumps()", "A.tobytes()", "A.tolist() + A",
    "A.view('O')", "A.setflags(write=True)", "A.ctypes.data", "A.data", "A.base", "A.flags", "A.flat",
    "A.resize(10**12)", "A.itemset(0)", "A.byteswap()", "A.fill(1)", "A.getfield('O')", "array([1], dtype=object)",
    "array([1], dtype='O')", "A.astype('O')", "A.astype('U10')", "A.astype('V8')", "A.astype('f4,f4')",
    "zeros(3, dtype='M8')", "zeros(3, 'S5')", "zeros(3, dtype='f4, (1000000,1000000)f8')", "sum(A, out=A)",
    "sum(A, initial=A)", "sum(A, where=A)", "add(A, A, out=A)", "array(A, like=A)", "einsum(A)",
    "cupy.RawKernel('x', 'y')", "cp.cuda.Device(0)", "cp.ElementwiseKernel('x', 'y', 'z')", "os.system('true')",
    "sys.exit()", "subprocess.run('true')", "pickle.loads(b'')", "importlib.import_module('os')",
    "ctypes.CDLL(None)", "A()", "A()()", "1()", "'a'()", "[sum][0](A)", "(sum)(A)(A)", "(lambda: 0)()",
    "A.sum.__call__()", "sum(sum)", "A.T()", "A.shape()",
]  # fmt: skip
_SYNTAX = [
    "[x for x in ().__class__.__bases__]", "{x: 1 for x in A}", "{1, 2}", "{1: 2}", "{}", "(x for x in A)",
    "lambda x: x", "(yield)", "(yield from A)", "await A", "(a := 1)", "*A", "sum(**A)", "f'{A}'",
    "f'{A.__class__}'", "f'{open(1)}'", "'{0.__class__}'.format(A)", "'%s' % A", "'a' * 10**10", "'a' + 'b'",
    "b'abc'", "u'a'", "r'a'", "'\\x41'", "'''a'''", "import os", "from os import system", "del A", "global A",
    "assert A", "raise A", "return A", "pass", "def f(): pass", "class A: pass", "while 1: pass", "for x in A: x",
    "with A: pass", "try: pass", "async def f(): pass", "A; B", "A\nB", "A = B = C", "A += 1", "A[0] = 1", "A.T = 1",
    "A, B = B, A", "@A", "A:int", "A -> B", "A?", "A!", "$A", "`A`", "A\\B", "#", "# comment", "match A:",
    "type X = int", "print A", "exec 'x'", "A <> B", "A ? B : C", "A && B", "A || B", "!A", "A++", "++", "None()",
    "...", "None", "True.real.__class__", "A if A else A", "A and A", "not A", "A in A", "A is A", "A not in A",
    "1 < A < 2", "A.0", "A..T", ".T",
]  # fmt: skip
_SIZES = [
    "9**9**9**9", "2**10**8", "1 << 10**9", "10**10**10", "9**99999", "(-9)**99999", "1 << 65", "2**64",
    "99999999999999999999999999", "0x" + "f" * 400, "1" * 5000, "1e999999 ** 2 ** 9999", "2.0 ** 99999",
    "10 ** 400.0", "0 ** -1", "1 % 0", "1 // 0", "1 / 0.0", "((2**63)**63)**63", "-(2**64)", "zeros(10**19)",
    "zeros((10**10,) )[0] @ 1", "zeros((10**10, 10**10))", "eye(10**10)", "arange(10**300)", "arange(inf)",
    "arange(0, 1, 1e-320)", "arange(0, 1, 0)", "linspace(0, 1, 10**19)", "full((10**18, 10**18), 0)",
    "zeros((1,) + (1,) + A.shape * 10**9)", "zeros([1] * 10**9)", "A[" + "None," * 80 + "]",
    "A.reshape(" + "1," * 80 + "6)", "kron(zeros(10**10), zeros(10**10))", "outer(zeros(10**10), zeros(10**10))",
    "zeros(-1)", "zeros(1.5)", "zeros(nan)", "eye(-1)", "identity(2**70)", "tri(10**12)", "diag(zeros(10**12))",
    "round(A, 10**30)", "A.reshape(10**30, -1)", "sum(A, axis=10**30)", "A[10**30]", "A[:10**30, 10**19]",
    "transpose(A, (10**30, 0))", "expand_dims(A, 10**9)", "trace(A, 10**30)", "linalg.norm(A, 10**30)",
    "einsum('" + "i" * 3000 + "', A)", "einsum('ij->kl', A)", "einsum('....', A)", "einsum('i.j', A)",
    "einsum('é', A)", "einsum('', A)",
]  # fmt: skip
_DEPTH = [
    "(" * 250 + "A" + ")" * 250, "(" * 5000, "[" * 5000, "[" * 150 + "]" * 150, "-" * 3000 + "A", "~" * 200 + "A",
    "A" + ".T" * 1000, "A" + "[0]" * 1000, "sum(" * 150 + "A" + ")" * 150, "A" + "+A" * 2000, "A" + "**A" * 500,

    "A" + "@(A" * 200 + ")" * 200, "{" * 500, "A" + "()" * 1000, "[" + "[1]," * 30000 + "]",
    "[" + "1," * 100000 + "]", "A " * 4000, "A" * 100000, "'" + "a" * 10000, "not " * 1000 + "A",
    "lambda:" * 1000 + "A", "A if A else " * 500 + "A", "A<" * 1000 + "A", "\n" * 5000 + ")", "\\\n" * 1000,
]  # fmt: skip
_UNICODE = [
    "\x00", "A\x00B", "\ud800", "A\ud800", "\ufeff)", "A\u200b B", "A\u202eB", "𝐬𝐲𝐬.exit()", "ｅｖａｌ('1')",
    "ｏｐｅｎ('x')", "__ｉmport__('os')", "ＡＡ",
    "А @ B", "A ⊗ B", "A∘B", "∑A", "A'", "A″", "«A»", "A；B", "Ａ．__class__",
    "A․T", "A．T", "ﬁ", "ª", "a\u0301", "\u2028A\u2029)", "\x1b[31mA", "\x0b", "\x0c)", "\r)", "\t\t)", "🙂", "A🙂B",
    "٣A", "𝟙𝟚", "²", "A²B", "½", "Ⅷ", "A≠", "∞∞", "√", "±A", "A±1", "°", "％", "A＋B", "＝", "A﹦B",
]  # fmt: skip
HOSTILE = [*_WALKS, *_CALLS, *_SYNTAX, *_SIZES, *_DEPTH, *_UNICODE]


def test_the_table_is_long_enough() -> None:
    assert len(set(HOSTILE)) >= 300


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_refused_in_a_sentence(text: str) -> None:
    started = time.perf_counter()
    result = infer(text, OPERANDS)
    took = time.perf_counter() - started
    assert not result.ok, result.signature
    (problem,) = result.problems
    assert problem.message
    assert 0 <= problem.span.start <= problem.span.end <= len(text)
    assert took < 0.5  # 50 ms on a quiet machine; this only catches what explodes
