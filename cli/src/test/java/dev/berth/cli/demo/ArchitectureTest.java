package dev.berth.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import dev.berth.cli.demo.Step.Kind;

/** A claim that was not seen is not called seen. */
class ArchitectureTest {
    private final Observations seen = new Observations();

    @Test
    void nothingIsShownWhenAClientDidNotConnect() {
        seen.saw(Actor.CLIENT_1, Kind.CONNECTED, "");
        seen.saw(Actor.CLIENT_1, Kind.FOREIGN, "");

        assertThat(Architecture.values()).noneMatch(architecture -> architecture.isShownBy(seen));
    }

    @Test
    void sharedIsNotShownWhenEverybodyGotOnlyTheirOwnAnswers() {
        bothConnectedAndAnswered();

        assertThat(Architecture.SHARED.isShownBy(seen)).isFalse();
    }

    @Test
    void oneAtATimeIsNotShownWhenBothWereAnsweredAtOnce() {
        bothConnectedAndAnswered();

        assertThat(Architecture.ONE_AT_A_TIME.isShownBy(seen)).isFalse();
    }

    @Test
    void multiIsNotShownWithoutAThreadAndASocketForEach() {
        seen.saw(Actor.SERVER, Kind.LISTENING, "");
        seen.saw(Actor.SERVER, Kind.QUEUED, "");
        seen.saw(Actor.SERVER, Kind.TAKEN, "");
        bothConnectedAndAnswered();

        assertThat(Architecture.MULTI.isShownBy(seen)).isFalse();

        seen.saw(Actor.SERVER, Kind.TAKEN, "");
        assertThat(Architecture.MULTI.isShownBy(seen)).isTrue();

        seen.saw(Actor.CLIENT_2, Kind.FOREIGN, "");
        assertThat(Architecture.MULTI.isShownBy(seen)).isFalse();
    }

    private void bothConnectedAndAnswered() {
        for (var client : new Actor[] {Actor.CLIENT_1, Actor.CLIENT_2}) {
            seen.saw(client, Kind.CONNECTED, "");
            for (int round = 1; round <= Play.ROUNDS; round++) {
                seen.saw(client, Kind.ANSWERED, "");
            }
        }
    }
}
