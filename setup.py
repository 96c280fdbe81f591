"""The part of a build that pyproject.toml cannot tell: the matching core, compiled where a C compiler is present."""

import importlib.util
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

CORE = Path("alongside") / "engine" / "matching" / "core"


def core_build():
    """The core's own build file, which needs nothing of the package."""
    spec = importlib.util.spec_from_file_location("core_build", Path(__file__).parent / "src" / CORE / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class BuildWithCore(build_py):
    """Packages as they are, and beside the core's sources what the compiler made of them."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode and core_build().ensure(Path(self.build_lib) / CORE) is None:
            print("No core was compiled: matching will run on numpy, with the same results.", file=sys.stderr)


class WheelWithCore(bdist_wheel):
    """A wheel with a core belongs to a platform, but to no version of Python: the core is called through ctypes."""

    def finalize_options(self) -> None:
        super().finalize_options()
        self.root_is_pure = core_build().ensure() is None

    def get_tag(self) -> tuple[str, str, str]:
        return ("py3", "none", super().get_tag()[2])


setup(cmdclass={"build_py": BuildWithCore, "bdist_wheel": WheelWithCore})
