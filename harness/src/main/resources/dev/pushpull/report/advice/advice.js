/* The candidates of an answer on a chart, and what moves when inputs do. */
var pushpullAdvice = (function () {
  "use strict";
  var MONTH = 30 * 86400;

  /* Units a month of a meter beyond the free ones, each at the price of its step. */
  function cost(meter, units) {
    var sum = 0, from = 0, price = meter.price;
    function between(low, high) { return Math.max(0, high - Math.max(low, meter.free)); }
    meter.steps.forEach(function (step) {
      sum += price * between(from, Math.min(units, step.from));
      from = Math.max(from, Math.min(units, step.from));
      price = step.price;
    });
    return (sum + price * between(from, units)) / meter.per;
  }

  /* What consumers pay a month for so many requests a second, asked and sent, and bytes a second. */
  function bill(meters, point, asked, sent, bytes) {
    return meters.reduce(function (sum, meter) {
      var when = meter.when.toLowerCase();
      if (when === "listens" && !point.listens || when === "polls" && !point.asks || when === "holds_connections") return sum;
      var counts = meter.counts.toLowerCase(), kind = meter.kind.toLowerCase();
      var requests = counts === "all" ? asked + sent : counts === "sent" ? asked : sent;
      var units = kind === "monthly" ? 1 : kind === "egress" ? bytes * MONTH / 1e9
        : kind === "messages" || kind === "connection_minutes" ? 0 : requests * MONTH * meter.each;
      return sum + cost(meter, units);
    }, 0);
  }

  /* A point's latency and value for other inputs; as it is where the script has no closed form. */
  function moved(data, point, given) {
    if (!point.form) return { latency: point.latency, value: point.value };
    var run = Object.assign({}, data.run, { bytes: null, conditional: point.sizes.conditional });
    var input = {
      rate: given.rate, consumers: given.consumers, payload: run.payload, failure_rate: run.failure_rate,
      attempts: run.waits_s.length, interval_s: (point.interval_seconds || 1) * given.interval, price: null
    };
    var figures = pushpullWhatIf.predict(input, run)[pushpullWhatIf.names[point.form]];
    var perSecond = figures.requests_per_day / 86400;
    var latency = figures.latency_p95_ms;
    if (latency == null && point.form === "pushes" && figures.lost_ratio < 1) latency = point.latency;
    if (data.column !== "monthly_cost_consumer") return { latency: latency, value: perSecond };
    var asked = point.form === "polls" ? perSecond : 0;
    var sum = bill(data.consumer, point, asked, perSecond - asked, 0);
    if (data.per_million[point.mode] != null) sum += perSecond * MONTH * data.per_million[point.mode] / 1e6;
    return { latency: latency, value: sum * given.price + (data.monthly[point.mode] || 0) };
  }

  return { cost: cost, bill: bill, moved: moved };
})();
(function () {
  "use strict";
  var data = pushpull.data.advice;
  var svg = document.getElementById("pareto");
  if (!data || !svg) return;
  var SPACE = "http://www.w3.org/2000/svg";
  var LEFT = 62, TOP = 20, BOTTOM = 335, HEIGHT = 380, LINE = 15, NARROW = 560;
  var RIGHT = 700;
  var inputs = Array.prototype.slice.call(document.querySelectorAll(".sliders input"));

  function drawn(name, attributes, text) {
    var element = document.createElementNS(SPACE, name);
    Object.keys(attributes).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    if (text != null) element.textContent = text;
    svg.appendChild(element);
    return element;
  }

  function given() {
    var values = { rate: data.run.rate, consumers: data.run.consumers, interval: 1, price: 1 };
    inputs.forEach(function (input) {
      var value = Number(Math.pow(10, Number(input.value)).toPrecision(4));
      values[input.name] = input.name === "consumers" ? Math.max(1, Math.round(value)) : value;
    });
    return values;
  }

  /* Whole decades around the values; nothing at all is one decade below them, and its line says so. */
  function scale(values, from, to) {
    var positive = values.filter(function (value) { return value > 0; });
    var low = Math.floor(Math.log10(Math.min.apply(null, positive.length ? positive : [1])) - 0.1);
    var high = Math.max(low + 1, Math.ceil(Math.log10(Math.max.apply(null, positive.length ? positive : [10])) + 0.1));
    var zero = positive.length < values.length;
    if (zero) low -= 1;
    return {
      zero: zero, low: low, high: high,
      at: function (value) { return from + (to - from) * ((value > 0 ? Math.log10(value) : low) - low) / (high - low); }
    };
  }

  function axisText(value, latency) {
    return latency ? pushpull.latency(value) : pushpull.significant(value);
  }

  function draw() {
    var values = given();
    var points = data.points.map(function (point) {
      return Object.assign({}, point, pushpullAdvice.moved(data, point, values));
    }).filter(function (point) { return point.latency != null && point.value != null; });
    while (svg.firstChild) svg.removeChild(svg.firstChild);
    /* As wide as its place, so that its letters are as large as those around it. */
    var width = Math.max(280, svg.clientWidth || 720);
    RIGHT = width - 20;
    svg.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
    if (!points.length) {
      drawn("text", { x: LEFT, y: TOP + 20 }, "No candidate has figures.");
      return;
    }
    var x = scale(points.map(function (point) { return point.latency; }), LEFT, RIGHT);
    var y = scale(points.map(function (point) { return point.value; }), BOTTOM, TOP);
    var every = Math.ceil(58 * (x.high - x.low) / (RIGHT - LEFT));
    for (var i = x.low; i <= x.high; i++) {
      drawn("line", { "class": "axis", x1: x.at(Math.pow(10, i)), x2: x.at(Math.pow(10, i)), y1: TOP, y2: BOTTOM });
      if ((i - x.low) % every) continue;
      drawn("text", { "class": "faint", x: x.at(Math.pow(10, i)), y: BOTTOM + 16, "text-anchor": "middle" }, x.zero && i === x.low ? "0" : axisText(Math.pow(10, i), true));
    }
    for (var j = y.low; j <= y.high; j++) {
      drawn("line", { "class": "axis", x1: LEFT, x2: RIGHT, y1: y.at(Math.pow(10, j)), y2: y.at(Math.pow(10, j)) });
      drawn("text", { "class": "faint", x: LEFT - 6, y: y.at(Math.pow(10, j)) + 4, "text-anchor": "end" }, y.zero && j === y.low ? "0" : axisText(Math.pow(10, j), false));
    }
    drawn("text", { "class": "faint", x: RIGHT, y: BOTTOM + 34, "text-anchor": "end" }, "latency p95");
    drawn("text", { "class": "faint", x: LEFT, y: 12 }, data.axis + (data.currency && data.column.indexOf("cost") > 0 ? ", " + data.currency : ""));
    front(points, x, y);
    points.forEach(function (point) {
      point.left = x.at(point.latency);
      point.top = y.at(point.value);
      drawn("circle", { cx: point.left, cy: point.top, r: 6, fill: point.feasible ? "var(--m" + point.colour + ")" : "none", stroke: "var(--m" + point.colour + ")", "stroke-width": 2 });
    });
    labels(points, width);
    inputs.forEach(function (input) {
      var output = document.querySelector("output[for='" + input.id + "']");
      output.textContent = input.name === "rate" ? pushpull.significant(values.rate) + "/s" : pushpull.significant(values[input.name]);
    });
  }

  /* Each beside its point, or as near as no other label or point is in the way, with a line to it. */
  function labels(points, width) {
    var taken = points.map(function (point) { return box(point.left - 7, point.left + 7, point.top - 7, point.top + 7); });
    points.slice().sort(function (a, b) { return a.top - b.top || a.left - b.left; }).forEach(function (point) {
      var label = drawn("text", { x: 0, y: 0 }, point.mode + (width < NARROW ? "" : " (" + point.answer + ")"));
      var length = label.getComputedTextLength();
      var place = null;
      for (var step = 0; step < 40 && !place; step++) {
        var by = Math.ceil(step / 2) * LINE * (step % 2 ? -1 : 1);
        [point.left + 11, point.left - 11 - length].forEach(function (left) {
          var wanted = box(left, left + length, point.top + by - LINE / 2, point.top + by + LINE / 2);
          var within = wanted.left >= LEFT + 2 && wanted.right <= width - 2 && wanted.top >= TOP - 6 && wanted.bottom <= BOTTOM + 2;
          if (!place && within && !taken.some(function (other) { return overlap(wanted, other); })) place = wanted;
        });
      }
      place = place || box(point.left + 11, point.left + 11 + length, point.top - LINE / 2, point.top + LINE / 2);
      taken.push(place);
      label.setAttribute("x", place.left);
      label.setAttribute("y", place.top + 12);
      var middle = (place.top + place.bottom) / 2;
      if (Math.abs(middle - point.top) < LINE) return;
      drawn("line", { "class": "to-label", x1: point.left, y1: point.top, x2: place.left > point.left ? place.left - 2 : place.right + 2, y2: middle });
    });
  }

  function box(left, right, top, bottom) {
    return { left: left, right: right, top: top, bottom: bottom };
  }

  function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  /* What nothing else beats in both: from the soonest to the cheapest, in steps. */
  function front(points, x, y) {
    var best = points.filter(function (point) { return point.feasible; }).sort(function (a, b) { return a.latency - b.latency || a.value - b.value; });
    var path = "", lowest = Infinity;
    best.forEach(function (point) {
      if (point.value >= lowest) return;
      path += path ? "H" + x.at(point.latency) + "V" + y.at(point.value) : "M" + x.at(point.latency) + " " + TOP + "V" + y.at(point.value);
      lowest = point.value;
    });
    if (path) drawn("path", { "class": "front", d: path + "H" + RIGHT });
  }

  inputs.forEach(function (input) { input.addEventListener("input", draw); });
  var drawnFor = 0;
  new ResizeObserver(function () {
    if (svg.clientWidth === drawnFor) return;
    drawnFor = svg.clientWidth;
    draw();
  }).observe(svg);
  draw();
})();
