package dev.pushpull.experiment.shards;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a shard comes from. Shards that are merged agree in all but the last two.
 *
 * @param program its version, and which build of it
 * @param words the command and its flags, without those that may differ from shard to shard
 * @param seed of the scenario
 * @param scenario a digest of everything that is simulated, the times of a trace included
 * @param host on which it was simulated
 * @param startedAt as an ISO-8601 instant
 */
public record ShardOrigin(
        String program, List<String> words, long seed, String scenario, String host, String startedAt) {
    void write(DataOutput out) throws IOException {
        out.writeUTF(program);
        out.writeInt(words.size());
        for (String word : words) {
            out.writeUTF(word);
        }
        out.writeLong(seed);
        out.writeUTF(scenario);
        out.writeUTF(host);
        out.writeUTF(startedAt);
    }

    static ShardOrigin read(DataInput in) throws IOException {
        String program = in.readUTF();
        List<String> words = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            words.add(in.readUTF());
        }
        return new ShardOrigin(program, List.copyOf(words), in.readLong(), in.readUTF(), in.readUTF(), in.readUTF());
    }
}
