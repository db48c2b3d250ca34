package dev.pushpull.delivery;

import dev.pushpull.theory.BesidePolls;
import java.util.Optional;

/**
 * What closed forms need to know about a mode's pushes where polls find what they lose.
 *
 * @param requests an event, delivered or not
 * @param bytes an event, delivered or not
 * @param lost share of the events that they do not bring
 * @param delays with the polls; empty where they have no closed form
 * @param called what a push is called
 * @param fate what is assumed about them
 */
public record Pushes(
        double requests, double bytes, double lost, Optional<BesidePolls> delays, String called, String fate) {}
