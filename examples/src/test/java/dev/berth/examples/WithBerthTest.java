package dev.berth.examples;

import java.net.URISyntaxException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.server.TcpServer;

/** The same story with Berth needs Berth's jar on the class path, and nothing else. */
@Timeout(60)
final class WithBerthTest {

    @Test
    void withBerthAnswersBothClientsAtOnce() throws Exception {
        StoryTest.bothClientsGetTheirOwnAnswersAtOnce("WithBerth", "-cp", core());
    }

    /** Where core was found by this test: its jar, or its classes when only the tests are run. */
    private static String core() throws URISyntaxException {
        return Path.of(TcpServer.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }
}
