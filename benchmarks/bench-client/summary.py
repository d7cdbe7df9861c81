"""Turns the raw lines of `compare` into the tables of its result: summary.py FILE SECONDS_OF_EACH_RUN

A line is: ROUND CONNECTIONS DEPTH SIZE CLIENT MESSAGES_PER_SECOND P50 P99 MAX USER SYSTEM, latencies in microseconds, the
processors' time in seconds.
"""
import collections
import statistics
import sys

seconds = float(sys.argv[2])
lines = [line.split() for line in open(sys.argv[1])]
runs = collections.defaultdict(lambda: collections.defaultdict(list))
for _, connections, depth, size, client, *figures in lines:
    rate, p50, _, _, user, system = map(float, figures)
    runs[(connections, depth, size)][client].append((rate, p50, (user + system) / (rate * seconds) * 1e6))

print("Medians of all rounds. The ratio is the median of the rounds' own, berth to C: above 1 berth is faster. CPU is the client's\n"
      "own, in microseconds a message; that of berth has a JVM's start and compilers in it.\n")
print("| connections | depth | bytes | C messages/s | berth messages/s | ratio | from, to | C p50 us | berth p50 us | C CPU | berth CPU |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
for case, clients in runs.items():
    ratios = [berth[0] / c[0] for berth, c in zip(clients["berth"], clients["c"])]
    c, berth = ([statistics.median(column) for column in zip(*clients[name])] for name in ("c", "berth"))
    print(f"| {' | '.join(case)} | {c[0]:.0f} | {berth[0]:.0f} | **{statistics.median(ratios):.2f}** "
          f"| {min(ratios):.2f}, {max(ratios):.2f} | {c[1]:.0f} | {berth[1]:.0f} | {c[2]:.2f} | {berth[2]:.2f} |")

print("\nRaw: round, connections, depth, bytes, client, messages/s, p50, p99, max (microseconds), user and system time (seconds)\n\n```")
for line in lines:
    print(*line)
print("```")
