/* The page follows the run by server-sent events. All that it keeps is bounded; what is drawn lags a little, to be smooth. */
(function () {
  "use strict";
  var element = pushpull.element;
  var KEPT = 5000, LEAST = 0.001 /* ms */, EVENTS = 2000, OCCURRED = 0, HELD = 3, RECEIVED = 4;
  var FRAMES_A_SECOND = pushpull.data.demo ? 30 : 10; /* the browser's work is noise to a run on the same machine */
  var lag = 6e5; /* a frame and something, so that what is drawn has always come already */
  var lanes = [], group = 0, clock = null, frozen = null, shown = 0;
  var still = window.matchMedia("(prefers-reduced-motion: reduce)");
  var curves = pushpull.curves(by("curves"));
  var show = pushpull.controls(trouble);

  function by(id) { return document.getElementById(id); }

  function trouble(words) {
    by("trouble").textContent = words;
    by("trouble").hidden = !words;
  }

  /* --- what comes in --- */

  function step(lane, raw) {
    var made = {
      kind: raw[0], consumer: raw[1], stream: raw[2], sequence: raw[3], number: raw[4], from: raw[5],
      to: raw[6] < 0 ? -1 : raw[5] + raw[6], status: raw[7], detail: raw[8], key: group + "/" + raw[2] + "/" + raw[3], drawn: false
    };
    lane.steps.push(made);
    if (made.kind === OCCURRED) lane.events.set(made.key, event(made.from, lane.shared ? -1 : Number(made.stream.slice(1)), made.stream));
    if (made.kind === HELD && made.to >= 0) lane.ended[made.consumer] = Math.max(lane.ended[made.consumer] || 0, made.to);
    var happened = lane.events.get(made.key);
    if (made.kind !== RECEIVED) return;
    if (!happened) lane.early.push(made); /* it may be recorded before the event itself */
    else arrive(lane, happened, made);
  }

  function event(at, consumer, stream) { return { at: at, consumer: consumer, stream: stream, received: {}, steps: {}, over: Infinity }; }

  function arrive(lane, happened, made) {
    happened.received[made.consumer] = made.from;
    happened.steps[made.consumer] = made;
    if (Object.keys(happened.received).length >= (happened.consumer < 0 ? lane.consumers : 1)) happened.over = made.from;
  }

  function news(lane, told) {
    lane.counts = told.counts;
    lane.lost += told.lost;
    if (told.took) { lane.took = told.took; lane.up_to = told.up_to.map(function (micros) { return (micros || 1) / 1000; /* for an axis without a 0 */ }); }
    told.steps.forEach(function (raw) { step(lane, raw); });
    lane.early = lane.early.filter(function (made) {
      var happened = lane.events.get(made.key);
      if (happened) arrive(lane, happened, made);
      return !happened;
    }).slice(-100);
    if (lane.steps.length > KEPT) lane.steps = lane.steps.slice(-KEPT);
    while (lane.events.size > EVENTS) lane.events.delete(lane.events.keys().next().value);
  }

  /* Lanes anew; of those that were there, the strip goes on. */
  function begin(told, goesOn) {
    var before = lanes;
    group++;
    lanes = told.about.map(function (about) {
      var old = goesOn && before.find(function (lane) { return lane.name === about.name; });
      var made = Object.assign({}, about, { steps: [], events: new Map(), early: [], ended: {}, counts: [0, 0, 0, 0], took: [], up_to: [], lost: 0 });
      if (old) {
        made.steps = old.steps.filter(function (step) { return step.kind !== HELD || step.to >= 0; });
        made.outages = old.outages.concat(about.outages).slice(-20);
        old.events.forEach(function (event, key) { if (event.over < Infinity) made.events.set(key, event); });
      }
      return made;
    });
    place();
    lanes.forEach(function (lane, i) { news(lane, told.lanes[i]); });
    if (told.settings) show(told.settings);
    general(told);
  }

  function general(told) {
    lag = 1.2 * told.every + 2e5;
    clock = { at: told.now, here: performance.now() };
    by("phase").textContent = told.phase;
    by("progress").hidden = !told.total || pushpull.data.demo;
    by("progress").value = told.total ? Math.min(1, told.elapsed / told.total) : 0;
    pause(told.pause);
    if (told.dropped != null) by("dropped").textContent = told.dropped;
    count();
    curves(lanes);
  }

  var pauses = [0, 0, 0, 0];
  function pause(micros) {
    pauses = pauses.slice(1).concat(micros);
    by("pause").textContent = micros < 0 ? "not listened to here" : pushpull.latency(Math.max.apply(null, pauses) / 1000);
  }

  /* --- what is shown --- */

  function place() {
    by("lanes").textContent = "";
    by("counted").textContent = "";
    lanes.forEach(function (lane) {
      var figure = by("lanes").appendChild(element("figure", "lane"));
      figure.appendChild(element("h3", "mode m" + lane.colour, lane.name));
      figure.appendChild(element("p", "hint", lane.sentence + (lane.all_consumers > lane.consumers ? " Shown: " + lane.consumers + " of " + lane.all_consumers + " consumers." : "")));
      lane.canvas = figure.appendChild(element("canvas", "chart"));
      lane.canvas.setAttribute("role", "img");
      lane.canvas.setAttribute("aria-label", lane.name + ": its consumers, and the last ten seconds. The table below has the figures.");
      lane.draw = pushpull.picture(lane.canvas);
      var row = by("counted").appendChild(element("tr"));
      var head = row.appendChild(element("th"));
      head.scope = "row";
      head.appendChild(element("span", "mode m" + lane.colour, lane.name));
      lane.cells = [];
      for (var i = 0; i < 8; i++) lane.cells.push(row.appendChild(element("td")));
    });
    var without = lanes.filter(function (lane) { return lane.instead; });
    by("unexpected").hidden = !without.length;
    by("unexpected").textContent = "";
    without.forEach(function (lane) {
      by("unexpected").appendChild(element("li", "", "No expected curve for " + lane.name + ": " + lane.instead + "."));
    });
  }

  function count() {
    lanes.forEach(function (lane) {
      var sum = 0, all = lane.took.reduce(function (total, n) { return total + n; }, 0);
      var measured = lane.up_to.map(function (millis, i) { sum += lane.took[i]; return [millis, sum / all]; });
      function within(share) { return [pushpull.within(measured, share), pushpull.within(lane.theory, share)]; }
      var counts = lane.counts.map(function (value) { return value < 0 ? "" : value.toLocaleString("en"); });
      var times = within(0.5).concat(all >= 100 ? within(0.99) : [null, within(0.99)[1]]).map(function (millis) { return pushpull.data.items && millis !== null && millis <= LEAST ? "at once" : pushpull.latency(millis); });
      [counts[0], counts[3], counts[1], counts[2]].concat(times).forEach(function (text, i) { lane.cells[i].textContent = text || "–"; });
    });
  }

  /* The time that is drawn, which never goes back. */
  function now() {
    if (clock) shown = Math.max(shown, clock.at + 1000 * (performance.now() - clock.here) - lag);
    return shown;
  }

  function draw() {
    if (frozen) frozen.lanes.forEach(function (lane) { lane.draw(lane, frozen.at, frozen.key); });
    else lanes.forEach(function (lane) { lane.draw(lane, now()); });
  }

  function go() {
    draw();
    setTimeout(function () { requestAnimationFrame(go); }, 1000 / (still.matches ? 2 : FRAMES_A_SECOND) - 8); /* it waits half a frame more for its turn */
  }

  /* --- an event, step by step --- */

  function freeze() {
    if (frozen) return thaw();
    var at = now();
    var copies = lanes.map(function (lane) { return Object.assign({}, lane, { steps: lane.steps.slice(), events: new Map(lane.events) }); });
    var told = pushpull.explain(copies, at);
    if (!told) return trouble(pushpull.data.items ? "No item has been seen yet." : "No event has happened yet.");
    trouble("");
    frozen = { at: at, lanes: copies, key: told.key, left: told.sentences };
    by("freeze").setAttribute("aria-pressed", "true");
    by("told-steps").textContent = "";
    by("explained").hidden = false;
    next();
    by("next").focus();
  }

  function next() {
    by("told-steps").appendChild(element("li", "", frozen.left.shift()));
    by("next").disabled = !frozen.left.length;
    if (!frozen.left.length) by("go-on").focus();
    draw();
  }

  function thaw() {
    frozen = null;
    by("freeze").setAttribute("aria-pressed", "false");
    by("explained").hidden = true;
    by("freeze").focus();
  }

  by("freeze").addEventListener("click", freeze);
  by("next").addEventListener("click", next);
  by("go-on").addEventListener("click", thaw);
  document.addEventListener("keydown", function (pressed) { if (frozen && pressed.key === "Escape") thaw(); });

  /* --- the line to the program --- */

  var source = new EventSource("live");
  function on(name, act) { source.addEventListener(name, function (message) { trouble(""); act(JSON.parse(message.data)); }); }
  on("state", function (told) { begin(told, false); });
  on("begins", function (told) { begin(told, true); });
  on("news", function (told) {
    told.lanes.forEach(function (one, i) { news(lanes[i], one); });
    general(told);
  });
  on("report", function (where) { source.close(); location.replace(where); });
  on("over", function () { source.close(); by("phase").textContent = "over"; trouble("The run is over, and its page is closed. What is shown is how it ended."); });
  source.onerror = function () { trouble("The run is over or out of reach. This page tries again by itself."); };

  pushpull.watch = { lanes: function () { return lanes; }, now: now, source: source };
  pushpull.onRedraw(function () { draw(); curves(lanes); });
  window.addEventListener("resize", function () { curves(lanes); });
  requestAnimationFrame(go);
})();
