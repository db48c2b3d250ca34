package dev.pushpull.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A shard as another version of the program would have written it. */
final class OtherVersion {
    private static final int DIGEST_BYTES = 32;

    private OtherVersion() {}

    static byte[] of(byte[] file, String version, String other) throws IOException {
        int line = 1;
        while (file[line - 1] != '\n') {
            line++;
        }
        DataInputStream in = new DataInputStream(
                new InflaterInputStream(new ByteArrayInputStream(file, line, file.length - line - DIGEST_BYTES)));
        if (!in.readUTF().equals(version)) {
            throw new IOException("the version does not come first");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(file, 0, line);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeUTF(other);
            in.transferTo(out);
        }
        try {
            bytes.write(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
