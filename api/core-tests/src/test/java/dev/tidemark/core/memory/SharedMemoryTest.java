package dev.tidemark.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedMemoryTest {

    private final SharedMemory memory = new SharedMemory(100);

    @Test
    void oneHolderMayHaveHalfHoweverManyShares() {
        assertThat(memory.share("a").take(30)).isTrue();
        assertThat(memory.share("a").take(21)).isFalse();
        assertThat(memory.share("a").take(20)).isTrue();
    }

    @Test
    void aFloodLeavesToEachOtherAPartOfItsOwn() {
        memory.share("a").take(50);

        assertThat(memory.share("b").take(26)).isFalse();
        assertThat(memory.share("b").take(25)).isTrue();
        assertThat(memory.share("c").take(12)).isTrue();
    }

    @Test
    void whatIsGivenBackIsThereForOthers() {
        var share = memory.share("a");
        share.take(50);
        share.giveBack();

        assertThat(memory.share("b").take(50)).isTrue();
        share.giveBack();
        assertThat(memory.share("b").take(1)).isFalse();
    }

    @Test
    void whoIsAloneMayHaveAllWhereThatIsMeant() {
        var alone = memory.share("a");

        assertThat(alone.takeAlone(90)).isTrue();
        assertThat(alone.takeAlone(10)).isTrue();
        assertThat(alone.takeAlone(1)).isFalse();
        assertThat(memory.share("b").takeAlone(1)).isFalse();
    }
}
