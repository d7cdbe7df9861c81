package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Sources are remembered while somebody of them is here, and no longer. FAULTS A2. */
class SourcesMemoryTest {
    private static final List<Source> TWO_OF_A_SUBNET_AND_ONE = Stream.of("192.0.2.1", "192.0.2.2", "2001:db8::1")
            .map(address -> Source.of(InetAddress.ofLiteral(address)))
            .toList();

    private final Sources sources = new Sources(Limits.DEFAULT);

    @Test
    void oneEntryForEachSourceAndEachSubnetHoweverManyAreHere() {
        for (int i = 0; i < 5; i++) {
            TWO_OF_A_SUBNET_AND_ONE.forEach(sources::add);
        }

        assertThat(sources.counted()).isEqualTo(3 + 2);
    }

    @Test
    void whoHasGoneIsForgotten() {
        TWO_OF_A_SUBNET_AND_ONE.forEach(sources::add);
        TWO_OF_A_SUBNET_AND_ONE.forEach(sources::remove);

        assertThat(sources.counted()).isZero();
    }

    @Test
    void subnetsOfOtherBitsTakeTheOldOnesPlace() {
        TWO_OF_A_SUBNET_AND_ONE.forEach(sources::add);
        sources.limits(Limits.DEFAULT.subnetBits(32, 64));
        assertThat(sources.counted()).isEqualTo(3 + 3);

        TWO_OF_A_SUBNET_AND_ONE.forEach(sources::remove);
        assertThat(sources.counted()).isZero();
    }
}
