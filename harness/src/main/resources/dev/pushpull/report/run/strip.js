/* A run event by event: a lane over time for each mode, with what happened to each event. Times are microseconds. */
pushpull.strip = function (host, controls, strip) {
  "use strict";
  var element = pushpull.element;
  var colour = pushpull.colour;
  var signs = pushpull.signs;
  var path = signs.path;
  var LANE = 112, AXIS = 26, EDGE = 14, EVENT_ROW = 42, MARK_ROW = 88, LEAST_SPAN = 400;
  var canvas = host.appendChild(element("canvas"));
  var tip = host.appendChild(element("div", "tip"));
  var view = { from: 0, to: strip.first_micros };
  var who = -1;
  var chosen = null; /* an event */
  var asked = null; /* a poll or a connection under the pointer */
  var played = null; /* how far, while it plays */
  var width = 0;

  canvas.setAttribute("aria-hidden", "true");
  tip.setAttribute("role", "status");
  tip.hidden = true;

  var lanes = strip.lanes.map(function (lane) {
    function requests(from) {
      return from.from.map(function (at, i) {
        return {
          consumer: from.consumer[i], event: from.event[i], from: at, to: at + from.took[i],
          number: from.number[i], status: from.status[i], trouble: from.trouble[i] || ""
        };
      });
    }
    var made = {
      name: lane.name, colour: lane.colour, logged: lane.logged,
      polls: requests(lane.polls), attempts: requests(lane.attempts), lines: requests(lane.held),
      deliveries: lane.deliveries.event.map(function (event, i) {
        return {
          event: event, consumer: lane.deliveries.consumer[i], at: strip.events.at[event],
          received: lane.deliveries.received[i], processed: lane.deliveries.processed[i]
        };
      })
    };
    made.lines.sort(function (a, b) { return a.consumer - b.consumer || a.from - b.from; });
    made.held = made.polls.some(function (poll) { return poll.to - poll.from > 50000; });
    return made;
  });

  function isShown(consumer) { return who < 0 || consumer < 0 || consumer === who; }
  function failed(request) { return request.trouble !== "" || request.status >= 400 || request.status === 0; }
  function x(micros) { return EDGE + (micros - view.from) / (view.to - view.from) * (width - 2 * EDGE); }
  function micros(px) { return view.from + (px - EDGE) / (width - 2 * EDGE) * (view.to - view.from); }
  function inView(from, to) { return to >= view.from && from <= view.to; }
  function time(span) { return pushpull.latency(span / 1000); }
  function signed(span) { return span < 0 ? time(-span) + " before it" : "after " + time(span); }

  /* --- drawing --- */

  /* When consumers were down, behind everything else. */
  function drawOutages(context, bottom, ink) {
    context.font = "12px system-ui, sans-serif";
    strip.outages.forEach(function (outage) {
      if (!inView(outage.from, outage.to)) return;
      var left = Math.max(0, x(outage.from)), right = Math.min(width, x(outage.to));
      context.fillStyle = ink.shade;
      context.fillRect(left, 0, Math.max(1, right - left), bottom);
      context.fillStyle = ink.muted;
      if (right - left > 40) context.fillText("down", left + 4, bottom - 6);
    });
  }

  /* Whether a connection ended before the strip does, so that the break is seen. */
  function breaks(line) { return line.to < strip.span_micros; }

  /* An open line for each connection, with an end where it broke; thinner where several consumers lie on each other. */
  function drawLines(context, lane, markY, tint, ink, until) {
    lane.lines.forEach(function (line) {
      if (!isShown(line.consumer) || !inView(line.from, line.to) || line.from > until) return;
      var left = Math.max(0, x(line.from)), right = Math.min(width, x(Math.min(line.to, until)));
      context.globalAlpha = who < 0 && strip.consumers.length > 1 ? 0.25 : 0.75;
      context.fillStyle = tint;
      context.fillRect(left, markY - 3, Math.max(1, right - left), 6);
      context.globalAlpha = 1;
      context.lineWidth = 2;
      context.strokeStyle = tint;
      if (line.from > 0 && inView(line.from, line.from)) { path(context, [[x(line.from), markY - 8], [x(line.from), markY + 8]]); context.stroke(); }
      if (!breaks(line) || !inView(line.to, line.to) || line.to > until) return;
      context.strokeStyle = ink.bad;
      signs.broken(context, x(line.to), markY);
    });
  }

  function drawLane(context, lane, top, ink) {
    var tint = colour("m" + lane.colour);
    var until = played == null ? Infinity : played;
    var eventY = top + EVENT_ROW, markY = top + MARK_ROW;
    context.lineWidth = 1;
    context.strokeStyle = ink.line;
    [eventY, markY].forEach(function (y) { path(context, [[0, y], [width, y]]); context.stroke(); });
    context.fillStyle = tint;
    context.font = "600 13px system-ui, sans-serif";
    context.fillText(lane.name, EDGE - 4, top + 20);
    if (lane.held) {
      context.globalAlpha = 0.35;
      lane.polls.forEach(function (poll) {
        if (!isShown(poll.consumer) || !inView(poll.from, poll.to) || poll.from > until) return;
        context.fillRect(x(poll.from), markY - 2, Math.max(1, x(Math.min(poll.to, until)) - x(poll.from)), 4);
      });
      context.globalAlpha = 1;
    }
    drawLines(context, lane, markY, tint, ink, until);
    context.strokeStyle = tint;
    lane.deliveries.forEach(function (delivery) {
      if (!isShown(delivery.consumer) || !inView(delivery.at, delivery.received) || delivery.at > until) return;
      var whole = Math.max(1, delivery.received - delivery.at);
      var share = Math.min(1, (until - delivery.at) / whole);
      var isChosen = delivery.event === chosen;
      context.globalAlpha = isChosen ? 1 : chosen == null ? 0.6 : 0.25;
      context.lineWidth = isChosen ? 3 : 1.25;
      path(context, [[x(delivery.at), eventY], [x(delivery.at + whole * share), eventY + (markY - eventY) * share]]);
      context.stroke();
    });
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    lane.polls.forEach(function (poll) {
      if (!isShown(poll.consumer) || !inView(poll.to, poll.to) || poll.to > until) return;
      if (failed(poll)) { context.strokeStyle = ink.bad; signs.cross(context, x(poll.to), markY); context.strokeStyle = tint; return; }
      signs.poll(context, x(poll.to), markY, poll.number > 0, tint, ink.sheet);
    });
    lane.attempts.forEach(function (attempt) {
      if (!isShown(attempt.consumer) || !inView(attempt.from, attempt.from) || attempt.from > until) return;
      if (failed(attempt)) { context.strokeStyle = ink.bad; signs.cross(context, x(attempt.from), markY); context.strokeStyle = tint; return; }
      context.fillStyle = tint;
      signs.webhook(context, x(attempt.from), markY);
    });
    strip.events.at.forEach(function (at, event) {
      if (!isShown(strip.events.consumer[event]) || !inView(at, at) || at > until) return;
      context.fillStyle = ink.ink;
      signs.diamond(context, x(at), eventY, event === chosen ? 8 : 5.5);
    });
  }

  function drawAxis(context, top, ink) {
    var span = view.to - view.from;
    var step = Math.pow(10, Math.floor(Math.log10(span)));
    [5, 2, 1].some(function (part) {
      if (width / (span / (step / part)) >= 84) { step /= part; return true; }
      return false;
    });
    if (width / (span / step) < 84) step *= width / (span / (2 * step)) < 84 ? 5 : 2;
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = ink.muted;
    context.strokeStyle = ink.line;
    context.textAlign = "center";
    context.lineWidth = 1;
    for (var at = Math.ceil(view.from / step) * step; at <= view.to; at += step) {
      var px = x(at);
      path(context, [[px, 0], [px, top + 4]]);
      context.stroke();
      if (px > 16 && px < width - 24) context.fillText(Number((at / 1e6).toFixed(6)) + " s", px, top + 19);
    }
    context.textAlign = "left";
  }

  function draw() {
    var ratio = window.devicePixelRatio || 1;
    var height = lanes.length * LANE + AXIS;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = width + "px";
    canvas.style.height = height + "px";
    var context = canvas.getContext("2d");
    var ink = { ink: colour("ink"), muted: colour("muted"), line: colour("line"), sheet: colour("sheet"), bad: colour("bad"), shade: colour("shade") };
    context.scale(ratio, ratio);
    drawOutages(context, lanes.length * LANE, ink);
    drawAxis(context, lanes.length * LANE, ink);
    lanes.forEach(function (lane, i) { drawLane(context, lane, i * LANE, ink); });
    context.strokeStyle = ink.muted;
    if (played != null) { path(context, [[x(played), 0], [x(played), lanes.length * LANE]]); context.stroke(); }
  }

  /* --- an event's history, in words --- */

  function way(lane, event) {
    var at = strip.events.at[event];
    var steps = [];
    var first = Math.min.apply(null, lane.deliveries.map(function (delivery) {
      return delivery.event === event ? delivery.received - at : Infinity;
    }));
    /* an older journal has the time when everything was finished, which may be after the first delivery */
    if (lane.logged[event] >= 0 && lane.logged[event] <= first) steps.push("began to be logged after " + time(lane.logged[event]));
    lane.attempts.forEach(function (attempt) {
      if (attempt.event !== event || !isShown(attempt.consumer)) return;
      steps.push("webhook " + attempt.number + " sent " + signed(attempt.from - at) + ", "
        + (attempt.status ? "answered " + attempt.status : "no answer") + " in " + time(attempt.to - attempt.from)
        + (attempt.trouble ? ": " + attempt.trouble : ""));
    });
    return steps;
  }

  function polled(lane, delivery) {
    var steps = [], before = null, brought = null, between = 0;
    lane.polls.forEach(function (poll) {
      if (poll.consumer !== delivery.consumer) return;
      if (poll.from <= delivery.received && delivery.received <= poll.to + 1) brought = poll;
    });
    if (!brought) return steps;
    lane.polls.forEach(function (poll) {
      if (poll.consumer !== delivery.consumer || poll === brought || poll.from >= brought.from) return;
      if (poll.from < delivery.at) before = !before || poll.from > before.from ? poll : before; else between++;
    });
    if (before && brought.from >= delivery.at) steps.push("asked " + time(delivery.at - before.from) + " before it: too early");
    if (between) steps.push("asked " + between + " times more without it");
    steps.push("the poll sent " + signed(brought.from - delivery.at) + " brought it"
      + (brought.number > 1 ? " and " + (brought.number - 1) + " more" : "") + ", answered in " + time(brought.to - brought.from));
    return steps;
  }

  /* How an event came over an open line: at once, or after it was open again. */
  function streamed(lane, delivery) {
    var own = lane.lines.filter(function (line) { return line.consumer === delivery.consumer; });
    var brought = own.find(function (line) { return line.from <= delivery.received && delivery.received <= line.to + 1; });
    if (!brought) return [];
    if (brought.from <= delivery.at) return ["came over the connection that had been open for " + time(delivery.at - brought.from)];
    var broken = own.filter(function (line) { return line.to <= delivery.at; }).pop();
    return [(broken ? "the connection had broken " + time(delivery.at - broken.to) + " before it" : "there was no connection")
      + "; the one opened " + signed(brought.from - delivery.at) + " brought it"];
  }

  function describe(event) {
    tip.textContent = "";
    tip.appendChild(element("p", "tip-head", "Event " + strip.events.id[event] + ", at " + time(strip.events.at[event])));
    lanes.forEach(function (lane) {
      var arrived = lane.deliveries.filter(function (delivery) { return delivery.event === event && isShown(delivery.consumer); });
      var head = tip.appendChild(element("p", "tip-mode"));
      head.appendChild(element("span", "mode m" + lane.colour, lane.name));
      head.appendChild(document.createTextNode(arrived.length === 0 ? (strip.whole ? " did not arrive" : " did not arrive in this part of the run")
        : arrived.length === 1 ? " " + time(arrived[0].received - arrived[0].at) + " late"
          : " at " + arrived.length + " consumers, the last " + time(Math.max.apply(null, arrived.map(function (d) { return d.received - d.at; }))) + " late"));
      var steps = way(lane, event);
      if (arrived.length === 1) {
        steps = steps.concat(polled(lane, arrived[0]), streamed(lane, arrived[0]));
        if (arrived[0].processed >= 0) steps.push("processed after " + time(arrived[0].processed - arrived[0].at));
      }
      tip.appendChild(element("p", "tip-steps", steps.join("; ")));
    });
  }

  function describePoll(lane, poll) {
    tip.textContent = "";
    var head = tip.appendChild(element("p", "tip-mode"));
    head.appendChild(element("span", "mode m" + lane.colour, lane.name));
    head.appendChild(document.createTextNode(" consumer " + strip.consumers[poll.consumer] + " asked at " + time(poll.from)));
    tip.appendChild(element("p", "tip-steps", (poll.trouble || (poll.number ? poll.number + " new" : "nothing new"))
      + ", answered in " + time(poll.to - poll.from)));
  }

  function describeLine(lane, line) {
    tip.textContent = "";
    var head = tip.appendChild(element("p", "tip-mode"));
    head.appendChild(element("span", "mode m" + lane.colour, lane.name));
    head.appendChild(document.createTextNode(" consumer " + strip.consumers[line.consumer] + "’s connection"));
    tip.appendChild(element("p", "tip-steps", (line.from < 0 ? "open before the start" : "opened at " + time(line.from))
      + (breaks(line) ? ", ended at " + time(line.to) : ", held to the end") + ", brought " + line.number + (line.number === 1 ? " event" : " events")
      + (line.trouble && breaks(line) ? ": " + line.trouble : "")));
  }

  function showTip(px, py) {
    tip.hidden = false;
    var most = host.clientWidth - tip.offsetWidth - 8;
    tip.style.left = Math.max(8, Math.min(most, px + 18)) + "px";
    tip.style.top = py + 18 + "px";
  }

  function choose(event, px, py) {
    if (event !== chosen) { chosen = event; describe(event); draw(); }
    showTip(px, py);
  }

  function letGo() {
    if (chosen == null && tip.hidden) return;
    chosen = null;
    asked = null;
    tip.hidden = true;
    draw();
  }

  function distance(px, py, ax, ay, bx, by) {
    var dx = bx - ax, dy = by - ay;
    var share = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(px - ax - share * dx, py - ay - share * dy);
  }

  function under(px, py) {
    var index = Math.floor(py / LANE);
    var lane = lanes[index];
    if (!lane) return null;
    var top = index * LANE, best = { distance: 12 };
    lane.deliveries.forEach(function (delivery) {
      if (!isShown(delivery.consumer) || !inView(delivery.at, delivery.received)) return;
      var far = distance(px, py, x(delivery.at), top + EVENT_ROW, x(delivery.received), top + MARK_ROW);
      if (far < best.distance) best = { distance: far, event: delivery.event };
    });
    strip.events.at.forEach(function (at, event) {
      if (!isShown(strip.events.consumer[event])) return;
      var far = Math.hypot(px - x(at), py - top - EVENT_ROW) - 1;
      if (far < best.distance) best = { distance: far, event: event };
    });
    lane.polls.forEach(function (poll) {
      if (!isShown(poll.consumer) || poll.number > 0) return;
      var far = Math.hypot(px - x(poll.to), py - top - MARK_ROW) - 2;
      if (far < best.distance) best = { distance: far, lane: lane, poll: poll };
    });
    if (best.event == null && !best.poll && Math.abs(py - top - MARK_ROW) < 9) {
      var line = lane.lines.find(function (one) { return isShown(one.consumer) && x(one.from) <= px && px <= x(one.to) + 4; });
      if (line) return { lane: lane, line: line };
    }
    return best;
  }

  /* --- moving --- */

  function look(from, to) {
    var span = Math.min(strip.span_micros, Math.max(LEAST_SPAN, to - from));
    var start = Math.max(0, Math.min(strip.span_micros - span, from));
    view = { from: start, to: start + span };
    draw();
  }

  function zoom(factor, around) {
    look(around - (around - view.from) * factor, around + (view.to - around) * factor);
  }

  function middle() { return chosen == null ? (view.from + view.to) / 2 : strip.events.at[chosen]; }

  function step(forward) {
    var shown = strip.events.at.map(function (at, event) { return event; })
      .filter(function (event) { return isShown(strip.events.consumer[event]); })
      .sort(function (a, b) { return strip.events.at[a] - strip.events.at[b]; });
    if (!shown.length) return;
    var place = shown.indexOf(chosen);
    if (place < 0) {
      place = shown.findIndex(function (event) { return strip.events.at[event] >= view.from; });
      place = Math.max(0, place);
    } else {
      place = Math.max(0, Math.min(shown.length - 1, place + (forward ? 1 : -1)));
    }
    var at = strip.events.at[shown[place]];
    var span = view.to - view.from;
    if (at < view.from || at > view.to - span * 0.1) look(at - span * 0.3, at + span * 0.7);
    choose(shown[place], x(at), lanes.length * LANE); /* below the lanes, which it would hide */
  }

  var KEYS = {
    ArrowRight: function () { step(true); },
    ArrowLeft: function () { step(false); },
    "+": function () { zoom(0.5, middle()); },
    "=": function () { zoom(0.5, middle()); },
    "-": function () { zoom(2, middle()); },
    Home: function () { look(0, view.to - view.from); },
    End: function () { look(strip.span_micros, strip.span_micros + view.to - view.from); },
    Escape: letGo
  };

  host.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  function point(event) {
    var found = under(event.offsetX, event.offsetY);
    if (found && found.event != null) {
      choose(found.event, event.offsetX, event.offsetY);
    } else if (found && found.poll) {
      if (asked !== found.poll) { chosen = null; asked = found.poll; describePoll(found.lane, found.poll); draw(); }
      showTip(event.offsetX, event.offsetY);
    } else if (found && found.line) {
      if (asked !== found.line) { chosen = null; asked = found.line; describeLine(found.lane, found.line); draw(); }
      showTip(event.offsetX, event.offsetY);
    } else {
      letGo();
    }
  }

  var drag = null;
  canvas.addEventListener("pointerdown", function (event) {
    point(event);
    drag = { x: event.offsetX, from: view.from, to: view.to };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", function (event) {
    if (drag && Math.abs(event.offsetX - drag.x) > 3) {
      var moved = (event.offsetX - drag.x) / (width - 2 * EDGE) * (drag.to - drag.from);
      tip.hidden = true;
      chosen = null;
      look(drag.from - moved, drag.to - moved);
      return;
    }
    point(event);
  });
  canvas.addEventListener("pointerup", function () { drag = null; });
  canvas.addEventListener("pointercancel", function () { drag = null; });
  /* a finger is gone as soon as it has tapped */
  canvas.addEventListener("pointerleave", function (event) { if (event.pointerType !== "touch") letGo(); });
  host.addEventListener("blur", letGo);
  canvas.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, micros(event.offsetX));
  }, { passive: false });

  /* --- controls --- */

  function button(text, label, act) {
    var made = controls.appendChild(element("button", "button", text));
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function whose() {
    var label = controls.appendChild(element("label", "", "Consumer "));
    var select = label.appendChild(element("select"));
    strip.consumers.forEach(function (consumer, index) {
      select.appendChild(element("option", "", String(consumer))).value = index;
    });
    if (strip.consumers.length > 1) select.appendChild(element("option", "", "all " + strip.consumers.length)).value = -1;
    /* begins with the first consumer that has something to show */
    var first = strip.events.at.findIndex(function (at, event) { return at <= view.to && strip.events.consumer[event] >= 0; });
    who = first < 0 ? 0 : busy();
    select.value = who;
    select.addEventListener("change", function () { who = Number(select.value); chosen = null; tip.hidden = true; draw(); });
  }

  /* The first consumer with at least three events in view, or the first with any. */
  function busy() {
    var counts = strip.consumers.map(function () { return 0; });
    strip.events.consumer.forEach(function (consumer, event) { if (strip.events.at[event] <= view.to) counts[consumer]++; });
    var many = counts.findIndex(function (count) { return count >= 3; });
    return many >= 0 ? many : counts.findIndex(function (count) { return count > 0; });
  }

  function play(toggle) {
    var began, from;
    function frame(now) {
      if (played == null) return;
      played = from + (now - began) * 1000;
      var span = view.to - view.from;
      if (played > view.to - span * 0.05) look(played - span * 0.05, played + span * 0.95);
      if (played >= strip.span_micros) { stop(); return; }
      draw();
      requestAnimationFrame(frame);
    }
    function stop() { played = null; toggle.textContent = "Play in real time"; draw(); }
    toggle.addEventListener("click", function () {
      if (played != null) { stop(); return; }
      letGo();
      if (view.to >= strip.span_micros) look(0, view.to - view.from);
      began = performance.now();
      from = view.from;
      played = from;
      toggle.textContent = "Stop";
      requestAnimationFrame(frame);
    });
  }

  whose();
  button("−", "Zoom out", function () { zoom(2, middle()); });
  button("+", "Zoom in", function () { zoom(0.5, middle()); });
  button("◀", "Earlier", function () { var span = view.to - view.from; look(view.from - span / 2, view.to - span / 2); });
  button("▶", "Later", function () { var span = view.to - view.from; look(view.from + span / 2, view.to + span / 2); });
  button("First seconds", "", function () { look(0, strip.first_micros); });
  button("Whole run", "", function () { look(0, strip.span_micros); });
  if (!window.matchMedia("(prefers-reduced-motion: reduce)").matches) play(button("Play in real time", "", function () {}));
  host.redraw = draw; /* for a picture of it */
  pushpull.onRedraw(draw);
  pushpull.sized(host, function (now) {
    width = now;
    draw();
  });
};
