package dev.berth.stress;

import org.junit.jupiter.api.Test;

import dev.berth.server.AdmissionModel;
import dev.berth.server.AdmissionOperations;
import dev.berth.transport.OutputModel;
import dev.berth.transport.OutputOperations;

/** Whatever order threads take their steps in, the results are those of calls made one after the other. */
class InterleavingsTest {

    @Test
    void anAdmissionWhereClientsWaitIsExact() {
        Interleavings.check(AdmissionOperations.Waiting.class, AdmissionModel.Waiting.class);
    }

    @Test
    void anAdmissionWhereClientsAreReplacedIsExact() {
        Interleavings.check(AdmissionOperations.Replacing.class, AdmissionModel.Replacing.class);
    }

    @Test
    void whatAnOutputAcceptsIsWrittenOnceAndInOrder() {
        Interleavings.check(OutputOperations.class, OutputModel.class);
    }
}
