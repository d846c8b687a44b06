"""What the doors call a device, there and back."""

from __future__ import annotations

import pytest

from playground.compute.device_names import gpu_index, gpu_name


@pytest.mark.parametrize("index", [0, 1, 7, 15])
def test_there_and_back(index: int) -> None:
    assert gpu_index(gpu_name(index)) == index


def test_the_first_gpu_needs_no_number() -> None:
    assert gpu_name(0) == "gpu"
    assert gpu_index("gpu:0") == 0
    assert gpu_index("cpu") is None


@pytest.mark.parametrize("text", ["", "GPU", "gpu:", "gpu:-1", "gpu1", "cuda:0", "gpu:1:2", "cpu:1", "auto"])
def test_anything_else_is_no_device(text: str) -> None:
    with pytest.raises(ValueError, match="no device"):
        gpu_index(text)
