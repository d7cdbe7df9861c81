package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each program in plain Java does what its name says, seen by two clients connected at the same time. */
@Timeout(60)
final class StoryTest {

    @Test
    void oneSharedSocketSendsTheFirstClientsAnswerToTheSecondOrNowhere() throws Exception {
        try (var server = StoryProgram.start("OneSharedSocket"); var first = server.connect()) {
            first.send("alone");
            assertThat(first.receive()).isEqualTo("you said alone");

            try (var second = server.connect()) {
                second.send("I am second");
                assertThat(second.receive()).isEqualTo("you said I am second");
                first.send("I am first");

                assertThat(first.receiveOrSilence()).as("what the first client got").isEmpty();
                assertThat(second.receiveOrSilence())
                        .as("what the second client got")
                        .isIn(Optional.of("you said I am first"), Optional.empty());
            }
        }
    }

    @Test
    void oneAtATimeLeavesTheSecondClientConnectedAndSilentUntilTheFirstHasGone() throws Exception {
        try (var server = StoryProgram.start("OneAtATime");
                var first = server.connect();
                var second = server.connect()) {
            second.send("I am second");
            first.send("I am first");

            assertThat(first.receive()).isEqualTo("you said I am first");
            assertThat(second.receiveOrSilence()).as("what the second client got").isEmpty();

            first.leave();

            assertThat(second.receive()).isEqualTo("you said I am second");
        }
    }

    @Test
    void threadPerClientAnswersBothClientsAtOnce() throws Exception {
        bothClientsGetTheirOwnAnswersAtOnce("ThreadPerClient");
    }

    /** The second client is answered first and the first one stays open, so neither waits for the other. */
    static void bothClientsGetTheirOwnAnswersAtOnce(String program, String... javaOptions) throws Exception {
        try (var server = StoryProgram.start(program, javaOptions);
                var first = server.connect();
                var second = server.connect()) {
            second.send("I am second");
            assertThat(second.receive()).isEqualTo("you said I am second");

            first.send("I am first");
            assertThat(first.receive()).isEqualTo("you said I am first");

            first.send("first again");
            second.send("second again");
            assertThat(first.receive()).isEqualTo("you said first again");
            assertThat(second.receive()).isEqualTo("you said second again");
        }
    }
}
