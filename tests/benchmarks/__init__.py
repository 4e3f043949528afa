"""Benchmarks: public instances and peers, run by hand; the suite only tests the readers and writers.

python tests/benchmarks/run.py duty|nrp24|inrc2 FILE…   one JSON line an instance: objective, bound, seconds, memory
python tests/benchmarks/peers.py FILE --peers FOLDER    the same duty file for this engine and its peers, over time
python tests/benchmarks/plot.py CSV…                    those courses as SVG
python tests/benchmarks/growth.py                       how the time to a 1 % gap grows with the number of volunteers
python tests/benchmarks/build.py                        how long the matrix takes

A FILE of inrc2 is an instance's name in its dataset's folder: n030w4/n030w4_1_6-2-9-1.
Figures are in RESULTS.md; plotting needs the extra "benchmark".
"""
