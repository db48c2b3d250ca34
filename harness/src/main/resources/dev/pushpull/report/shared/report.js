/* The charts of measured figures, each where the page has a place for it. */
(function () {
  "use strict";
  var data = pushpull.data;
  var colour = pushpull.colour;
  var axis = pushpull.axis;
  var place = pushpull.place;
  var latency = pushpull.latency;
  var significant = pushpull.significant;
  var DECADES = [1, 10, 100, 1000, 1e4, 1e5, 0.1, 0.01, 0.001, 1e-4, 0.3, 3, 30, 300, 3000, 0.03, 0.003];

  function modeColour(index) {
    return colour("m" + index);
  }

  function percentile(inverse) {
    return inverse == null ? "" : "p" + String(Number((100 * (1 - 1 / inverse)).toPrecision(inverse > 500 ? 5 : 3)));
  }

  function line(curve, value, filled) {
    var look = pushpull.look(curve.colour, curve.kind);
    look.width += 4 * (curve.wider || 0);
    return Object.assign({
      label: curve.name,
      end: { text: curve.name, short: curve.kind === "expected" ? "expected" : curve.name },
      fill: filled && curve.kind === "noise" ? colour("shade") : undefined,
      spanGaps: true,
      points: { show: false },
      value: value
    }, look);
  }

  /* The last percentile that the samples of a mode carry, as 1/(1-p). */
  function lastMeasured(curves) {
    return Math.max.apply(null, curves.map(function (curve) {
      return curve.kind === "measured" && curve.x.length ? curve.x[curve.x.length - 1] : 1;
    }));
  }

  function spectrum(element) {
    var curves = pushpull.apart(data.spectrum);
    var joined = uPlot.join(curves.map(function (curve) { return [curve.x, curve.y]; }));
    /* a logarithmic scale has no zero */
    for (var i = 1; i < joined.length; i++) {
      joined[i] = joined[i].map(function (value) { return value > 0 ? value : value == null ? value : undefined; });
    }
    place(element, 380, function () {
      return {
        /* a decade beyond the last measured quantile there is only theory */
        scales: { x: { time: false, distr: 3, range: [1, 10 * lastMeasured(curves)] }, y: { distr: 3 } },
        cursor: { points: { size: 7 }, y: false },
        axes: [
          axis({
            size: 36,
            label: "percentile p, logarithmic in 1 − p",
            splits: pushpull.logSplits([10, 100, 1000, 1e4, 1e5, 1e6, 1e7, 1, 2, 4]),
            filter: function (u, splits) { return splits; },
            values: function (u, splits) { return splits.map(percentile); }
          }),
          axis({ size: 64, splits: pushpull.decades, filter: function (u, splits) { return splits; }, values: function (u, splits) { return splits.map(latency); } })
        ],
        series: [{ label: "Percentile", value: function (u, x) { return percentile(x); } }].concat(
          curves.map(function (curve) { return line(curve, function (u, y) { return latency(y); }, true); }))
      };
    }, joined);
  }

  /* A curve's latencies as x, each greater than the one before, and the shares that had arrived by then. */
  function shares(curve) {
    var xs = [], ys = [];
    curve.y.forEach(function (millis, i) {
      if (!(millis > 0)) return;
      var last = xs[xs.length - 1];
      xs.push(last >= millis ? last * (1 + 1e-7) : millis);
      ys.push(100 * (1 - 1 / curve.x[i]));
    });
    return [xs, ys];
  }

  /* Of deliveries alone: all lines end close together at the top, and the machine's are in the chart above. */
  function cdf(element) {
    var curves = pushpull.apart(data.spectrum).filter(function (curve) { return curve.kind === "measured" || curve.kind === "expected"; });
    place(element, 300, function () {
      return {
        scales: { x: { time: false, distr: 3 }, y: { range: [0, 100] } },
        cursor: { points: { size: 7 }, y: false },
        axes: [
          axis({
            size: 36,
            label: "time since the event, logarithmic",
            splits: pushpull.logSplits(DECADES),
            filter: function (u, splits) { return splits; },
            values: function (u, splits) { return splits.map(latency); }
          }),
          axis({ size: 56, values: function (u, splits) { return splits.map(function (y) { return y + " %"; }); } })
        ],
        series: [{ label: "Within", value: function (u, x) { return latency(x); } }].concat(
          curves.map(function (curve) {
            return line(curve, function (u, y) { return y == null ? "" : significant(y) + " %"; });
          }))
      };
    }, uPlot.join(curves.map(shares)));
  }

  /* The outages of so many runs, one after another. */
  function outages(runs) {
    var spans = [];
    for (var run = 0; run < runs; run++) {
      (data.outages || []).forEach(function (one) {
        spans.push({ from: one.from + run * data.run_seconds, to: one.to + run * data.run_seconds, text: "down" });
      });
    }
    return spans;
  }

  function timeline(parent, one, most, seconds) {
    var element = pushpull.element("div", "chart");
    element.appendChild(pushpull.element("h4", "mode m" + one.colour,
      one.name + ": " + one.finding + (one.bin_seconds > 1 ? "; bars are means of " + one.bin_seconds + " s" : "")));
    parent.appendChild(element);
    var total = one.useful.map(function (useful, i) { return useful + one.empty[i]; });
    place(element, 150, function () {
      var bars = uPlot.paths.bars({ size: [0.72, 28], align: 1 });
      var ink = modeColour(one.colour);
      function rate(y) { return y == null ? "" : significant(y) + "/s"; }
      var series = [
        { label: "Second", value: function (u, x) { return x == null ? "" : String(x); } },
        {
          label: "empty", stroke: ink, fill: colour("sheet"), width: 1, paths: bars, points: { show: false },
          value: function (u, y, s, i) { return i == null ? "" : rate(one.empty[i]); }
        },
        {
          label: "useful", stroke: ink, fill: ink, width: 1, paths: bars, points: { show: false },
          value: function (u, y) { return rate(y); }
        }
      ];
      if (one.most.length) {
        series.push({
          label: "busiest second", stroke: ink, paths: function () { return null; },
          points: { show: true, size: 4, fill: ink }, value: function (u, y) { return rate(y); }
        });
      }
      return {
        scales: { x: { time: false, range: [0, seconds] }, y: { range: [0, most * 1.08] } },
        spans: outages(1),
        cursor: { points: { show: false }, y: false },
        axes: [
          axis({ size: 32, values: function (u, splits) { return splits.map(function (x) { return x + " s"; }); } }),
          axis({ size: 64, values: function (u, splits) { return splits.map(rate); } })
        ],
        series: series
      };
    }, one.most.length ? [one.x, total, one.useful, one.most] : [one.x, total, one.useful]);
  }

  /* Medians over time, each as long as its part of the time, from zero. */
  function course(parent, one) {
    var element = pushpull.element("div", "chart");
    var title = one.name + ": " + one.verdict + (one.ratio ? ", the last third is " + one.ratio + " times as late as the first" : "");
    element.appendChild(pushpull.element("h4", "mode m" + one.colour, title));
    parent.appendChild(element);
    var most = Math.max.apply(null, one.medians);
    place(element, 150, function () {
      function count(i) { return i == null || one.counts[i] == null ? "" : ", " + one.counts[i] + " events"; }
      return {
        scales: { x: { time: false, range: [0, one.x[one.x.length - 1]] }, y: { range: [0, most * 1.15 || 1] } },
        spans: outages(Math.max(1, Math.round(one.x[one.x.length - 1] / data.run_seconds))),
        cursor: { points: { show: false }, y: false },
        axes: [
          axis({ size: 32, values: function (u, splits) { return splits.map(function (x) { return x + " s"; }); } }),
          axis({ size: 64, values: function (u, splits) { return splits.map(latency); } })
        ],
        series: [
          { label: "From second", value: function (u, x) { return x == null ? "" : significant(x); } },
          {
            label: "median", end: one.name, stroke: modeColour(one.colour), width: 2.75, points: { show: false },
            paths: uPlot.paths.stepped({ align: 1 }),
            value: function (u, y, s, i) { return y == null ? "" : latency(y) + count(i); }
          }
        ]
      };
    }, [one.x, one.medians.concat(one.medians.slice(-1))]);
  }

  function timelines(element) {
    var most = 0, seconds = 0;
    data.timelines.forEach(function (one) {
      seconds = Math.max(seconds, one.x.length * one.bin_seconds);
      one.useful.forEach(function (useful, i) { most = Math.max(most, useful + one.empty[i], one.most[i] || 0); });
    });
    data.timelines.forEach(function (one) { timeline(element, one, most || 1, seconds); });
  }

  /* A staircase for each mode that held connections open. */
  function held(element) {
    var lines = data.held;
    var end = Math.max.apply(null, lines.map(function (line) { return line.x[line.x.length - 1]; }));
    function count(y) { return y == null ? "" : significant(y); }
    place(element, 180, function () {
      return {
        scales: { x: { time: false, range: [0, end] }, y: { range: function (u, least, most) { return [0, 1.1 * most || 1]; } } },
        cursor: { points: { show: false }, y: false },
        axes: [
          axis({ size: 32, values: function (u, splits) { return splits.map(function (x) { return x + " s"; }); } }),
          axis({ size: 64, values: function (u, splits) { return splits.map(function (y) { return y % 1 ? "" : count(y); }); } })
        ],
        series: [{ label: "At second", value: function (u, x) { return x == null ? "" : significant(x); } }].concat(lines.map(function (line) {
          return Object.assign(pushpull.look(line.colour, "measured"), {
            label: line.name, end: line.name, spanGaps: true, points: { show: false },
            paths: uPlot.paths.stepped({ align: -1 }), value: function (u, y) { return count(y); }
          });
        }))
      };
    }, uPlot.join(lines.map(function (line) { return [[0].concat(line.x), [line.y[0]].concat(line.y)]; })));
  }

  /* Theory's curves over the load factor, with points of what was measured. */
  function standing(element, curves, figure, scaleY, format, marked) {
    var standing = data.standing;
    var points = standing.points.filter(function (mode) {
      return mode[figure].some(function (value) { return value > 0 || value === 0 && !scaleY.distr; });
    });
    var lines = curves.map(function (curve) { return [standing.x, curve.y]; }).concat(points.map(function (mode) {
      var order = mode.x.map(function (x, i) { return i; }).filter(function (i) { return mode[figure][i] != null; });
      order.sort(function (a, b) { return mode.x[a] - mode.x[b]; });
      var last = 0;
      return [
        order.map(function (i) { last = mode.x[i] > last ? mode.x[i] : last * (1 + 1e-9); return last; }),
        order.map(function (i) { return mode[figure][i]; })
      ];
    }));
    place(element, 300, function () {
      var series = curves.map(function (curve) {
        return {
          label: curve.name, end: curve.name, stroke: colour("ink"), width: 1.5, dash: curve.dash, spanGaps: true, points: { show: false },
          value: function (u, y) { return y == null ? "" : format(y); }
        };
      }).concat(points.map(function (mode, i) {
        var single = mode.x.length === 1;
        return {
          label: mode.name + (single ? " " + format(mode[figure][0]) : ""),
          end: mode.name,
          stroke: modeColour(mode.colour), width: 3,
          paths: function () { return null; },
          points: { show: true, size: single ? 10 : 7, width: 1.5, stroke: colour("sheet"), fill: modeColour(mode.colour) },
          value: function (u, y) { return y == null || single ? "" : format(y); }
        };
      }));
      return {
        scales: { x: { time: false, distr: 3, range: [standing.x[0], standing.x[standing.x.length - 1]] }, y: scaleY },
        cursor: { points: { show: false }, y: false },
        legend: { markers: { fill: function (u, i) { return i > curves.length ? modeColour(points[i - 1 - curves.length].colour) : "transparent"; } } },
        axes: [
          axis({
            splits: pushpull.logSplits(DECADES),
            filter: function (u, splits) { return splits; },
            size: 36,
            label: "λT, events in one poll interval, logarithmic",
            values: function (u, splits) { return splits.map(function (x) { return String(x); }); }
          }),
          axis(Object.assign(scaleY.distr ? { splits: pushpull.decades, filter: function (u, splits) { return splits; } } : {}, {
            size: 60, values: function (u, splits) { return splits.map(function (y) { return y == null ? "" : format(y); }); }
          }))
        ],
        marks: marked ? [{ at: standing.crossover, text: "crossover λT = " + significant(standing.crossover) }] : undefined,
        series: [{ label: "λT", value: function (u, x) { return x == null ? "" : significant(x); } }].concat(series)
      };
    }, uPlot.join(lines));
  }

  function percent(share) { return significant(100 * share) + " %"; }

  function into(id, draw) {
    var element = document.getElementById(id);
    if (element) draw(element);
  }

  into("strip-chart", function (element) { pushpull.strip(element, document.getElementById("strip-controls"), data.strip); });
  into("spectrum", spectrum);
  into("cdf", cdf);
  into("courses", function (element) { data.courses.forEach(function (one) { course(element, one); }); });
  into("timelines", timelines);
  into("held", held);
  into("waste", function (element) {
    standing(element, [{ name: "theory e^(−λT)", y: data.standing.waste }], "waste", { range: [0, 1.02] }, percent);
  });
  into("load", function (element) {
    standing(element, [
      { name: data.standing.asking.called + " 1/(λT)", y: data.standing.requests },
      { name: data.standing.sending.called, y: data.standing.x.map(function () { return data.standing.attempts; }), dash: [6, 4] }
    ], "requests", { distr: 3 }, significant, true);
  });
})();
