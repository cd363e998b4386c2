"""The scripts of bench/ as modules. They find each other beside themselves, where folders of the tests have their names."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

BENCH = Path(__file__).parents[1] / "bench"


def bench(name: str) -> ModuleType:
    """A module of bench/; what it imports from there has the name by which the scripts know it."""
    if name in sys.modules and Path(sys.modules[name].__file__ or "").parent == BENCH:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(BENCH))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCH))
    return module
