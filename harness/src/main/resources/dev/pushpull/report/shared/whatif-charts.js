/* The curves of the what-if section: the share of empty polls against λT, requests and lateness against the interval. */
var pushpullCurves = (function () {
  "use strict";
  var text = pushpullText;
  var POINTS = 81;
  var HEIGHT = 280;

  /* Where people would put marks on a time axis, in seconds, the best first. */
  var TIMES = [1, 60, 3600, 86400, 10, 600, 0.001, 0.1, 0.01, 1e-6, 1e-5, 1e-4, 864000, 8640000];
  var LOADS = [1, 0.1, 10, 0.01, 100, 0.001, 1000, 1e-4, 1e4, 1e-5, 1e5, 1e-6, 1e6];

  /* The marks in view that are far enough apart. */
  function marks(unit) {
    return function (u, index, least, most) {
      var across = index === 0;
      var pixels = (across ? u.bbox.width : u.bbox.height) / devicePixelRatio / Math.log(most / least);
      var kept = [];
      TIMES.forEach(function (seconds) {
        var at = seconds / unit;
        var free = kept.every(function (other) { return Math.abs(Math.log(at / other)) * pixels > (across ? 48 : 18); });
        if (at >= least && at <= most && free) kept.push(at);
      });
      return kept.sort(function (a, b) { return a - b; });
    };
  }

  /* As far as the curves go, and no further. */
  function whole(u, least, most) { return [least, most]; }

  function axis(label, size, splits, name) {
    var own = splits ? { splits: splits, filter: function (u, all) { return all; } } : {};
    if (name) own.label = name;
    return pushpull.axis(Object.assign(own, {
      size: size, values: function (u, all) { return all.map(function (one) { return one == null ? "" : label(one); }); }
    }));
  }

  function line(label, index, shown, end) {
    return Object.assign(pushpull.look(index, "measured"), {
      label: label, end: end, points: { show: false }, value: function (u, y) { return y == null ? "" : shown(y); }
    });
  }

  function point(shown, end) {
    return {
      label: "here", end: end, aside: true, stroke: pushpull.colour("ink"), width: 2, paths: function () { return null; },
      points: { show: true, size: 11, width: 2, fill: pushpull.colour("m0") }, value: function (u, y) { return y == null ? "" : shown(y); }
    };
  }

  /* A figure over four decades of the interval, with the chosen interval in the middle. */
  function overInterval(run, id, column, shown, unit) {
    var here = [{ at: 0, text: "" }];
    var value = { text: "–" };
    function data(now) {
      var x = [], polled = [], pushed = [];
      for (var i = 0; i < POINTS; i++) {
        var interval = now.interval_s * Math.pow(10, 4 * (i / (POINTS - 1) - 0.5));
        var both = pushpullWhatIf.predict(Object.assign({}, now, { interval_s: interval }), run);
        x.push(interval);
        polled.push(both.polling[column] == null ? null : both.polling[column]);
        pushed.push(both.webhook[column] == null ? null : both.webhook[column]);
      }
      here[0] = { at: now.interval_s, text: "T = " + text.duration(now.interval_s) };
      var middle = polled[(POINTS - 1) / 2];
      value.text = middle == null ? "–" : shown(middle);
      return [x, polled, pushed, x.map(function (interval, i) { return i === (POINTS - 1) / 2 ? polled[i] : null; })];
    }
    return {
      id: id, data: data,
      options: function () {
        return {
          marks: here, cursor: { points: { show: false }, y: false },
          scales: { x: { time: false, distr: 3, range: whole }, y: { distr: 3 } },
          axes: [axis(text.duration, 36, marks(1), "poll interval, logarithmic"), axis(shown, 76, unit ? marks(unit) : null)],
          series: [
            { label: "interval", value: function (u, x) { return x == null ? "" : text.duration(x); } },
            line("polling", 0, shown, "polling"), line("webhooks", 1, shown, "webhooks"), point(shown, value)
          ]
        };
      }
    };
  }

  /* e^(−λT): the share of polls that find nothing, with the present point on it. */
  function overLoad() {
    var here = [{ at: 0, text: "" }];
    var value = { text: "–" };
    function data(now) {
      var load = now.rate * now.interval_s;
      var least = Math.min(0.01, load / 10), most = Math.max(100, load * 10);
      var x = [load];
      for (var i = 0; i < POINTS; i++) x.push(least * Math.pow(most / least, i / (POINTS - 1)));
      x.sort(function (a, b) { return a - b; });
      here[0] = { at: load, text: "λT = " + text.significant(load) };
      value.text = text.percent(Math.exp(-load));
      return [x, x.map(function (at) { return Math.exp(-at); }), x.map(function (at) { return at === load ? Math.exp(-load) : null; })];
    }
    return {
      id: "what-if-waste", data: data,
      options: function () {
        return {
          marks: here, cursor: { points: { show: false }, y: false },
          scales: { x: { time: false, distr: 3, range: whole }, y: { range: [0, 1.02] } },
          axes: [axis(text.significant, 36, pushpull.logSplits(LOADS), "events in one interval λT, logarithmic"), axis(text.percent, 60)],
          series: [
            { label: "λT", value: function (u, x) { return x == null ? "" : text.significant(x); } },
            line("e^(−λT)", 0, text.percent, "e^(−λT)"), point(text.percent, value)
          ]
        };
      }
    };
  }

  /* How one figure stands to the other, in words that stay true for any values. */
  function beside(polled, pushed, shown) {
    if (polled == null) return pushed == null ? "unknown for both" : "unknown for polling, " + shown(pushed) + " for webhooks";
    return shown(polled) + " for polling, " + (pushed == null ? "unknown for webhooks" : shown(pushed) + " for webhooks");
  }

  /* What each chart shows at the values chosen: its title. */
  function titles(now, both) {
    var polled = both.polling, pushed = both.webhook;
    var late = polled.lost_ratio > pushpullWhatIf.LOST
      ? "Polling loses events here, so it has no mean lateness"
      : pushed.latency_mean_ms == null
        ? "Polling is " + text.latency(polled.latency_mean_ms) + " late on average; for webhooks no delay is known"
        : "Polling is " + text.latency(polled.latency_mean_ms) + " late on average, webhooks " + text.latency(pushed.latency_mean_ms);
    return {
      "what-if-waste": "At λT = " + text.significant(polled.load_factor) + ", " + text.percent(polled.wasted_ratio) + " of the polls find nothing",
      "what-if-requests": "Requests per delivered event: " + beside(polled.requests_per_delivery, pushed.requests_per_delivery, text.significant),
      "what-if-latency": late
    };
  }

  /* Places them; the result draws them for these values and for others. */
  function draw(run) {
    var charts = [
      overLoad(),
      overInterval(run, "what-if-requests", "requests_per_delivery", text.significant),
      overInterval(run, "what-if-latency", "latency_mean_ms", text.latency, 1e-3)
    ].map(function (chart) {
      chart.element = document.getElementById(chart.id);
      chart.placed = pushpull.place(chart.element, HEIGHT, chart.options);
      return chart;
    });
    return function (next, both) {
      var said = titles(next, both);
      charts.forEach(function (chart) {
        chart.placed.setData(chart.data(next));
        document.getElementById(chart.id + "-title").textContent = said[chart.id];
        chart.element.setAttribute("aria-label", said[chart.id] + ". " + chart.element.dataset.axes);
      });
    };
  }

  return { draw: draw, titles: titles };
})();
