package dev.berth.cli.torture;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the victim went through while one attack ran.
 *
 * @param probes its visits, in order
 */
public record Suffering(List<Probe> probes) {

    /** Copies the list. */
    public Suffering {
        probes = List.copyOf(probes);
    }

    /** Whether it was not served as before. */
    public boolean isHarmed() {
        return failed() > 0;
    }

    /** How many visits failed. */
    public long failed() {
        return probes.stream().filter(probe -> probe.trouble() != null).count();
    }

    /** What went wrong first. */
    public Optional<String> firstTrouble() {
        return probes.stream().map(Probe::trouble).filter(Objects::nonNull).map(String::valueOf).findFirst();
    }

    /** The longest that a visit took which went well. */
    public Duration slowest() {
        return probes.stream().filter(probe -> probe.trouble() == null).map(Probe::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
