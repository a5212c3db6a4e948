# Rebuilding a torus knot from curvature and torsion: SciPy's DOP853 beside bench_reconstruct, in one run.
# SPDX-License-Identifier: Apache-2.0
"""Usage: reconstruct_scipy.py PATH/bench_reconstruct; needs numpy and scipy. Times are those of the processes."""
import math
import re
import subprocess
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp

SAMPLES = 1000000


def natural_equations(t):
    """Speed, curvature and torsion of ((2 + cos 3t) cos 2t, (2 + cos 3t) sin 2t, sin 3t)."""
    c1, s1, c2, s2 = math.cos(t), math.sin(t), math.cos(2 * t), math.sin(2 * t)
    c3, s3 = math.cos(3 * t), math.sin(3 * t)
    c5, s5 = c2 * c3 - s2 * s3, s2 * c3 + c2 * s3
    a = (-4 * s2 - 2.5 * s5 - 0.5 * s1, 4 * c2 + 2.5 * c5 - 0.5 * c1, 3 * c3)
    b = (-8 * c2 - 12.5 * c5 - 0.5 * c1, -8 * s2 - 12.5 * s5 + 0.5 * s1, -9 * s3)
    d = (16 * s2 + 62.5 * s5 + 0.5 * s1, -16 * c2 - 62.5 * c5 + 0.5 * c1, -27 * c3)
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    area, v = x * x + y * y + z * z, math.sqrt(a[0] ** 2 + a[1] ** 2 + a[2] ** 2)
    return v, math.sqrt(area) / v**3, (x * d[0] + y * d[1] + z * d[2]) / area


def frenet(t, y):
    v, k, w = natural_equations(t)
    tangent, normal, binormal = y[3:6], y[6:9], y[9:12]
    return np.concatenate((v * tangent, v * k * normal, v * (w * binormal - k * tangent), -v * w * normal))


def start():
    first, second = np.array([0.0, 6.0, 3.0]), np.array([-21.0, 0.0, 0.0])
    tangent, binormal = first / np.linalg.norm(first), np.cross(first, second)
    binormal /= np.linalg.norm(binormal)
    return np.concatenate(([3.0, 0.0, 0.0], tangent, np.cross(binormal, tangent), binormal))


def main():
    t = np.linspace(0, 2 * math.pi, SAMPLES + 1)
    r = 2 + np.cos(3 * t)
    exact = np.stack((r * np.cos(2 * t), r * np.sin(2 * t), np.sin(3 * t)))
    for tolerance in (1e-10, 1e-13):
        begin = time.process_time()
        result = solve_ivp(frenet, (0, 2 * math.pi), start(), method="DOP853", rtol=tolerance, atol=tolerance, t_eval=t)
        peer = (time.process_time() - begin) / SAMPLES * 1e9
        error = np.abs(result.y[:3] - exact).max()
        print(f"SciPy DOP853, rtol {tolerance:.0e}: {peer:.1f} ns/sample, error {error:.2e}", flush=True)
    report = subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.split("1000000 samples")[1]
    for name, ns, own in re.findall(r"(Magnus-\d, [^,]+),.*?([\d.]+) ns/sample  error ([\d.e+-]+)", report):
        print(f"{name}: {ns} ns/sample; {peer / float(ns):.1f} x faster, {error / float(own):.0f} x closer than SciPy")


if __name__ == "__main__":
    main()
