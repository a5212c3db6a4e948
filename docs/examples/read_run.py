"""Prints the records of a run and the numbers that it saved: python3 read_run.py RUN_FOLDER"""
import pathlib
import sqlite3
import sys

import numpy

run = pathlib.Path(sys.argv[1])
database = sqlite3.connect(f"{(run / 'results.sqlite').absolute().as_uri()}?mode=ro", uri=True)
for name, value, unit in database.execute("SELECT name, value, unit FROM records"):
    print(f"{name} = {value} {unit}")
for name, file, unit in database.execute("SELECT name, file, unit FROM saved WHERE file LIKE '%.npy'"):
    numbers = numpy.load(run / file)
    print(f"{name}: {numbers.shape} {numbers.dtype}, from {numbers.min():.6g} to {numbers.max():.6g} {unit}")
