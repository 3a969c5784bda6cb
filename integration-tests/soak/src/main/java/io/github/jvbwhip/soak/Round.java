package io.github.jvbwhip.soak;

import io.github.jvbwhip.testpeer.network.Network;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Has guests come and go, by their plan. */
final class Round {
  private final URI server;
  private final Network network;
  private final Map<Integer, Visit> visits = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** Something that is to happen. */
  private record Event(Duration at, String what, Runnable action) {}

  /**
   * @param network what is between the bridge and those who have no direct way
   */
  Round(URI server, Network network) {
    this.server = server;
    this.network = network;
  }

  /** Plays it; returns what went wrong. All have left then. */
  List<String> play(List<Guest> guests) throws InterruptedException {
    List<Event> events = new ArrayList<>();
    for (Guest guest : guests) {
      events.add(new Event(guest.comes(), guest + " came", () -> come(guest)));
      guest
          .changes()
          .ifPresent(at -> events.add(new Event(at, guest + " changed", () -> change(guest))));
      events.add(new Event(guest.leaves(), guest + " left", () -> leave(guest)));
    }
    events.sort(Comparator.comparing(Event::at));
    long start = System.nanoTime();
    for (Event event : events) {
      long left = start + event.at().toNanos() - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(left);
      try {
        event.action().run();
      } catch (AssertionError | RuntimeException e) {
        complaints.add(event.what() + ": " + e);
      }
    }
    return complaints;
  }

  private void come(Guest guest) {
    Visit.begin(guest, server, network).ifPresent(visit -> visits.put(guest.number(), visit));
  }

  private void change(Guest guest) {
    Visit visit = visits.get(guest.number());
    if (visit != null) {
      visit.change();
    }
  }

  private void leave(Guest guest) {
    Visit visit = visits.remove(guest.number());
    if (visit != null) {
      visit.end();
      visit.complaint().ifPresent(complaints::add);
    }
  }
}
