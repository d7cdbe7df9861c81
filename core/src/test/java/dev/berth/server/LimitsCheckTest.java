package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.framing.Codec;

/** What each limit may be: at its bounds, and one beyond. */
class LimitsCheckTest {
    private static final Limits LIMITS = Limits.DEFAULT;
    private static final int CLIENTS = 10_000_000;

    /** One limit, the least and the most it may be, and whether it may be off. */
    enum Setting {
        PER_IP("maxPerIp", 1, CLIENTS, true, LIMITS::maxPerIp),
        PER_SUBNET("maxPerSubnet", 1, CLIENTS, true, LIMITS::maxPerSubnet),
        BITS_V4("subnetBits", 1, 32, false, bits -> LIMITS.subnetBits(bits, 48)),
        BITS_V6("subnetBits", 1, 64, false, bits -> LIMITS.subnetBits(24, bits)),
        RATE("maxConnectRate", 1, 1_000_000, true, LIMITS::maxConnectRate),
        CONNECTIONS("maxConnections", 1, CLIENTS, false, LIMITS::maxConnections),
        QUEUED("maxQueued", 0, CLIENTS, false, LIMITS::maxQueued),
        FRAMES("maxFramesPerSecond", 1, Integer.MAX_VALUE, true, LIMITS::maxFramesPerSecond),
        BYTES("maxBytesPerSecond", 1, Integer.MAX_VALUE, true, LIMITS::maxBytesPerSecond);

        private final String setting;
        private final int least;
        private final int most;
        private final boolean mayBeOff;
        @SuppressWarnings("ImmutableEnumChecker") // a method of an immutable value
        private final IntFunction<Limits> with;

        Setting(String setting, int least, int most, boolean mayBeOff, IntFunction<Limits> with) {
            this.setting = setting;
            this.least = least;
            this.most = most;
            this.mayBeOff = mayBeOff;
            this.with = with;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWithinTheBoundsIsAllowed(Setting setting) {
        for (int value : new int[] {setting.least, setting.most}) {
            assertThatCode(() -> setting.with.apply(value).check(WhenFull.WAIT)).doesNotThrowAnyException();
        }
        if (setting.mayBeOff) {
            assertThatCode(() -> setting.with.apply(Limits.OFF).check(WhenFull.WAIT)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsBeyondTheBoundsIsNot(Setting setting) {
        var beyond = new ArrayList<>(List.of(setting.least - 1));
        if (setting.most < Integer.MAX_VALUE) {
            beyond.add(setting.most + 1);
        }
        for (int value : beyond) {
            assertThatIllegalArgumentException().isThrownBy(() -> setting.with.apply(value).check(WhenFull.WAIT))
                    .withMessageStartingWith(setting.setting + " is " + value);
        }
    }

    @Test
    void whoReplacesMustBeAllowedToWait() {
        assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.maxQueued(0).check(WhenFull.REPLACE))
                .withMessageStartingWith("maxQueued is 0");
        assertThatCode(() -> LIMITS.maxQueued(1).check(WhenFull.REPLACE)).doesNotThrowAnyException();
    }

    @Test
    void aLimitThatIsSetLeavesTheOthersAsTheyAre() {
        var network = Cidr.of("10.0.0.0/8");
        var other = Cidr.of("192.0.2.0/24");

        assertThat(LIMITS.deny(network).allow(other).maxPerIp(1).maxPerSubnet(2).subnetBits(3, 4).maxConnectRate(5)
                        .maxConnections(6).maxQueued(7).maxFramesPerSecond(8).maxBytesPerSecond(9))
                .isEqualTo(new Limits(List.of(network), List.of(other), 1, 2, 3, 4, 5, 6, 7, 8, 9))
                .isEqualTo(LIMITS.maxBytesPerSecond(9).maxFramesPerSecond(8).maxQueued(7).maxConnections(6).maxConnectRate(5)
                        .subnetBits(3, 4).maxPerSubnet(2).maxPerIp(1).allow(other).deny(network));
    }

    @Test
    void theListsThatWereGivenMayChangeAfterwards() {
        var deny = new ArrayList<>(List.of(Cidr.of("10.0.0.0/8")));
        var limits = new Limits(deny, deny, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        deny.clear();

        assertThat(limits.deny()).hasSize(1);
        assertThat(limits.allow()).hasSize(1);
    }


    @Test
    void aStrangerMayReplaceNobody() {
        var server = TcpServer.builder(Codec.lines()).port(0).authenticate(_ -> true).handler(_ -> {});

        assertThatIllegalArgumentException().isThrownBy(() -> server.whenFull(WhenFull.REPLACE).check())
                .withMessage("whenFull is REPLACE, allowed with authenticate (--auth-tokens) are WAIT and REFUSE:"
                        + " any stranger could replace a client");
        for (var allowed : new WhenFull[] {WhenFull.WAIT, WhenFull.REFUSE}) {
            assertThatCode(() -> server.whenFull(allowed).check()).doesNotThrowAnyException();
        }
    }
}
