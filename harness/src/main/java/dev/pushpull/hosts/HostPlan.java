package dev.pushpull.hosts;

import dev.pushpull.hosts.HostPart.Role;
import java.util.List;

/**
 * The parts of a run over hosts.
 *
 * @param where the file that describes them, for errors
 */
public record HostPlan(String where, List<HostPart> parts) {
    /** Those of a role, in the order in which they are described. */
    public List<HostPart> of(Role role) {
        return parts.stream().filter(part -> part.role() == role).toList();
    }
}
